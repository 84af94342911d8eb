import { get } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type ChildServer, startChildServer } from '../support/child-server.ts'
import { speak } from '../support/hostile-stage.ts'
import { MEASURED } from '../support/measured.ts'
import { watchHealth } from '../support/server-health.ts'

/** One visitor makes many requests at once, on one connection or on any number of them. */

let server: ChildServer
let isHealthy: () => Promise<void>
beforeAll(async () => {
  server = await startChildServer({ ROLE: 'hub', TRUST_PROXY: '127.0.0.1' })
  // The first searches load their data and compile their code.
  for (const place of ['zz0', 'zz1', 'zz2']) await ask(search(place), '203.0.113.1')
  isHealthy = await watchHealth(server)
})
afterEach(() => isHealthy())
afterAll(() => server?.stop())

/** Returns a search for a place that is compared with all names, and whose page is not cached. */
const search = (place: string): string => `/?ou=${place}`

const ask = (path: string, visitor: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { 'x-forwarded-for': visitor }
    get(server.origin + path, { agent: false, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
    }).on('error', reject)
  })

const packetOf = (paths: string[]): string =>
  paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: annuaire.example\r\n\r\n`).join('')

it('1,500 requests in one packet end their connection and hold nobody up', MEASURED, async () => {
  const answer = await speak(
    server.port,
    packetOf(Array.from({ length: 1500 }, (_, at) => search(`zzp${at}`))),
  ).catch((error: NodeJS.ErrnoException) => error.code)
  expect(['', 'ECONNRESET', 'EPIPE']).toContain(answer)
})

it('a few requests on one connection are answered in their order', async () => {
  const paths = ['/robots.txt', search('zzfew'), '/nowhere', '/healthz']
  const last = 'GET /agenda.ics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
  const answer = await speak(server.port, packetOf(paths) + last)
  const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status))
  expect(statuses).toEqual([200, 200, 404, 200, 200])
  const parts = ['User-agent', 'zzfew', '"status":"ok"', 'BEGIN:VCALENDAR']
  const places = parts.map((part) => answer.indexOf(part))
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((one, other) => one - other))
})

let crowds = 0

it('400 searches of one visitor at once hold nobody up', {
  ...MEASURED,
  timeout: 60_000,
}, async () => {
  // The name differs at each attempt, so that no cached page is served.
  const name = `zzc${++crowds}x`
  const crowd = Array.from({ length: 400 }, (_, at) => ask(search(name + at), '198.51.100.1'))
  expect(new Set(await Promise.all(crowd))).toEqual(new Set([200]))
})
