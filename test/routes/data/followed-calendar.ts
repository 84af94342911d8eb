import type { RequestListener } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { readCalendars } from '../../../node/jobs/read-calendars.ts'
import { toCafe } from '../../../node/store/cafes/cafes.ts'
import { followCalendar, listCalendars } from '../../../node/store/cafes/followed-calendars.ts'
import { calendarOf, eventOf } from '../../support/imports.ts'
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

export let calendars: LoopbackServer
let answer: RequestListener
export let server: WebServer

export const give =
  (text: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-type': 'text/calendar', ...headers }).end(text)

/** Sets what the server of the calendars answers from now on. */
export const answerWith = (listener: RequestListener): void => {
  answer = listener
}

export const event = (n: number, ...lines: string[]) =>
  eventOf(
    `UID:cafe-${n}@ville.example`,
    `SUMMARY:Café IA numéro ${n}`,
    `DTSTART;TZID=Europe/Paris:202612${String(n + 1).padStart(2, '0')}T183000`,
    'DTEND:',
    ...lines,
  )

/** Returns a calendar of the events 1 to `count`, without some of them. */
export const agenda = (count: number, without: number[] = []) =>
  calendarOf(
    ...Array.from({ length: count }, (_, at) => at + 1)
      .filter((n) => !without.includes(n))
      .map((n) => event(n)),
  )

export const follow = (changes: Partial<Parameters<typeof followCalendar>[1]> = {}) =>
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

/** Lets time pass, then reads the calendars that are due. Returns the state of the one calendar. */
export async function readIn(duration: Temporal.DurationLike, give?: RequestListener) {
  if (give) answer = give
  server.advance(duration)
  await readCalendars(server.context)
  const [calendar] = await listCalendars(server.context.db, server.organization.id)
  if (!calendar) throw new Error('no calendar is followed')
  return calendar
}

export const cafes = async () =>
  (await server.context.db.selectFrom('cafe').selectAll().orderBy('starts_at').execute()).map(
    toCafe,
  )

export const states = async () => (await cafes()).map(({ status }) => status)

export const changes = async () =>
  (await server.context.db.selectFrom('change').selectAll().execute()).length

/** Starts a site, and the server of the calendars that it follows, for the tests of a file. */
export function useCalendarServer(): void {
  beforeAll(async () => {
    calendars = await startLoopbackServer((request, response) => answer(request, response))
  })
  afterAll(() => calendars.close())
  beforeEach(async () => {
    calendars.requests.length = 0
    server = await startWeb({ allowLoopback: calendars.origin })
  })
  afterEach(() => server.stop())
}
