import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { HORIZON } from '../../../node/domain/cafes/horizon.ts'
import { listOverridden } from '../../../node/domain/cafes/import-snapshot.ts'
import { applyImport } from '../../../node/routes/data/imports/import.ts'
import { readImportFile } from '../../../node/routes/data/imports/read-import-file.ts'
import { readCalendar } from '../../../node/routes/data/read-calendar.ts'
import { listCalendars } from '../../../node/store/cafes/followed-calendars.ts'
import {
  claimImported,
  findImportSnapshot,
  listAsked,
} from '../../../node/store/cafes/import-snapshots.ts'
import { signInByLink } from '../../support/admin.ts'
import { calendarOf } from '../../support/imports.ts'
import { changeStatus, reviseCafe, SOMEBODY } from '../../support/own-cafes.ts'
import {
  agenda,
  answerWith,
  cafes,
  calendars,
  changes,
  event,
  follow,
  give,
  readIn,
  server,
  states,
  useCalendarServer,
} from './followed-calendar.ts'

useCalendarServer()

const titles = async () => (await cafes()).map(({ title }) => title)

/** Follows a calendar with one café, whose title is changed here, and reads another description there. */
async function bringOurTitle(): Promise<Cafe> {
  await follow()
  await readIn({ seconds: 0 }, give(agenda(1)))
  const [cafe] = await cafes()
  if (!cafe) throw new Error('no café')
  const content = { ...cafe, title: 'Le nôtre' }
  await reviseCafe(server.context.db, { id: cafe.id, content }, server.context.now())
  await readIn({ hours: 1 }, give(calendarOf(event(1, 'DESCRIPTION:Avec un invité'))))
  return content
}

