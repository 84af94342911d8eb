import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { searchCafes } from '../../node/store/search/search.ts'
import { createCorpus, makeWords } from './corpus.ts'
import { type Filled, fillDatabase } from './fill.ts'
import { formatNumber, percentile, timeRounds } from './measures.ts'
import { searchKinds, searchRequests } from './search-queries.ts'
import { countIndexed } from './store.ts'
import { markdownTable } from './table.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
let folder: string
let filled: Filled

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-bench-'))
  filled = await fillDatabase(folder, { cafes: 1500, now })
})
afterAll(async () => {
  await filled.db.destroy()
  await rm(folder, { recursive: true, force: true })
})

test('a made-up directory has its cafés before and after today, and is made once', async () => {
  const { coming, past } = await countIndexed(filled.db)
  expect(coming + past).toBe(1500)
  expect(coming).toBeGreaterThan(400)
  expect(past).toBeGreaterThan(600)
  const again = await fillDatabase(folder, { cafes: 1500, now })
  expect(again.perSecond).toBeUndefined()
  await again.db.destroy()
  await expect(fillDatabase(folder, { cafes: 500, now })).rejects.toThrow('other cafés')
})

test('the same cafés are made at each run, when places are open', () => {
  const make = () => [
    ...createCorpus({ cafes: 50, now, organizationId: 'bench', senders: [] }).cafes,
  ]
  expect(make()).toEqual(make())
  for (const { startsAt, timezone } of make())
    expect(startsAt.toZonedDateTimeISO(timezone).hour).toBeGreaterThanOrEqual(9)
})

test('each kind of search finds something in the end, but the one that must not', async () => {
  for (const { name, queryOf } of searchKinds(makeWords(), now)) {
    let found = 0
    for (let turn = 0; turn < 60; turn++)
      found += (await searchCafes(filled.db, { ...queryOf(turn), limit: 20 })).items.length
    expect(found > 0, name).toBe(name !== 'a word that no café has')
  }
  const requests = searchRequests(makeWords(), 50).map(String)
  expect(new Set(requests).size).toBe(50)
})

test('figures are told with three digits, and percentiles by nearest rank', async () => {
  expect([0.1234, 12.345, 1234.5].map(formatNumber)).toEqual(['0.123', '12.3', '1,235'])
  const samples = Array.from({ length: 200 }, (_, index) => 200 - index)
  expect([0.5, 0.99, 1].map((share) => percentile(samples, share))).toEqual([100, 198, 200])
  expect(await timeRounds(5, () => undefined)).toHaveLength(5)
  expect(markdownTable(['a', 'b'], [['c', '1']])).toBe('| a | b |\n|---|---:|\n| c | 1 |')
})
