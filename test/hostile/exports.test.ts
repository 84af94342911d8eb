import { get } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ChildServer, startChildServer } from '../support/child-server.ts'
import { fillDirectory } from '../support/full-directory.ts'
import { feelPulse } from '../support/pulse.ts'

/** Everything that a directory gives away whole, asked for all at once by several readers. */

const FAT = 300
const ORDINARY = 3000
/** Of the directory itself, which its sitemap lists. */
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

/** Reads to the end, from an address of its own; how many bytes there were. */
async function read(path: string, reader: number): Promise<number> {
  const answer = await fetch(server.origin + path, {
    headers: { 'x-forwarded-for': `192.0.2.${reader}`, 'accept-encoding': 'identity' },
  })
  expect([path, answer.status]).toEqual([path, 200])
  let bytes = 0
  for await (const chunk of answer.body ?? []) bytes += chunk.byteLength
  return bytes
}

it('nobody waits while three readers ask for everything at once, nor does memory grow with it', async () => {
  const before = await server.readMemory()
  await server.takePeakMemory()
  expect(await read('/sitemap.xml', 9)).toBeGreaterThan(OWN * 60)
  const pulses = ['/healthz', '/'].map((page) => feelPulse(server.origin + page, 5))
  const sizes = await Promise.all(
    [1, 2, 3].flatMap((reader) => FILES.map((path) => read(path, reader))),
  )
  const felt = await Promise.all(pulses.map((pulse) => pulse.stop()))
  expect(Math.max(...sizes)).toBeGreaterThan(20 * 1024 ** 2)
  for (const { median, slow, slowest } of felt) {
    expect(median).toBeLessThan(50)
    expect(slow).toBeLessThan(100)
    expect(slowest).toBeLessThan(200)
  }
  expect((await server.takePeakMemory()) - before).toBeLessThan(512 * 1024 ** 2)
  expect(server.failures()).toEqual([])
}, 240_000)

it('who begins to read and stops holds a seat only for a while, and memory hardly', async () => {
  const before = await server.readMemory()
  const idle = Array.from({ length: 30 }, (_, index) => {
    const request = get(`${server.origin}/export/cafes.json`, {
      headers: { 'x-forwarded-for': `198.51.100.${index}` },
    })
    request.on('response', (answer) => answer.pause()).on('error', () => undefined)
    return request
  })
  await new Promise((resolve) => setTimeout(resolve, 5000))
  const pulse = feelPulse(`${server.origin}/healthz`, 5)
  expect(await read('/export/cafes.jsonld', 1)).toBeGreaterThan(1024 ** 2)
  expect((await pulse.stop()).slow).toBeLessThan(100)
  expect((await server.readMemory()) - before).toBeLessThan(300 * 1024 ** 2)
  for (const request of idle) request.destroy()
}, 60_000)