describe('a followed calendar', () => {
  test('is read every hour, and its changes and cancellations follow', async () => {
    await follow()
    const first = await readIn({ seconds: 0 }, give(agenda(3)))
    expect(first).toMatchObject({ cafes: 3, aside: 0, failures: 0, fault: undefined })
    expect(await titles()).toHaveLength(3)
    expect(server.wakes()).toBe(1)

    await readIn({ minutes: 59 }, give('not asked'))
    expect(calendars.requests).toHaveLength(1)
    const changed = calendarOf(
      event(1),
      event(2, 'SUMMARY:Autrement'),
      event(3, 'STATUS:CANCELLED'),
    )
    await readIn({ minutes: 1 }, give(changed))
    expect(await titles()).toEqual(['Café IA numéro 1', 'Autrement', 'Café IA numéro 3'])
    expect(await states()).toEqual(['scheduled', 'scheduled', 'cancelled'])

    const before = await changes()
    await readIn({ hours: 1 })
    expect(await changes()).toBe(before)
  })

  test('that is read twice at once brings each café once, and neither reading fails', async () => {
    const calendar = await follow()
    answerWith(give(agenda(5)))
    const read = () => readCalendar(server.context, calendar)
    expect(await Promise.all([read(), read()])).toEqual([{ outcome: 'read' }, { outcome: 'read' }])
    expect(calendars.requests).toHaveLength(2)
    expect(await titles()).toHaveLength(5)
    const [known] = await listCalendars(server.context.db, server.organization.id)
    expect(known).toMatchObject({ cafes: 5, failures: 0 })
  })

  test('whose author gives each reading other events brings no more than so many to come', async () => {
    const { id: calendarId } = await follow()
    const { db, config, now } = server.context
    const { organization } = server
    const readOf = async (first: number, mostToCome: number) => {
      const bytes = Buffer.from(calendarOf(...[0, 1, 2].map((n) => event(first + n))))
      const preview = readImportFile({ bytes }, { now: now(), horizon: HORIZON })
      const touched = new Set<string>()
      const reading = { db, config, organization, by: SOMEBODY, preview, now: now() }
      const job = { ...reading, calendarId, mostToCome }
      const steps = await applyImport(job, touched)
      await claimImported(db, calendarId, [...touched])
      return steps.map(({ outcome, note }) => note ?? outcome)
    }
    expect(await readOf(1, 5)).toEqual(['created', 'created', 'created'])
    const [one] = await cafes()
    await changeStatus(db, { id: one?.id ?? '', statusChange: 'cancelled' }, now())
    expect(await readOf(4, 5)).toEqual(['created', 'created', 'too_many'])
    expect(await readOf(7, 5)).toEqual(['too_many', 'too_many', 'too_many'])
    // What it brought before is still read, and there is room again once some are over.
    expect(await readOf(3, 5)).toEqual(['unchanged', 'unchanged', 'unchanged'])
    server.advance({ hours: 24 * 9 })
    expect(await readOf(10, 5)).toEqual(['created', 'created', 'too_many'])
  })

  test('whose event becomes a link has a café that is still of its town, and comes back there', async () => {
    await follow()
    const link = ['LOCATION:', 'CONFERENCE;VALUE=URI:https://visio.example/cafe']
    const town = async () => (await cafes())[0]?.venue?.commune
    await readIn({ seconds: 0 }, give(calendarOf(event(1))))
    const before = await town()
    expect(before).toBeDefined()
    await readIn({ hours: 1 }, give(calendarOf(event(1, ...link))))
    expect([await states(), await town()]).toEqual([['moved-online'], before])
    const other = ['LOCATION:', 'CONFERENCE;VALUE=URI:https://visio.example/autre']
    await readIn({ hours: 1 }, give(calendarOf(event(1, ...other))))
    expect([await states(), await town()]).toEqual([['moved-online'], before])
    expect((await cafes())[0]?.onlineUrl).toBe('https://visio.example/autre')
    await readIn({ hours: 1 }, give(calendarOf(event(1))))
    expect([await states(), await town()]).toEqual([['scheduled'], before])
  })

  test('says what it has, is told that nothing changed, and is read whole once a day', async () => {
    await follow()
    const weekly = calendarOf(event(1, 'RRULE:FREQ=WEEKLY'))
    const asked: (string | undefined)[][] = []
    const serve: RequestListener = (request, response) => {
      const { 'if-none-match': etag, 'if-modified-since': since } = request.headers
      asked.push([etag, since])
      const validators = { etag: '"v1"', 'last-modified': 'Wed, 25 Nov 2026 08:00:00 GMT' }
      if (etag === '"v1"') response.writeHead(304, validators).end()
      else give(weekly, validators)(request, response)
    }
    await readIn({ seconds: 0 }, serve)
    const dates = (await cafes()).length
    const unchanged = await readIn({ hours: 1 })
    expect(unchanged).toMatchObject({ cafes: dates, fault: undefined })
    expect(unchanged.readAt?.toString()).toBe('2026-11-25T10:00:00Z')
    await readIn({ hours: 24 * 7 })
    expect(asked).toEqual([
      [undefined, undefined],
      ['"v1"', 'Wed, 25 Nov 2026 08:00:00 GMT'],
      [undefined, undefined],
    ])
    expect(await cafes()).toHaveLength(dates + 1)
  })

  test('brings drafts where somebody chose that, and never what they left out', async () => {
    await follow({ publication: 'draft', leftOut: [{ uid: 'cafe-2@ville.example' }] })
    await readIn({ seconds: 0 }, give(agenda(3)))
    await readIn({ hours: 1 }, give(calendarOf(event(1, 'STATUS:TENTATIVE'), event(2), event(3))))
    const read = await readIn({ hours: 1 }, give(agenda(3)))
    expect(await titles()).toEqual(['Café IA numéro 1', 'Café IA numéro 3'])
    expect((await cafes()).map(({ publication }) => publication)).toEqual(['draft', 'draft'])
    expect(read).toMatchObject({ cafes: 2, aside: 1 })
  })

  test('leaves what people changed here, in that field only', async () => {
    await bringOurTitle()
    const ours = { title: 'Le nôtre', descriptionMarkdown: 'Avec un invité' }
    expect(await cafes()).toMatchObject([ours])

    // Its own new title is shown beside ours; its new place is where everybody goes.
    const moved = event(1, 'SUMMARY:Le leur', 'DESCRIPTION:Avec un invité', 'LOCATION:26150 Die')
    await readIn({ hours: 1 }, give(calendarOf(moved)))
    const [kept] = await cafes()
    if (!kept) throw new Error('no café')
    expect(kept).toMatchObject({ ...ours, venue: { commune: 'Die' } })
    const said = await findImportSnapshot(server.context.db, kept.id)
    expect(listOverridden(kept, said ?? {})).toEqual({ title: 'Le leur' })
    await readIn({ hours: 1 })
    expect(await cafes()).toMatchObject([ours])

    // Whoever takes the calendar's title follows it again.
    const taken = { ...kept, title: 'Le leur' }
    await reviseCafe(server.context.db, { id: kept.id, content: taken }, server.context.now())
    await readIn({ hours: 1 }, give(calendarOf(event(1, 'SUMMARY:Le leur, encore'))))
    expect(await titles()).toEqual(['Le leur, encore'])
  })
})

