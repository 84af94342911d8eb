import type { RequestListener } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fetchCalendar } from '../../../federation/peers/fetch-calendar.ts'
import type { Egress } from '../../../federation/services.ts'
import { readCalendars } from '../../../node/jobs/read-calendars.ts'
import { organizerOf } from '../../../node/routes/workspaces/organizer.ts'
import { toCafe } from '../../../node/store/cafes/cafes.ts'
import { followCalendar, listCalendars } from '../../../node/store/cafes/followed-calendars.ts'
import { listBroughtCafes } from '../../../node/store/cafes/import-snapshots.ts'
import {
  cancelCafe,
  changeStatus,
  createCafe,
  reviseCafe,
} from '../../../node/store/cafes/own-cafes.ts'
import { calendarOf, eventOf } from '../../support/imports.ts'
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let calendars: LoopbackServer
let answer: RequestListener
let server: WebServer
beforeAll(async () => {
  calendars = await startLoopbackServer((request, response) => answer(request, response))
})
afterAll(() => calendars.close())
beforeEach(async () => {
  calendars.requests.length = 0
  server = await startWeb({ allowLoopback: calendars.origin })
})
afterEach(() => server.stop())

const give =
  (text: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-type': 'text/calendar', ...headers }).end(text)

const event = (n: number, ...lines: string[]) =>
  eventOf(
    `UID:cafe-${n}@ville.example`,
    `SUMMARY:Café IA numéro ${n}`,
    `DTSTART;TZID=Europe/Paris:202612${String(n + 1).padStart(2, '0')}T183000`,
    'DTEND:',
    ...lines,
  )
/** Events 1 to `count`, without some. */
const agenda = (count: number, without: number[] = []) =>
  calendarOf(
    ...Array.from({ length: count }, (_, at) => at + 1)
      .filter((n) => !without.includes(n))
      .map((n) => event(n)),
  )

const follow = (changes: Partial<Parameters<typeof followCalendar>[1]> = {}) =>
  followCalendar(
    server.context.db,
    {
      organizationId: server.organization.id,
      address: `${calendars.origin}/agenda.ics`,
      publication: 'published',
      leftOut: [],
      ...changes,
    },
    server.context.now(),
  )

/** Lets time pass, then reads what is due; says what is known of the one calendar. */
async function readIn(duration: Temporal.DurationLike, give?: RequestListener) {
  if (give) answer = give
  server.advance(duration)
  await readCalendars(server.context)
  const [calendar] = await listCalendars(server.context.db, server.organization.id)
  if (!calendar) throw new Error('no calendar is followed')
  return calendar
}

const cafes = async () =>
  (await server.context.db.selectFrom('cafe').selectAll().orderBy('starts_at').execute()).map(
    toCafe,
  )
const titles = async () => (await cafes()).map(({ title }) => title)
const states = async () => (await cafes()).map(({ status }) => status)
const changes = async () =>
  (await server.context.db.selectFrom('change').selectAll().execute()).length

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
    await follow()
    await readIn({ seconds: 0 }, give(agenda(1)))
    const [cafe] = await cafes()
    if (!cafe) throw new Error('no café')
    const content = { ...cafe, title: 'Le nôtre' }
    await reviseCafe(server.context.db, { id: cafe.id, content }, server.context.now())
    await readIn({ hours: 1 }, give(calendarOf(event(1, 'DESCRIPTION:Avec un invité'))))
    expect(await cafes()).toMatchObject([
      { title: 'Le nôtre', descriptionMarkdown: 'Avec un invité' },
    ])
  })
})

test('what the team said is full stays full, whatever its calendar changes', async () => {
  await follow()
  await readIn({ seconds: 0 }, give(agenda(1)))
  const [cafe] = await cafes()
  const full = { id: cafe?.id ?? '', situation: 'full' } as const
  await changeStatus(server.context.db, full, server.context.now())
  const seats = async () => (await cafes()).map(({ registration }) => registration.seatsLeft)
  expect(await seats()).toEqual([0])
  await readIn({ hours: 1 }, give(calendarOf(event(1, 'DESCRIPTION:Avec un invité'))))
  expect(await seats()).toEqual([0])
})

