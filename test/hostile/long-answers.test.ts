import { once } from 'node:events'
import { get, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ChildServer, startChildServer } from '../support/child-server.ts'
import { pathsOf } from '../support/every-route.ts'
import { fillDirectory } from '../support/full-directory.ts'
import { MEASURED } from '../support/measured.ts'
import { startWeb } from '../support/server.ts'

/** Answers that are made of a hundred cafés of the greatest size, and the visitors who ask for them. */

const FAT = 200

let server: ChildServer
let fatCafe: string
beforeAll(async () => {
  const DATA = await fillDirectory({ fat: FAT, ordinary: 500, own: 2000 })
  server = await startChildServer({ ROLE: 'hub', DATA, TRUST_PROXY: '127.0.0.1' })
  const [first] = server.query<{ id: string }>(
    "select id from cafe where title like 'Café volumineux%' limit 1",
  )
  fatCafe = first?.id ?? expect.fail()
}, 120_000)
afterAll(() => server?.stop())

let visitors = 0

/** Requests a page as a visitor of whom nobody has heard. */
async function ask(path: string, more: OutgoingHttpHeaders = {}): Promise<IncomingMessage> {
  const visitor = ++visitors
  const headers = { 'x-forwarded-for': `198.51.${visitor & 255}.${visitor >> 8}`, ...more }
  const [answer] = await once(get(server.origin + path, { agent: false, headers }), 'response')
  // The server may end what nobody reads.
  return answer.on('error', () => undefined)
}

/** Reads an answer to its end. Returns its status. */
async function read(path: string, more?: OutgoingHttpHeaders): Promise<number | undefined> {
  const answer = await ask(path, more)
  await once(answer.resume(), 'close')
  return answer.statusCode
}

/**
 * The most milliseconds of one turn of the event loop, in the server's own processor time, which other processes do not
 * lengthen.
 */
const LONGEST_TURN = 60

const SEARCHES = [
  '/?q=mot',
  '/?ou=Rennes&rayon=100&tri=distance',
  '/carte?ou=Rennes',
  '/cafes?page=2',
  '/api/v1/cafes?limit=100',
  '/api/v1/cafes?limit=100&total=1&near=48.11,-1.68&radius=100&order=distance',
  '/api/v1/removed?updatedSince=2026-01-01T00:00:00Z',
  '/integrer/liste?nombre=30',
]

/** Every address that visitors may read, from the router itself. */
async function listPaths(): Promise<string[]> {
  const web = await startWeb({ role: 'hub' })
  try {
    return [...new Set([fatCafe, '35', 'x'].flatMap((value) => pathsOf(web, 'GET', value)))]
  } finally {
    await web.stop()
  }
}

it('no page or file of a directory with long texts takes a long turn', {
  ...MEASURED,
  timeout: 120_000,
}, async () => {
  const paths = [...(await listPaths()), ...SEARCHES]
  expect(paths.length).toBeGreaterThan(150)
  const long: [string, number][] = []
  for (const path of paths) {
    // The first answer loads the code; the next one is made again, since no page is kept for who sends a cookie.
    await read(path)
    await server.takeLoopDelay()
    await read(path, { cookie: 'again=1' })
    const delay = await server.takeLoopDelay()
    if (delay >= LONGEST_TURN) long.push([path, delay])
  }
  expect(long).toEqual([])
  expect(server.failures()).toEqual([])
})

/** Addresses of long answers, each of them another one for each number, so that none is kept for the next visitor. */
const LONG = [
  '/agenda.ics?',
  '/agenda.atom?',
  '/agenda.json?',
  '/api/v1/cafes?limit=100&q=mot',
  '/sitemap.xml?',
  '/carte?',
  '/carte?ou=Rennes&',
  '/territoires?',
  '/lettre?',
  '/lettre.txt?',
  '/?q=mot&',
  '/api/v1/names?q=volumineux',
]

const addresses = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => {
    const address = LONG[at % LONG.length] ?? ''
    // The API takes no parameter that it does not know; a word with more spaces behind it is the same word.
    return /[?&]$/.test(address) ? `${address}x=${at}` : address + '%20'.repeat(at)
  })

/** The most bytes of memory that such visitors may take together. */
const MEMORY = 300 * 1024 ** 2

it('memory does not grow with the number of visitors who ask for long answers', async () => {
  await Promise.all(addresses(LONG.length).map((path) => read(path)))
  const before = await server.readMemory()
  await server.takePeakMemory()
  expect(new Set(await Promise.all(addresses(60).map((path) => read(path))))).toEqual(
    new Set([200]),
  )
  expect((await server.takePeakMemory()) - before).toBeLessThan(MEMORY)
}, 120_000)

it('nor with the number of those who do not read them', async () => {
  const before = await server.readMemory()
  await server.takePeakMemory()
  const unread = await Promise.all(addresses(60).map((path) => ask(path)))
  expect((await server.takePeakMemory()) - before).toBeLessThan(MEMORY)
  expect(await read('/healthz')).toBe(200)
  for (const answer of unread) answer.destroy()
}, 120_000)