describe('what a calendar says of a title that was changed here', () => {
  const listed = async () => {
    const about = { organizationId: server.organization.id, now: server.context.now(), limit: 9 }
    return (await listAsked(server.context.db, about)).total
  }
  const bring = async (title: string) =>
    readIn({ hours: 1 }, give(calendarOf(event(1, `SUMMARY:${title}`))))

  test('is asked about once: both are shown, and it is taken or kept', async () => {
    const cafe = await bringOurTitle()
    expect(await listed()).toBe(0)

    await bring('Le leur')
    const admin = await signInByLink(server)
    const home = await admin.get('/administration')
    expect(home.text).toMatch(/1\scafé\s: l’agenda dit autre chose/)
    const action = `/administration/import/differences/${cafe.id}`
    const decide = async (choix: string) => {
      const page = await admin.get('/administration/import/differences')
      expect(page.text).toContain('Le nôtre')
      return admin.submit(page, action, { choix })
    }
    expect((await decide('garder')).status).toBe(303)
    expect(await titles()).toEqual(['Le nôtre'])
    await readIn({ hours: 1 })
    expect(await listed()).toBe(0)

    await bring('Le leur, deux')
    const shown = await admin.get('/administration/import/differences')
    expect(shown.text).toContain('Le leur, deux')
    const again = { ...cafe, summary: 'En bref' }
    server.advance({ minutes: 1 })
    await reviseCafe(server.context.db, { id: cafe.id, content: again }, server.context.now())
    expect((await admin.submit(shown, action, { choix: 'prendre' })).status).toBe(409)
    expect((await decide('prendre')).status).toBe(303)
    expect(await cafes()).toMatchObject([{ title: 'Le leur, deux', summary: 'En bref' }])
    expect(await listed()).toBe(0)
    await bring('Le leur, trois')
    expect(await titles()).toEqual(['Le leur, trois'])
  })

  test('is not asked about where the calendar comes back to what is here', async () => {
    await bringOurTitle()
    await bring('Le leur')
    expect(await listed()).toBe(1)
    await bring('Le nôtre')
    expect(await listed()).toBe(0)
  })
})

test('what the team said is full stays full, whatever its calendar changes', async () => {
  await follow()
  await readIn({ seconds: 0 }, give(agenda(1)))
  const [cafe] = await cafes()
  const full = { id: cafe?.id ?? '', statusChange: 'full' } as const
  await changeStatus(server.context.db, full, server.context.now())
  const seats = async () => (await cafes()).map(({ registration }) => registration.seatsLeft)
  expect(await seats()).toEqual([0])
  await readIn({ hours: 1 }, give(calendarOf(event(1, 'DESCRIPTION:Avec un invité'))))
  expect(await seats()).toEqual([0])
})

describe('a fault of the address changes no café', () => {
  const half = agenda(6).slice(0, agenda(6).indexOf('UID:cafe-4'))
  test.each<[string, RequestListener, unknown]>([
    ['a page', give('<!doctype html><title>Connexion</title>'), 'data.not_a_calendar'],
    ['nothing', give(''), 'data.not_a_calendar'],
    ['a sentence', give('Erreur de connexion à la base'), 'data.not_a_calendar'],
    ['half of the calendar', give(half), 'data.calendar_cut'],
    [
      '410',
      (_, response) => response.writeHead(410).end(),
      { key: 'remote.status_code', params: { status: 410 } },
    ],
    [
      '304 unasked',
      (_, response) => response.writeHead(304).end(),
      { key: 'remote.status_code', params: { status: 304 } },
    ],
    [
      'a redirect to itself',
      (request, response) => response.writeHead(302, { location: request.url }).end(),
      'remote.redirect',
    ],
    [
      'a redirect to this machine',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'remote.scheme',
    ],
    [
      'ten gigabytes that are announced',
      (_, response) => response.writeHead(200, { 'content-length': 10 ** 10 }).write('BEGIN:'),
      'remote.too_big',
    ],
    [
      'a stream without an end',
      (_, response) => {
        const more = () => {
          while (response.write('X'.repeat(65_536)));
        }
        response.writeHead(200).on('drain', more)
        more()
      },
      'remote.too_big',
    ],
    ['a broken connection', (request) => request.socket.destroy(), 'remote.network'],
  ])('%s', async (_, fault, reason) => {
    await follow()
    await readIn({ seconds: 0 }, give(agenda(6)))
    const before = await cafes()
    for (let day = 0; day < 4; day++) await readIn({ hours: 25 }, fault)
    const failing = await readIn({ hours: 25 })
    expect(await cafes()).toEqual(before)
    expect(failing).toMatchObject({ fault: reason, failures: 5, cafes: 6 })
    expect(failing.failingSince?.toString()).toBe('2026-11-26T10:00:00Z')

    const well = await readIn({ hours: 25 }, give(agenda(6)))
    expect(well).toMatchObject({ fault: undefined, failures: 0, failingSince: undefined })
  })

  test('and is asked for less and less often, as its server wishes', async () => {
    await follow()
    const refuse: RequestListener = (_, response) =>
      response.writeHead(503, { 'retry-after': '10' }).end()
    const pauses: number[] = []
    for (let count = 0; count < 6; count++) {
      const { dueAt } = await readIn({ hours: 25 }, refuse)
      pauses.push(server.context.now().until(dueAt).total('hours'))
    }
    expect(pauses).toEqual([2, 4, 8, 16, 24, 24])
    const busy: RequestListener = (_, response) =>
      response.writeHead(429, { 'retry-after': '999999999' }).end()
    await follow({ address: `${calendars.origin}/other.ics` })
    await readIn({ seconds: 0 }, busy)
    const [, other] = await listCalendars(server.context.db, server.organization.id)
    expect(other && server.context.now().until(other.dueAt).total('hours')).toBe(24)
  })
})
