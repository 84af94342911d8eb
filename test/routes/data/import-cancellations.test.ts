import { describe, expect, test } from 'vitest'
import { eventOf } from '../../support/imports.ts'
import { cancelCafe, changeStatus } from '../../support/own-cafes.ts'
import { here, onlyCafe, read, standings, useImporter } from './imported.ts'

useImporter()

describe('a cancellation', () => {
  test('needs neither a place nor an hour that could be read', async () => {
    await read(eventOf())
    expect(await read(eventOf('LOCATION:', 'STATUS:CANCELLED'))).toEqual(['cancelled'])
    expect(await standings()).toEqual(['cancelled'])
  })

  test('of something that was never announced here is left aside', async () => {
    expect(await read(eventOf('LOCATION:', 'STATUS:CANCELLED'))).toEqual([
      'aside (never_announced)',
    ])
    expect(await here.cafes()).toEqual([])
  })

  test('by a word before the title finds the café that never had a UID', async () => {
    await read(eventOf('UID:'))
    expect(await read(eventOf('UID:', 'SUMMARY:ANNULÉ : Café IA du jeudi'))).toEqual(['cancelled'])
    expect(await standings()).toEqual(['cancelled'])
  })

  test('that the calendar takes back brings the café back', async () => {
    await read(eventOf())
    await read(eventOf('STATUS:CANCELLED'))
    expect(await read(eventOf())).toEqual(['updated (reinstated)'])
    expect(await standings()).toEqual(['scheduled'])
  })

  test('that was made here is not undone by a calendar that never contained it', async () => {
    await read(eventOf())
    await cancelCafe(here.db, { id: (await onlyCafe()).id, reason: 'Dégât des eaux' }, here.now())
    expect(await read(eventOf())).toEqual(['unchanged'])
    expect(await read(eventOf('SUMMARY:Café IA des voix'))).toEqual(['updated'])
    const moved = eventOf('DTSTART;TZID=Europe/Paris:20261204T183000', 'DTEND:')
    await read(moved)
    expect(await onlyCafe()).toMatchObject({ status: 'cancelled', statusNote: 'Dégât des eaux' })
  })

  test('that somebody undid here is not applied again', async () => {
    await read(eventOf())
    await read(eventOf('STATUS:CANCELLED'))
    const { id } = await onlyCafe()
    await changeStatus(here.db, { id, statusChange: 'as-planned' }, here.now())
    expect(await read(eventOf('STATUS:CANCELLED'))).toEqual(['unchanged'])
    expect(await standings()).toEqual(['scheduled'])
  })

  test('in a table says why', async () => {
    const table = (status: string) =>
      `id;titre;debut;lieu;commune;statut;motif\nc1;Café IA;2026-12-03 18:30;Salle;Die;${status}`
    await here.read(table('prévu;'))
    await here.read(table('annulé;Grève des transports'))
    expect(await onlyCafe()).toMatchObject({
      status: 'cancelled',
      statusNote: 'Grève des transports',
    })
    await here.read(table('prévu;'))
    expect(await onlyCafe()).toMatchObject({ status: 'scheduled', statusNote: undefined })
  })
})
