import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { toCsv } from '../../../node/formats/csv/write.ts'
import { toICalendar } from '../../../node/formats/icalendar/icalendar.ts'
import { openAgendaParts } from '../../../node/formats/web/open-agenda.ts'
import type { ImportStep } from '../../../node/routes/data/import.ts'
import { organizerOf } from '../../../node/routes/workspaces/organizer.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import {
  cancelCafe,
  changeStatus,
  createCafe,
  reviseCafe,
} from '../../../node/store/cafes/own-cafes.ts'
import { aCafe } from '../../support/format-cafe.ts'
import { calendarOf, eventOf, type Importer, ORIGIN, startImporter } from '../../support/imports.ts'

let here: Importer
beforeEach(async () => {
  here = await startImporter()
})
afterEach(() => here.stop())

const read = async (...events: string[][]) => shown(await here.read(calendarOf(...events)))

/** `created`, `aside (repeated)`… of each row. */
const shown = (steps: ImportStep[]): string[] =>
  steps.map(({ outcome, note }) => (note ? `${outcome} (${note})` : outcome))

async function onlyCafe(): Promise<Cafe> {
  const [cafe, ...others] = await here.cafes()
  if (!cafe || others.length > 0) throw new Error(`one café expected, not ${others.length + 1}`)
  return cafe
}

const days = (cafes: Cafe[]): string[] =>
  cafes.map(({ startsAt, timezone }) =>
    startsAt.toZonedDateTimeISO(timezone).toPlainDateTime().toString({ smallestUnit: 'minute' }),
  )
