import { describe, expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { calendarOf, eventOf } from '../../support/imports.ts'
import { reviseCafe } from '../../support/own-cafes.ts'
import { days, here, onlyCafe, read, shown, standings, useImporter } from './imported.ts'

useImporter()

describe('a café that a calendar announced', () => {
  test('is published with all that its row says, intentions included', async () => {
    const table =
      'titre;debut;lieu;code_postal;commune;intentions\nCafé IA;2026-12-03 18:30;Salle;26150;Die;apprendre|débattre'
    await here.read(table)
    expect(await onlyCafe()).toMatchObject({
      publication: 'published',
      intentions: ['learn', 'debate'],
      venue: { commune: 'Die' },
    })
  })

  test('keeps what people changed here as long as the calendar has nothing new to say of it', async () => {
    await read(eventOf())
    const cafe = await onlyCafe()
    await reviseCafe(
      here.db,
      { id: cafe.id, content: { ...cafe, title: 'Café IA des images', accessibility: ['mi'] } },
      here.now(),
    )
    expect(await read(eventOf())).toEqual(['unchanged'])
    expect(await read(eventOf('DTSTART;TZID=Europe/Paris:20261204T183000', 'DTEND:'))).toEqual([
      'updated',
    ])
    expect(await onlyCafe()).toMatchObject({
      title: 'Café IA des images',
      accessibility: ['mi'],
      status: 'rescheduled',
      previousStartsAt: cafe.startsAt,
    })
    expect(days(await here.cafes())).toEqual(['2026-12-04T18:30'])
    expect(await read(eventOf('SUMMARY:Café IA des voix'))).toEqual(['updated (replaced)'])
    expect((await onlyCafe()).title).toBe('Café IA des voix')
  })

  test('keeps the seats that are taken when its number of places changes', async () => {
    const table = (places: number) =>
      `id;titre;debut;lieu;commune;jauge\nc1;Café IA;2026-12-03 18:30;Salle;Die;${places}`
    await here.read(table(15))
    const cafe = await onlyCafe()
    await saveCafe(here.db, { ...cafe, registration: { ...cafe.registration, seatsLeft: 3 } })
    await here.read(table(20))
    expect((await onlyCafe()).registration).toMatchObject({ capacity: 20, seatsLeft: 3 })
  })

  test('that moves into the past moves here too, one that was past before is left aside', async () => {
    await read(eventOf())
    const past = eventOf('DTSTART:20261101T170000Z', 'DTEND:20261101T183000Z')
    expect(await read(past)).toEqual(['updated'])
    expect(days(await here.cafes())).toEqual(['2026-11-01T18:00'])
    expect(await read(past)).toEqual(['past'])
    expect(
      await read(eventOf('UID:other', 'LOCATION:', 'DTSTART:20200101T120000Z', 'DTEND:')),
    ).toEqual(['past'])
  })

  test('is one café in two calendars that give it the same UID', async () => {
    await read(eventOf())
    expect(await read(eventOf(), eventOf('UID:another'))).toEqual(['unchanged', 'created'])
    expect(await here.cafes()).toHaveLength(2)
  })

  test('counts once when a file has it twice, in its later revision', async () => {
    const twice =
      calendarOf(eventOf('SEQUENCE:2', 'SUMMARY:La bonne')) +
      calendarOf(eventOf('SEQUENCE:1', 'SUMMARY:L’ancienne'))
    expect(shown(await here.read(twice))).toEqual(['created', 'aside (repeated)'])
    expect((await onlyCafe()).title).toBe('La bonne')
    const before = await here.state()
    expect(shown(await here.read(twice))).toEqual(['unchanged', 'aside (repeated)'])
    expect(await here.state()).toBe(before)
  })
})

describe('an hour', () => {
  const reunion = 'LOCATION:Médiathèque\\, 97400 Saint-Denis'
  test.each([
    ['without a zone', 'DTSTART:20261203T183000'],
    ['in a zone that nobody knows', 'DTSTART;TZID=Heure du bureau:20261203T183000'],
    ['in a made zone of Exchange', 'DTSTART;TZID="tzone://Microsoft/Custom":20261203T183000'],
  ])('%s is that of the place', async (_, start) => {
    expect(await read(eventOf(start, 'DTEND:', reunion))).toEqual(['created'])
    expect(days(await here.cafes())).toEqual(['2026-12-03T18:30'])
    expect((await onlyCafe()).timezone).toBe('Indian/Reunion')
    expect(await read(eventOf(start, 'DTEND:', reunion))).toEqual(['unchanged'])
  })

  test('of a series too', async () => {
    const weekly = ['DTSTART:20261203T183000', 'DTEND:', reunion, 'RRULE:FREQ=WEEKLY;COUNT=2']
    expect(await read(eventOf(...weekly))).toEqual(['created', 'created'])
    expect(days(await here.cafes())).toEqual(['2026-12-03T18:30', '2026-12-10T18:30'])
  })
})

describe('a day without an hour', () => {
  const day = (...lines: string[]) =>
    eventOf('DTSTART;VALUE=DATE:20261203', 'DTEND;VALUE=DATE:20261204', ...lines)

  test('is a draft of that day, said as such, that nobody is told of', async () => {
    expect(await read(day())).toEqual(['drafted (hour_missing)'])
    expect((await onlyCafe()).publication).toBe('draft')
    expect(days(await here.cafes())).toEqual(['2026-12-03T09:00'])
    expect(await here.db.selectFrom('change').selectAll().execute()).toEqual([])
  })

  test('is published once the calendar gives its hour', async () => {
    await read(day())
    expect(await read(eventOf())).toEqual(['updated'])
    expect((await onlyCafe()).publication).toBe('published')
    expect(days(await here.cafes())).toEqual(['2026-12-03T18:30'])
  })

  test('keeps the hours that somebody gave it here, even when its day moves', async () => {
    await read(day())
    const cafe = await onlyCafe()
    const startsAt = Temporal.Instant.from('2026-12-03T13:00:00Z')
    const endsAt = startsAt.add({ hours: 2 })
    const content = { ...cafe, startsAt, endsAt }
    await reviseCafe(here.db, { id: cafe.id, content, publication: 'published' }, here.now())
    expect(await read(day())).toEqual(['unchanged'])
    await read(day('DTSTART;VALUE=DATE:20261210', 'DTEND;VALUE=DATE:20261211'))
    expect(days(await here.cafes())).toEqual(['2026-12-10T14:00'])
    expect((await onlyCafe()).publication).toBe('published')
  })

  test('at the other end of the world is that day there', async () => {
    await read(day('LOCATION:Bureau de poste\\, 97400 Saint-Denis'))
    expect(days(await here.cafes())).toEqual(['2026-12-03T09:00'])
    expect((await onlyCafe()).timezone).toBe('Indian/Reunion')
  })
})

test('what a calendar is not sure of waits as a draft until it is', async () => {
  expect(await read(eventOf('STATUS:TENTATIVE'))).toEqual(['drafted (unsure)'])
  expect(await read(eventOf('STATUS:TENTATIVE'))).toEqual(['unchanged'])
  expect(await read(eventOf('STATUS:CONFIRMED'))).toEqual(['updated'])
  expect(await onlyCafe()).toMatchObject({ publication: 'published', status: 'scheduled' })
})

test('a postponed café that gets a new date is one whose date has changed', async () => {
  await read(eventOf())
  await read(eventOf('SUMMARY:Reporté : Café IA du jeudi'))
  expect(await standings()).toEqual(['postponed'])
  await read(eventOf('DTSTART;TZID=Europe/Paris:20270107T183000', 'DTEND:'))
  expect(await standings()).toEqual(['rescheduled'])
})