describe('an agenda in the shape of OpenAgenda', () => {
  const agendaEvent = (n: number, changes: object = {}) => ({
    uid: 1000 + n,
    title: { fr: `Café IA numéro ${n}`, en: `Café ${n}` },
    description: { fr: 'On en parle.' },
    keywords: { fr: ['images'] },
    timings: [
      { begin: `2026-12-0${n}T18:30:00.000+01:00`, end: `2026-12-0${n}T20:00:00.000+01:00` },
    ],
    timezone: 'Europe/Paris',
    attendanceMode: 1,
    status: 1,
    state: 2,
    location: {
      ...{ name: 'Médiathèque du Canal', address: '12 quai du Canal, 35000 Rennes, France' },
      ...{ adminLevel4: 'Rennes', postalCode: '35000', insee: '35238' },
    },
    ...changes,
  })
  /** Pages of two events, each with where the next one begins. */
  const serve =
    (events: object[]): RequestListener =>
    (request, response) => {
      const asked = new URL(request.url ?? '', 'http://x').searchParams.getAll('after[]')
      const at = Number(asked[0] ?? 0)
      const after = at + 2 < events.length ? [at + 2, 'x'] : null
      response.writeHead(200, { 'content-type': 'application/json', etag: '"a"' })
      response.end(
        JSON.stringify({ total: events.length, events: events.slice(at, at + 2), after }),
      )
    }
  const address = () => `${calendars.origin}/v2/agendas/1/events?key=public`

  test('is read to its last page, and followed like a calendar', async () => {
    await follow({ address: address() })
    const all = [1, 2, 3, 4, 5].map((n) => agendaEvent(n))
    const read = await readIn({ seconds: 0 }, serve(all))
    expect(read).toMatchObject({ cafes: 5, aside: 0, fault: undefined })
    expect(calendars.requests).toHaveLength(3)
    expect((await cafes())[0]).toMatchObject({
      title: 'Café IA numéro 1',
      summary: 'On en parle.',
      themes: ['images'],
      venue: { streetAddress: '12 quai du Canal', codeInsee: '35238' },
    })
    const changed = all
      .with(1, agendaEvent(2, { status: 6 }))
      .with(2, agendaEvent(3, { state: -1 }))
    await readIn({ hours: 1 }, serve(changed))
    expect(await states()).toEqual([
      ...['scheduled', 'cancelled', 'cancelled', 'scheduled', 'scheduled'],
    ])
    const before = await changes()
    await readIn({ hours: 1 })
    expect(await changes()).toBe(before)
  })

  test('says what is full, as long as it says so', async () => {
    await follow({ address: address() })
    const seats = async () => (await cafes()).map(({ registration }) => registration.seatsLeft)
    await readIn({ seconds: 0 }, serve([agendaEvent(1, { status: 5 }), agendaEvent(2)]))
    expect(await seats()).toEqual([0, undefined])
    expect(await states()).toEqual(['scheduled', 'scheduled'])
    const before = await changes()
    await readIn({ hours: 1 })
    expect(await changes()).toBe(before)
    await readIn({ hours: 1 }, serve([agendaEvent(1), agendaEvent(2, { status: 5 })]))
    expect(await seats()).toEqual([undefined, 0])
  })

  test('gives a café for each of its timings, and is free', async () => {
    const timing = (day: string) => ({
      begin: `${day}T18:30:00+01:00`,
      end: `${day}T20:00:00+01:00`,
    })
    const timings = ['2026-10-01', '2026-12-01', '2026-12-08'].map(timing)
    const events = [
      agendaEvent(1, { timings }),
      agendaEvent(2, { conditions: { fr: 'Plein tarif 5 €' } }),
      agendaEvent(3, { timings: [] }),
      agendaEvent(4, { state: 0 }),
      agendaEvent(5, { timings: timings.slice(0, 1).concat(timing('2026-10-08')) }),
    ]
    await follow({ address: address() })
    expect(await readIn({ seconds: 0 }, serve(events))).toMatchObject({ cafes: 3, aside: 2 })
    expect((await cafes()).map(({ publication }) => publication)).toEqual([
      ...['published', 'draft', 'published'],
    ])
    await readIn({ hours: 1 }, serve([agendaEvent(1, { timings: timings.slice(0, 2) })]))
    expect(await states()).toEqual(['scheduled', 'scheduled', 'cancelled'])
  })

  test.each<[string, RequestListener, unknown]>([
    [
      'a page that fails',
      (request, response) =>
        request.url?.includes('after')
          ? response.writeHead(500).end()
          : serve([1, 2, 3].map((n) => agendaEvent(n)))(request, response),
      { key: 'remote.status_code', params: { status: 500 } },
    ],
    [
      'pages without an end',
      (_, response) => response.end(JSON.stringify({ events: [agendaEvent(1)], after: [1] })),
      'remote.too_big',
    ],
    ['no agenda', (_, response) => response.end('{"error":"key"}'), 'data.not_a_calendar'],
  ])('changes nothing with %s', async (_, fault, reason) => {
    await follow({ address: address() })
    await readIn({ seconds: 0 }, serve([1, 2, 3].map((n) => agendaEvent(n))))
    const before = await cafes()
    const failing = await readIn({ hours: 1 }, fault)
    expect(failing.fault).toEqual(reason)
    expect(await cafes()).toEqual(before)
    expect(calendars.requests.length).toBeLessThan(24)
  })

  test.each([
    [
      'https://openagenda.com/fr/agendas/12345/events?key=k',
      'https://api.openagenda.com/v2/agendas/12345/events?detailed=1&size=300&relative[]=current&relative[]=upcoming',
      'k',
    ],
    [
      'https://api.openagenda.com/v2/agendas/1/events?key=k&size=10',
      'https://api.openagenda.com/v2/agendas/1/events?size=10',
      'k',
    ],
    ['https://ville.example/agenda.ics?key=k', 'https://ville.example/agenda.ics?key=k', undefined],
    ['https://openagenda.com/mon-agenda.ics', 'https://openagenda.com/mon-agenda.ics', undefined],
  ])('%s is asked for as its API wants it', async (typed, expected, key) => {
    const asked: unknown[] = []
    const get: Egress['get'] = async (url, { headers }) => {
      asked.push([String(url), headers?.key])
      return { url: String(url), status: 404, headers: {}, bytes: Buffer.alloc(0), text: '' }
    }
    await fetchCalendar({ egress: { get } }, typed)
    expect(asked).toEqual([[expected, key]])
  })

  /** What reading `typed` asks for, when the API lists `agendas` under the name that is asked for. */
  async function fetchNamed(typed: string, agendas: unknown, status = 200) {
    const asked: unknown[] = []
    const get: Egress['get'] = async (asking, { headers }) => {
      const url = String(asking)
      asked.push([url, headers?.key])
      const text = url.includes('slug=') ? JSON.stringify(agendas) : '{"events":[]}'
      return { url, status, headers: {}, bytes: Buffer.from(text), text }
    }
    return { file: await fetchCalendar({ egress: { get } }, typed), asked }
  }

  test.each([
    'https://openagenda.com/mon-agenda?key=k',
    'https://www.openagenda.com/fr/mon-agenda/events/un-cafe?lang=fr&key=k',
  ])('an agenda by its name is asked for by its number: %s', async (typed) => {
    const named = {
      agendas: [
        { uid: 7, slug: 'mon-agenda-2' },
        { uid: 12, slug: 'mon-agenda' },
      ],
    }
    const { file, asked } = await fetchNamed(typed, named)
    expect(asked).toEqual([
      ['https://api.openagenda.com/v2/agendas?slug=mon-agenda', 'k'],
      [
        'https://api.openagenda.com/v2/agendas/12/events?detailed=1&size=300&relative[]=current&relative[]=upcoming',
        'k',
      ],
    ])
    expect(file.outcome).toBe('fetched')
  })

  test.each([
    ['https://openagenda.com/mon-agenda', {}, 200, 'data.agenda_needs_key'],
    ['https://openagenda.com/agendas/1', {}, 200, 'data.agenda_needs_key'],
    [
      'https://openagenda.com/x?key=k',
      { agendas: [{ uid: 1, slug: 'y' }] },
      200,
      'data.unknown_agenda',
    ],
    [
      'https://openagenda.com/x?key=k',
      { agendas: [{ uid: 'a/b', slug: 'x' }] },
      200,
      'data.unknown_agenda',
    ],
    ['https://openagenda.com/x?key=k', [], 200, 'data.unknown_agenda'],
    [
      'https://openagenda.com/x?key=k',
      {},
      403,
      { key: 'remote.status_code', params: { status: 403 } },
    ],
  ])(
    'an agenda that cannot be found says why: %s %j %i',
    async (typed, agendas, status, reason) => {
      const { file } = await fetchNamed(typed, agendas, status)
      expect(file).toEqual({ outcome: 'refused', reason })
    },
  )

  /** The addresses and keys that are asked for, when each answers with `pages`, and from `from`. */
  async function fetchPages(pages: string[], from?: string) {
    const asked: unknown[] = []
    const get: Egress['get'] = async (asking, { headers }) => {
      const url = from ?? String(asking)
      asked.push([String(asking), headers?.key])
      const text = pages[asked.length - 1] ?? '{}'
      return { url, status: 200, headers: {}, bytes: Buffer.from(text), text }
    }
    const address = 'https://api.openagenda.com/v2/agendas/1/events?key=k&size=2'
    return { file: await fetchCalendar({ egress: { get } }, address), asked }
  }

  test('gives its key to no other server to which it redirects', async () => {
    const pages = ['{"events":[{"uid":1}],"after":[7]}', '{"events":[{"uid":2}]}']
    const { asked } = await fetchPages(pages, 'https://other.example/events?size=2')
    expect(asked).toEqual([
      ['https://api.openagenda.com/v2/agendas/1/events?size=2', 'k'],
      ['https://other.example/events?size=2&after%5B%5D=7', undefined],
    ])
    expect((await fetchPages(pages)).asked).toMatchObject([
      [expect.anything(), 'k'],
      [{}, 'k'],
    ])
  })

  test.each([
    ['a text that looks like a next page', '{"events":[{"t":"\\"after\\":[1]"}]}', 1],
    ['an event with a member of that name', '{"events":[{"after":[1]}]}', 1],
    ['no next page', '{"events":[{}],"after":[ ]}', 1],
    ['what is after them', '{"total":1,"events":[{"a":"]"}],"after":[1,"x"]}', 2],
    ['what is before them', '{"after":[1],"events":[{"a":[{}]}]}', 2],
    ['a page that is empty', '{"after":[1],"events":[ ]}', 1],
  ])('has as many pages as it says: %s', async (_, page, count) => {
    const { file, asked } = await fetchPages([page, '{"events":[]}'])
    expect(asked).toHaveLength(count)
    expect(file).toMatchObject({ outcome: 'fetched' })
    const { bytes } = file as { bytes: Uint8Array }
    expect(JSON.parse(String(bytes)).events).toEqual(JSON.parse(page).events)
  })

  test.each([
    ['lists within lists', '['.repeat(400_000) + ']'.repeat(400_000)],
    ['numbers that become longer', Array(1_000_000).fill('1e20').join(',')],
  ])('is as it was sent, of %s', async (_, events) => {
    const { file } = await fetchPages([`{"events":[${events}],"after":[1]}`, '{"events":[]}'])
    expect(file).toMatchObject({ outcome: 'fetched' })
    expect((file as { bytes: Uint8Array }).bytes.length).toBeLessThan(5 * 1024 ** 2)
  })

  test.each([
    ['an object', '{"toString":1}'],
    ['nothing', 'null'],
    ['a list', '[1]'],
    ['a long text', `"${'x'.repeat(1000)}"`],
  ])('is none when its next page begins at %s', async (_, after) => {
    const { file } = await fetchPages([`{"events":[{}],"after":[${after}]}`])
    expect(file).toEqual({ outcome: 'refused', reason: 'remote.unexpected' })
  })
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

describe('what a whole calendar no longer has', () => {
  const missing = async () => {
    const [calendar] = await listCalendars(server.context.db, server.organization.id)
    const brought = await listBroughtCafes(
      server.context.db,
      calendar?.id ?? '',
      server.context.now(),
    )
    return brought.filter(({ missingSince }) => missingSince).length
  }

  test('is cancelled after a day, and comes back with it', async () => {
    await follow()
    await readIn({ seconds: 0 }, give(agenda(6)))
    await readIn({ hours: 1 }, give(agenda(6, [4])))
    await readIn({ hours: 22 })
    expect(new Set(await states())).toEqual(new Set(['scheduled']))
    expect(await missing()).toBe(1)
    await readIn({ hours: 2 })
    expect(await states()).toEqual([
      ...['scheduled', 'scheduled', 'scheduled'],
      ...['cancelled', 'scheduled', 'scheduled'],
    ])
    await readIn({ hours: 1 }, give(agenda(6)))
    expect(new Set(await states())).toEqual(new Set(['scheduled']))
  })

  test('is forgiven when it is there again within the day', async () => {
    await follow()
    await readIn({ seconds: 0 }, give(agenda(6)))
    await readIn({ hours: 1 }, give(agenda(6, [4])))
    await readIn({ hours: 20 }, give(agenda(6)))
    await readIn({ hours: 20 }, give(agenda(6, [4])))
    await readIn({ hours: 20 })
    expect(new Set(await states())).toEqual(new Set(['scheduled']))
  })

  test.each([
    ['all', calendarOf()],
    ['half of all', agenda(3)],
  ])('stays when it is %s: the team decides', async (_, text) => {
    await follow()
    await readIn({ seconds: 0 }, give(agenda(6)))
    const before = await cafes()
    for (let day = 0; day < 4; day++) await readIn({ hours: 25 }, give(text))
    // Two days of December have passed meanwhile.
    expect((await cafes()).slice(3)).toEqual(before.slice(3))
    expect(new Set(await states())).toEqual(new Set(['scheduled']))
    expect(await missing()).toBeGreaterThan(0)
  })

  test('is not what can no longer be read, nor what is private now', async () => {
    await follow()
    await readIn({ seconds: 0 }, give(agenda(6)))
    const [first, ...others] = [1, 2, 3, 4, 5, 6].map((n) => event(n))
    const broken = first?.map((line) => line.replace(/^SUMMARY:.*/, 'SUMMARY:'))
    await readIn({ hours: 1 }, give(calendarOf(broken ?? [], ...others)))
    await readIn({ hours: 25 })
    await readIn({ hours: 1 }, give(calendarOf(event(1, 'CLASS:PRIVATE'), ...others)))
    await readIn({ hours: 25 })
    expect(new Set(await states())).toEqual(new Set(['scheduled']))
    expect(await missing()).toBe(0)
  })

  test('is nothing of a calendar whose UIDs are others at each reading', async () => {
    await follow()
    let reading = 0
    const renamed: RequestListener = (request, response) => {
      reading += 1
      give(agenda(6).replaceAll(/UID:/g, `UID:${reading}-`))(request, response)
    }
    await readIn({ seconds: 0 }, renamed)
    const before = await cafes()
    for (let count = 0; count < 3; count++) await readIn({ hours: 13 }, renamed)
    expect(reading).toBe(4)
    expect(await cafes()).toEqual(before)
    expect(await missing()).toBe(0)
  })

  test('is not what somebody cancelled here, nor what another calendar brought', async () => {
    await follow()
    await readIn({ seconds: 0 }, give(agenda(6)))
    const [first] = await cafes()
    if (!first) throw new Error('no café')
    const cancelled = { id: first.id, reason: 'Panne' }
    await cancelCafe(server.context.db, cancelled, server.context.now())
    await follow({ address: `${calendars.origin}/other.ics` })
    const other = calendarOf(event(6), event(9))
    answer = (request, response) =>
      give(request.url === '/other.ics' ? other : agenda(6, [1]))(request, response)
    await readIn({ hours: 1 })
    await readIn({ hours: 25 })
    expect((await cafes()).map(({ status, statusNote }) => statusNote ?? status)).toEqual([
      'Panne',
      ...['scheduled', 'scheduled', 'scheduled', 'scheduled', 'scheduled', 'scheduled'],
    ])
    expect(await missing()).toBe(0)
  })
})

describe('what another source brought, or somebody made here, is not the calendar’s', () => {
  const published = async () =>
    (await cafes()).map(({ title, status, recurrenceId }) => [title, status, recurrenceId])

  test.each<[string, (uid: string, address: string) => string[]]>([
    ['by its UID', (uid) => [`UID:${uid}`]],
    ['by its address', (_, address) => [`UID:${address}`]],
    ['by its UID and its address', (uid, address) => [`UID:${uid}`, `URL:${address}`]],
    ['to cancel it', (uid) => [`UID:${uid}`, 'STATUS:CANCELLED']],
  ])('a café made here, named %s', async (_, name) => {
    const { db } = server.context
    const { organization } = server
    const { origin } = server.context.config
    const made = await createCafe(
      db,
      {
        content: ownCafe({ title: 'Le nôtre' }),
        ...{ organizationId: organization.id, origin, publication: 'published' },
        organizer: organizerOf({ origin }, organization),
      },
      server.context.now(),
    )
    const before = await published()
    await follow()
    const claim = calendarOf(event(1), event(2, ...name(made.uid, made.uri)))
    const read = await readIn({ seconds: 0 }, give(claim))
    expect(read).toMatchObject({ cafes: 1, aside: 1, fault: undefined })
    expect(await published()).toEqual(expect.arrayContaining(before))
    expect(await cafes()).toHaveLength(2)
    await readIn({ hours: 1 }, give(agenda(1)))
    await readIn({ hours: 25 })
    expect(await published()).toEqual(expect.arrayContaining(before))
    expect(await db.selectFrom('imported').select('cafe_id').execute()).toHaveLength(1)
  })

  test.each([
    ['changed', [event(1, 'SUMMARY:Autrement')]],
    ['cancelled', [event(1, 'STATUS:CANCELLED')]],
    ['taken out', [event(1, 'RRULE:FREQ=WEEKLY;COUNT=8', 'EXDATE:20261202T173000Z')]],
    ['a series that lost it', [event(1, 'RRULE:FREQ=WEEKLY;COUNT=8', 'DTSTART:20261201T173000Z')]],
  ])('a café of another calendar, %s', async (_, claim) => {
    await follow()
    const series = calendarOf(event(1, 'RRULE:FREQ=WEEKLY;COUNT=3'))
    await readIn({ seconds: 0 }, give(series))
    const before = await published()
    await follow({ address: `${calendars.origin}/other.ics` })
    answer = (request, response) =>
      give(request.url === '/other.ics' ? calendarOf(...claim) : series)(request, response)
    await readIn({ minutes: 1 })
    expect(await published()).toEqual(expect.arrayContaining(before))
  })
})