const standings = async () => (await here.cafes()).map(({ status }) => status)

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
    expect(await read(eventOf('SUMMARY:Café IA des voix'))).toEqual(['updated'])
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

  test('that was made here is not undone by a calendar that never knew of it', async () => {
    await read(eventOf())
    await cancelCafe(here.db, { id: (await onlyCafe()).id, reason: 'Dégât des eaux' }, here.now())
    expect(await read(eventOf())).toEqual(['unchanged'])
    expect(await read(eventOf('SUMMARY:Café IA des voix'))).toEqual(['updated'])
    const moved = eventOf('DTSTART;TZID=Europe/Paris:20261204T183000', 'DTEND:')
    await read(moved)
    expect(await onlyCafe()).toMatchObject({ status: 'cancelled', statusNote: 'Dégât des eaux' })
  })

  test('that somebody undid here is not made again', async () => {
    await read(eventOf())
    await read(eventOf('STATUS:CANCELLED'))
    const { id } = await onlyCafe()
    await changeStatus(here.db, { id, situation: 'as-planned' }, here.now())
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

  test('keeps the dates that the file gives too many of, or cannot say', async () => {
    await read(weekly())
    for (const rule of ['FREQ=SECONDLY', 'FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8'])
      await read(weekly(`RRULE:${rule}`))
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

describe('our own exports that come back', () => {
  const announce = (changes: Partial<Cafe> = {}) => {
    const organizer = organizerOf({ origin: ORIGIN }, here.organization)
    const content = aCafe(changes)
    return createCafe(
      here.db,
      {
        content,
        organizationId: here.organization.id,
        organizer,
        origin: ORIGIN,
        publication: 'published',
      },
      here.now(),
    )
  }
  const asCalendar = (cafes: Cafe[]) =>
    toICalendar(cafes, { name: 'Agenda', url: `${ORIGIN}/agenda.ics` })

  const asAgenda = (cafes: Cafe[]) => {
    const { head, part, rest, foot } = openAgendaParts()
    return [head, part(cafes, 0), ...(rest?.() ?? []), foot()].join('')
  }

  beforeEach(async () => {
    await announce({ speakers: ['Une voix connue'], openTo: 'reserved' })
    await announce({
      title: '=1+1 ou trois',
      status: 'cancelled',
      statusNote: 'Panne',
      startsAt: Temporal.Instant.from('2026-12-05T17:30:00Z'),
      endsAt: Temporal.Instant.from('2026-12-05T19:00:00Z'),
    })
    await announce({
      title: 'En ligne',
      attendanceMode: 'online',
      onlineUrl: 'https://visio.example/cafe',
      venue: undefined,
      startsAt: Temporal.Instant.from('2026-12-06T17:30:00Z'),
      endsAt: Temporal.Instant.from('2026-12-06T19:00:00Z'),
    })
    await read(eventOf('RRULE:FREQ=WEEKLY;COUNT=2', 'DTSTART:20261210T173000Z', 'DTEND:'))
  })

  test.each([
    ['table', toCsv],
    ['calendar', asCalendar],
    ['file for OpenAgenda', asAgenda],
  ])('as a %s change nothing', async (_, write) => {
    const before = await here.state()
    const steps = await here.read(write(await here.cafes()))
    expect(shown(steps)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged', 'unchanged'])
    expect(await here.state()).toBe(before)
  })

  test('with cells that somebody changed, or columns taken out, change just that', async () => {
    const [first] = await here.cafes()
    const table = `id;titre;debut\n${first?.uri};Un autre titre;2026-12-03T19:00:00+01:00`
    expect(shown(await here.read(table))).toEqual(['updated'])
    const [changed] = await here.cafes()
    expect(changed).toMatchObject({
      title: 'Un autre titre',
      summary: first?.summary,
      openTo: 'reserved',
      speakers: ['Une voix connue'],
      venue: first?.venue,
    })
    expect(changed?.startsAt.toString()).toBe('2026-12-03T18:00:00Z')
    expect(changed?.endsAt.toString()).toBe('2026-12-03T19:30:00Z')
  })

  test('with another town lose the codes and the point of the old one', async () => {
    const [first, ...others] = await here.cafes()
    if (!first) throw new Error('no café')
    const table = toCsv([first])
      .replace(';35000;Rennes;', ';26150;Die;')
      .replace('14 rue des Tilleuls', '')
    expect(shown(await here.read(table))).toEqual(['updated'])
    expect((await here.cafes())[0]?.venue).toMatchObject({
      commune: 'Die',
      postalCode: '26150',
      codeInsee: '26113',
      departement: '26',
    })
    expect((await here.cafes()).slice(1)).toEqual(others)
  })

  test('bring a cancelled café back when its word is changed in the table', async () => {
    const table = toCsv(await here.cafes())
    const steps = await here.read(table.replace(';annulé;Panne;', ';prévu;;'))
    expect(shown(steps).filter((outcome) => outcome !== 'unchanged')).toEqual([
      'updated (reinstated)',
    ])
  })

  test('never announce again what another site that we follow announces', async () => {
    const [cafe] = await here.cafes()
    await here.db
      .insertInto('peer')
      .values({
        id: 'peer-1',
        host: 'die.example',
        origin: 'https://die.example',
        actor_uri: 'https://die.example/actors/instance',
        name: 'Die',
        ...{ software: null, invitation: null, request_id: null, requested_at: null },
        ...{ admitted_at: null, left_at: null, last_seen_at: null, failing_since: null },
        ...{ last_error: null, backfilled_at: null, reconciled_at: null },
        membership: 'member',
        following: 'accepted',
      })
      .execute()
    const id = '0197a1c2-0000-7000-8000-00000000aaaa'
    const uri = `https://die.example/cafes/${id}`
    const theirs = {
      ...aCafe(),
      id,
      uri,
      url: uri,
      uid: `${id}@die.example`,
      peerId: 'peer-1',
      organizationId: undefined,
    }
    await saveCafe(here.db, theirs)
    expect(shown(await here.read(toCsv([theirs])))).toEqual(['aside (elsewhere)'])
    expect(shown(await here.read(asCalendar([theirs])))).toEqual(['aside (elsewhere)'])
    expect(cafe).toBeDefined()
  })
})

const FIXTURES = ['ical', 'csv'].flatMap((kind) =>
  readdirSync(new URL(`../../fixtures/${kind}/`, import.meta.url))
    .filter((name) => !name.endsWith('.md'))
    .map((name) => `${kind}/${name}`),
)

test.each(FIXTURES)(
  '%s read twice is read once, and its preview says what happens',
  async (name) => {
    const file = readFileSync(new URL(`../../fixtures/${name}`, import.meta.url))
    const preview = await here.preview(file)
    const first = await here.read(file)
    expect(first).toEqual(preview)
    const done = first.filter(({ outcome }) => outcome === 'created' || outcome === 'drafted')
    expect(done.length).toBeGreaterThan(0)
    expect(await here.cafes()).toHaveLength(done.length)

    const before = await here.state()
    const second = await here.read(file)
    expect(await here.state()).toBe(before)
    const written = ['created', 'drafted', 'updated', 'cancelled']
    expect(second.filter(({ outcome }) => written.includes(outcome))).toEqual([])
  },
)

test('Gancio’s feed, which names its events anew at each download, is the same cafés the next day', async () => {
  const fixture = (name: string) =>
    readFileSync(new URL(`../../fixtures/ical/${name}`, import.meta.url))
  await here.read(fixture('gancio.ics'))
  const before = await here.cafes()
  await here.read(fixture('gancio-next-day.ics'))
  const ids = new Set((await here.cafes()).map(({ id }) => id))
  expect(before.every(({ id }) => ids.has(id))).toBe(true)
  expect((await here.cafes()).length).toBe(before.length)
})

test('a calendar of thousands of events lets others in while it is read', async () => {
  const events = Array.from({ length: 600 }, (_, index) => eventOf(`UID:many-${index}`))
  let turns = 0
  const others = setInterval(() => {
    turns += 1
  }, 1)
  const steps = await here.preview(calendarOf(...events))
  clearInterval(others)
  expect(steps).toHaveLength(600)
  expect(turns).toBeGreaterThan(10)
})
