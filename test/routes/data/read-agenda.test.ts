import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { fetchCalendar } from '../../../federation/peers/fetch-calendar.ts'
import type { Egress } from '../../../federation/services.ts'
import {
  cafes,
  calendars,
  changes,
  follow,
  readIn,
  states,
  useCalendarServer,
} from './followed-calendar.ts'

useCalendarServer()

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
  /** Serves pages of two events, each with the position of the next page. */
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

  /** Returns the requests that reading `typed` makes when the API lists `agendas` for the requested name. */
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

  /** Returns the addresses and keys of the requests when the answers are `pages`, and the final address is `from`. */
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
