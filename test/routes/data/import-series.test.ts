import { describe, expect, test } from 'vitest'
import { calendarOf, eventOf } from '../../support/imports.ts'
import { days, here, onlyCafe, read, standings, useImporter } from './imported.ts'

useImporter()

describe('events that share their UID', () => {
  const on = (day: number) => eventOf(`DTSTART;TZID=Europe/Paris:202612${day}T183000`, 'DTEND:')

  test('are one café for each date, the same at each reading; one that goes is cancelled', async () => {
    expect(await read(on(10), on(17), on(24))).toEqual(['created', 'created', 'created'])
    expect(await read(on(24), on(10), on(17))).toEqual(['unchanged', 'unchanged', 'unchanged'])
    expect(await read(on(10), on(24))).toEqual(['unchanged', 'unchanged', 'cancelled (vanished)'])
    expect(await here.cafes()).toHaveLength(3)
  })

  test('become several where there was one, which stays', async () => {
    await read(on(10))
    expect(await read(on(10), on(17))).toEqual(['unchanged', 'created'])
  })

  test('and what is left aside says why', async () => {
    const over = eventOf(
      'UID:over',
      'DTSTART:20200103T173000Z',
      'DTEND:',
      'RRULE:FREQ=WEEKLY;COUNT=2',
    )
    expect(await read(on(10), on(10), over)).toEqual([
      ...['aside (repeated)', 'created', 'aside (no_date)'],
    ])
  })
})

describe('a series', () => {
  const weekly = (...lines: string[]) => eventOf('RRULE:FREQ=WEEKLY;COUNT=4', ...lines)

  test('is one café for each date until the horizon', async () => {
    await read(weekly('RRULE:FREQ=WEEKLY'))
    const cafes = await here.cafes()
    expect(days(cafes).at(0)).toBe('2026-12-03T18:30')
    expect(days(cafes).at(-1)).toBe('2027-01-21T18:30')
    expect(cafes).toHaveLength(8)
    expect(new Set(cafes.map(({ series }) => series))).toEqual(new Set(['cafe-42@ville.example']))
  })

  test('that ends sooner, or moves to another day, cancels the dates that it no longer has', async () => {
    await read(weekly())
    expect(await read(weekly('RRULE:FREQ=WEEKLY;COUNT=2'))).toEqual([
      'unchanged',
      'unchanged',
      'cancelled (vanished)',
      'cancelled (vanished)',
    ])
    expect(await standings()).toEqual(['scheduled', 'scheduled', 'cancelled', 'cancelled'])
    expect(await read(weekly('RRULE:FREQ=WEEKLY;COUNT=2'))).toEqual(['unchanged', 'unchanged'])
    await read(weekly())
    expect(await standings()).toEqual(['scheduled', 'scheduled', 'scheduled', 'scheduled'])

    await read(weekly('DTSTART;TZID=Europe/Paris:20261204T183000', 'DTEND:'))
    const held = (await here.cafes()).filter(({ status }) => status !== 'cancelled')
    expect(days(held)).toEqual([
      '2026-12-04T18:30',
      '2026-12-11T18:30',
      '2026-12-18T18:30',
      '2026-12-25T18:30',
    ])
  })

  test('that has an end is there whole, and loses what it no longer has, however far', async () => {
    expect(await read(weekly('RRULE:FREQ=WEEKLY;COUNT=30'))).toEqual(Array(30).fill('created'))
    expect(days(await here.cafes()).at(-1)).toBe('2027-06-24T18:30')
    // A rule without an end says nothing of what is beyond sixty days.
    expect(await read(weekly('RRULE:FREQ=WEEKLY'))).toEqual(Array(8).fill('unchanged'))
    const shorter = await read(weekly('RRULE:FREQ=WEEKLY;COUNT=28'))
    expect(shorter.slice(-2)).toEqual(['cancelled (vanished)', 'cancelled (vanished)'])
  })

  test('whose dates are all later or over says which', async () => {
    const later = ['DTSTART;TZID=Europe/Paris:20280106T183000', 'DTEND:']
    expect(await read(weekly(...later))).toEqual(['aside (later)'])
    expect(await read(weekly('DTSTART:20200103T173000Z', 'DTEND:'))).toEqual(['aside (no_date)'])
    const yearly = weekly('RRULE:FREQ=YEARLY;COUNT=3')
    expect(await read(yearly)).toEqual(['created', 'aside (later)'])
  })

  test('and an event of one UID in two VCALENDARs settle, whichever comes first', async () => {
    const [series, event] = [weekly('RRULE:FREQ=WEEKLY;COUNT=2'), eventOf('SUMMARY:Une fois')]
    await here.read(calendarOf(series) + calendarOf(event))
    const before = await here.state()
    await here.read(calendarOf(event) + calendarOf(series))
    await here.read(calendarOf(series) + calendarOf(event))
    expect(await here.state()).toBe(before)
  })

  test('keeps its past dates, and those of a file that does not speak of it', async () => {
    await read(weekly())
    here.advance({ hours: 24 * 10 })
    await read(eventOf('UID:other', 'DTSTART:20261220T170000Z', 'DTEND:'))
    expect(await standings()).toEqual(Array(5).fill('scheduled'))
    await read(weekly('RRULE:FREQ=WEEKLY;COUNT=1'))
    expect(await standings()).toEqual([
      'scheduled',
      'cancelled',
      'cancelled',
      'scheduled',
      'cancelled',
    ])
  })

  test('keeps the dates that the file cannot say', async () => {
    await read(weekly())
    for (const rule of ['FREQ=SECONDLY', 'FREQ=WEEKLY;COUNT=-1']) {
      const [outcome] = await read(weekly(`RRULE:${rule}`))
      expect(outcome).toBe('failed')
    }
    expect(await standings().then((all) => all.includes('cancelled'))).toBe(false)
  })

  test('without one date cancels that date, and holds it again when it is back', async () => {
    await read(weekly())
    const without = weekly('EXDATE;TZID=Europe/Paris:20261210T183000')
    await read(without)
    expect(await standings()).toEqual(['scheduled', 'cancelled', 'scheduled', 'scheduled'])
    const before = await here.state()
    await read(without)
    expect(await here.state()).toBe(before)
    await read(weekly())
    expect(await standings()).toEqual(['scheduled', 'scheduled', 'scheduled', 'scheduled'])
  })

  test('that begins with an event announced before keeps that event, and gives it back', async () => {
    await read(eventOf())
    const { id } = await onlyCafe()
    expect(await read(weekly())).toEqual(['unchanged', 'created', 'created', 'created'])
    expect((await here.cafes())[0]).toMatchObject({ id, status: 'scheduled' })
    expect(await read(eventOf())).toEqual([
      'unchanged',
      'cancelled (vanished)',
      'cancelled (vanished)',
      'cancelled (vanished)',
    ])
    expect((await here.cafes())[0]).toMatchObject({ id, status: 'scheduled' })
  })
})
