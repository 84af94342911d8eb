import { once } from 'node:events'
import { get } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ChildServer, startChildServer } from '../support/child-server.ts'
import { fillDirectory } from '../support/full-directory.ts'
import { MEASURED } from '../support/measured.ts'
import { feelPulse } from '../support/pulse.ts'

/** Several readers request all files that a directory offers whole at the same time. */

/**
 * The most milliseconds of the server's own processor time for one turn of its event loop, which other processes do not
 * lengthen.
 */
const LONGEST_TURN = 100

/** The same for one turn while files are written, and the most milliseconds of the clock for one answer meanwhile. */
const LONGEST_TURN_OF_FILES = 70
const LONGEST_ANSWER = 100

const FAT = 300
const ORDINARY = 3000
/** The cafés of the directory itself, which its sitemap lists. */
const OWN = 5000

let server: ChildServer
beforeAll(async () => {
  const DATA = await fillDirectory({ fat: FAT, ordinary: ORDINARY, own: OWN })
  server = await startChildServer({ ROLE: 'hub', DATA, TRUST_PROXY: '127.0.0.1' })
}, 120_000)
afterAll(() => server?.stop())

const FILES = [
  '/export/cafes.ics',
  '/export/cafes.csv',
  '/export/cafes.geojson',
  '/export/cafes.jsonld',
  '/export/cafes.json',
  '/export/cafes.ndjson',
  '/export/openagenda.json',
  '/export/cafes.atom',
  '/export/feed.json',
  '/agenda.ics',
  '/agenda.atom',
  '/agenda.json',
  '/sitemap.xml',
  '/api/v1/cafes?limit=100',
]

/** Reads an answer to its end, from an address of its own. Returns the number of bytes after decompression. */
async function read(path: string, reader: number, encoding = 'identity'): Promise<number> {
  const answer = await fetch(server.origin + path, {
    headers: { 'x-forwarded-for': `192.0.2.${reader}`, 'accept-encoding': encoding },
  })
  expect([path, answer.status]).toEqual([path, 200])
  let bytes = 0
  for await (const chunk of answer.body ?? []) bytes += chunk.byteLength
  return bytes
}

/** Each of the three readers accepts another encoding. */
const ENCODINGS = ['identity', 'zstd', 'br']

it('nobody waits while three readers ask for everything at once, nor does memory grow with it', {
  ...MEASURED,
  timeout: 240_000,
}, async () => {
  const before = await server.readMemory()
  await server.takePeakMemory()
  expect(await read('/sitemap.xml', 9)).toBeGreaterThan(OWN * 60)
  // What the first visitor after a start waits for is in `start.test.ts`.
  await read('/', 9)
  await server.takeLoopDelay()
  const pulses = ['/healthz', '/'].map((page) => feelPulse(server.origin + page, 5))
  const sizes = await Promise.all(
    ENCODINGS.flatMap((encoding, index) => FILES.map((path) => read(path, index + 1, encoding))),
  )
  const felt = await Promise.all(pulses.map((pulse) => pulse.stop()))
  const delay = await server.takeLoopDelay()
  expect(Math.max(...sizes)).toBeGreaterThan(20 * 1024 ** 2)
  for (const { median, slow, slowest, most } of felt) {
    expect(median).toBeLessThan(30)
    expect(slow).toBeLessThan(50)
    expect(slowest).toBeLessThan(75)
    expect(most).toBeLessThan(LONGEST_ANSWER)
  }
  expect(delay).toBeLessThan(LONGEST_TURN_OF_FILES)
  expect((await server.takePeakMemory()) - before).toBeLessThan(512 * 1024 ** 2)
  expect(server.failures()).toEqual([])
})

it('a reader that stops in the middle keeps its memory only for a while, and little of it', {
  ...MEASURED,
  timeout: 60_000,
}, async () => {
  const before = await server.readMemory()
  const idle = Array.from({ length: 30 }, (_, index) => {
    const request = get(`${server.origin}/export/cafes.json`, {
      headers: { 'x-forwarded-for': `198.51.100.${index}` },
    })
    request.on('response', (answer) => answer.pause()).on('error', () => undefined)
    return request
  })
  await setTimeout(5000)
  await server.takeLoopDelay()
  const pulse = feelPulse(`${server.origin}/healthz`, 5)
  expect(await read('/export/cafes.jsonld', 1)).toBeGreaterThan(1024 ** 2)
  expect((await pulse.stop()).slow).toBeLessThan(100)
  expect(await server.takeLoopDelay()).toBeLessThan(LONGEST_TURN)
  expect((await server.readMemory()) - before).toBeLessThan(300 * 1024 ** 2)
  for (const request of idle) request.destroy()
})

