import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { times } from '../../support/full.ts'
import { feelPulse } from '../../support/pulse.ts'
import { type ApiServer, startApi } from './api-server.ts'

/** In full, about the number of public libraries in France. */
const COUNT = times(3000, 17_000)
const BATCH = 1000

let api: ApiServer

beforeAll(async () => {
  api = await startApi()
})
afterAll(async () => {
  expect(api.failures).toEqual([])
  await api.stop()
})

type Result = { line: number; status: number; reference: string }

/** Sends `count` lines in batches of a thousand, each made from its number. Returns how many had each status. */
async function send(path: string, count: number, lineOf: (n: number) => unknown) {
  const statuses: Record<number, number> = {}
  for (let from = 0; from < count; from += BATCH) {
    const lines = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) =>
      JSON.stringify(lineOf(from + index)),
    )
    const answer = await api.send('POST', path, lines.join('\n'), {
      'Content-Type': 'application/x-ndjson',
      'Idempotency-Key': createHash('sha256').update(lines.join()).digest('hex'),
    })
    expect(answer.status).toBe(200)
    const results = (await answer.text())
      .trim()
      .split('\n')
      .map((line): Result => JSON.parse(line))
    for (const { status } of results) statuses[status] = (statuses[status] ?? 0) + 1
  }
  return statuses
}

const placeOf = (n: number) => ({
  reference: `lieu-${n}`,
  name: `Médiathèque ${n}`,
  streetAddress: `${(n % 90) + 1} rue de la Mairie`,
  postalCode: '35000',
  commune: 'Rennes',
})

const cafeOf = (n: number) => ({
  reference: `cafe-${n}`,
  title: `Café IA à la médiathèque ${n}`,
  startsAt: `2026-12-${String((n % 28) + 1).padStart(2, '0')}T18:30:00`,
  venue: { reference: `lieu-${n}` },
})

test('a central system announces for thousands of places, in bounded time and memory, and nobody waits', async () => {
  const begun = performance.now()
  const before = process.memoryUsage().rss
  const pulse = feelPulse(`${api.origin}/api/v1/cafes?limit=1`, 150)
  expect(await send('/api/v1/places/batch', COUNT, placeOf)).toEqual({ 201: COUNT })
  expect(await send('/api/v1/cafes/batch', COUNT, cafeOf)).toEqual({ 201: COUNT })
  const { median, slow, count } = await pulse.stop()
  const seconds = (performance.now() - begun) / 1000
  const mebibytes = (process.memoryUsage().rss - before) / 1024 / 1024

  expect(seconds).toBeLessThan(times(60, 180))
  expect(mebibytes).toBeLessThan(400)
  expect(count).toBeGreaterThan(20)
  expect(median).toBeLessThan(150)
  expect(slow).toBeLessThan(600)

  const last = await api.get(`/api/v1/cafes?q=${encodeURIComponent(`médiathèque ${COUNT - 1}`)}`)
  const { items } = await last.json()
  expect(items[0].venue).toMatchObject({ name: `Médiathèque ${COUNT - 1}`, commune: 'Rennes' })
}, 240_000)

test.each(['cafes.csv', 'cafes.ics', 'cafes.geojson', 'cafes.json'])(
  'all of them as %s leave the way free for others, and are never whole in memory',
  async (file) => {
    const before = process.memoryUsage().rss
    const pulse = feelPulse(`${api.origin}/api/v1/territories?q=rennes`, 150)
    const answer = await api.get(`/export/${file}?territory=35`)
    let bytes = 0
    let most = 0
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.byteLength
      most = Math.max(most, process.memoryUsage().rss)
    }
    const { slow } = await pulse.stop()
    expect(bytes).toBeGreaterThan(COUNT * 300)
    expect((most - before) / 1024 / 1024).toBeLessThan(200)
    expect(slow).toBeLessThan(600)
  },
  120_000,
)

test('the same again changes nothing, and a place that moves takes its café along', async () => {
  const wanted = { 200: BATCH }
  expect(
    await send('/api/v1/cafes/batch', BATCH, (n) => ({ ...cafeOf(n), summary: null })),
  ).toEqual(wanted)
  const moved = await api.send('PUT', '/api/v1/places/by-reference/lieu-7', {
    ...placeOf(7),
    name: 'Médiathèque du Port',
  })
  expect(moved.status).toBe(200)
  const { items } = await (await api.get('/api/v1/cafes?q=port')).json()
  expect(items.map(({ reference }: { reference: string }) => reference)).toEqual(['cafe-7'])
})

test('of a batch of places the good lines are kept, and each wrong one says why', async () => {
  const lines = [
    JSON.stringify({ ...placeOf(1), reference: 'bon' }),
    JSON.stringify({ ...placeOf(2), reference: undefined }),
    JSON.stringify({ reference: 'sans-nom' }),
    '{"pas du JSON',
  ]
  const answer = await api.send('POST', '/api/v1/places/batch', lines.join('\n'), {
    'Content-Type': 'application/x-ndjson',
    Accept: 'application/json',
  })
  const { results } = await answer.json()
  expect(results).toMatchObject([
    { line: 1, status: 201, reference: 'bon' },
    { line: 2, status: 422, errors: [{ field: 'reference' }] },
    { line: 3, status: 422 },
    { line: 4, status: 400 },
  ])
  const dry = await api.send(
    'POST',
    '/api/v1/places/batch?dryRun=1',
    JSON.stringify({ ...placeOf(3), reference: 'essai' }),
    {
      'Content-Type': 'application/x-ndjson',
    },
  )
  expect(await dry.json()).toMatchObject({ status: 201, reference: 'essai' })
  const cafe = await api.send('POST', '/api/v1/cafes', {
    ...cafeOf(3),
    reference: 'autre',
    venue: { reference: 'essai' },
  })
  expect(cafe.status).toBe(422)
})