/** Requests a file and reads only its beginning. */
function readSlowly(
  path: string,
  reader: string,
  encoding = 'identity',
): { leave: () => void; began: Promise<unknown> } {
  const headers = { 'x-forwarded-for': reader, 'accept-encoding': encoding }
  const request = get(server.origin + path, { headers })
  const began = once(request, 'response').then(([answer]) => answer.pause())
  began.catch(() => undefined)
  return { began, leave: () => request.destroy() }
}

it('a short export does not wait for long ones, and a request without memory gets Retry-After', async () => {
  const reader = '203.0.113.1'
  const ask = (path: string, accept = '*/*') =>
    fetch(server.origin + path, {
      headers: { 'x-forwarded-for': reader, accept, 'accept-language': 'fr' },
      signal: AbortSignal.timeout(5000),
    })
  const long = '/export/cafes.json'
  const held = ENCODINGS.map((encoding) => readSlowly(long, reader, encoding))
  await Promise.all(held.map(({ began }) => began))
  for (const short of ['/export/cafes.ics?territory=974', '/export/cafes.atom?territory=974']) {
    const answer = await ask(short)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('Saint-')
  }
  const waiting = Array.from({ length: 30 }, () => readSlowly(long, reader))
  // When another request is refused, the last of these is known to wait.
  const refused = await eventuallyRefused(() => ask(long, 'text/html,application/xhtml+xml,*/*'))
  expect(refused.headers.get('retry-after')).toBe('30')
  expect(refused.headers.get('content-type')).toContain('text/html')
  expect(await refused.text()).toContain('Revenez dans une minute.')
  const problem = await ask(long)
  expect([problem.status, problem.headers.get('content-type')]).toEqual([
    503,
    'application/problem+json',
  ])
  // A reader that leaves gives back its memory.
  for (const { leave } of [...waiting, ...held]) leave()
  const again = [1, 2, 3].map(() => readSlowly(long, reader))
  await Promise.all(again.map(({ began }) => began))
  for (const { leave } of again) leave()
  expect(server.failures()).toEqual([])
}, 60_000)

it('a neighbourhood has seven long files at most, and all together forty-three', async () => {
  const ask = (address: string) => {
    const reader = { hasBegun: false, ...readSlowly('/export/cafes.json', address) }
    void reader.began.then(() => {
      reader.hasBegun = true
    })
    return reader
  }
  /** Takes the memory of a neighbourhood: 18 MiB, of which each file needs 8 for a moment and then 1.5. */
  const fill = async (near: string, many = 7) => {
    const readers = Array.from({ length: many }, (_, index) => ask(`${near}.${index % 6}`))
    await Promise.all(readers.map(({ began }) => began))
    return readers
  }
  const first = await fill('198.18.1')
  const oneMore = ask('198.18.1.7')
  const others = await fill('198.18.2')
  expect(oneMore.hasBegun).toBe(false)
  first[0]?.leave()
  await oneMore.began
  for (const near of ['198.18.3', '198.18.4', '198.18.5', '198.18.6'])
    others.push(...(await fill(near)))
  const last = await fill('198.18.8', 1)
  const elsewhere = ask('198.18.7.1')
  await setTimeout(1000)
  expect(elsewhere.hasBegun).toBe(false)
  last[0]?.leave()
  await elsewhere.began
  for (const { leave } of [...first, ...others, ...last, oneMore, elsewhere]) leave()
}, 60_000)

/** Sends requests until one is refused; a request that waits for memory is dropped after a moment. */
async function eventuallyRefused(ask: () => Promise<Response>): Promise<Response> {
  for (let tries = 0; tries < 10; tries++) {
    const answer = await Promise.race([ask().catch(() => undefined), setTimeout(300)])
    if (answer) {
      expect(answer.status).toBe(503)
      return answer
    }
  }
  throw new Error('nobody was refused')
}

it('nobody waits while a word of one letter, which nearly every café has, is looked for around a place', {
  ...MEASURED,
  timeout: 60_000,
}, async () => {
  const words = ['a', 'c', 'e d', 'a b c d e f g h i j k l']
  const paths = words.flatMap((text) => [
    `/?tri=distance&ou=35000+Rennes&rayon=500&q=${encodeURIComponent(text)}`,
    `/api/v1/cafes?near=48.1,-1.6&radius=500&order=distance&limit=100&q=${encodeURIComponent(text)}`,
  ])
  // The tables of communes are made at the first page that needs them.
  await read('/?ou=35000+Rennes&q=verite', 200)
  for (const path of paths) {
    await server.takeLoopDelay()
    await read(path, 200)
    expect([path, (await server.takeLoopDelay()) < 2 * LONGEST_TURN]).toEqual([path, true])
  }
})
