import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listPastCafes, selectPast } from '../../../node/store/cafes/past-cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { isOnPostgres } from '../../support/database.ts'
import { openWithCafes, someCafes } from '../../support/some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
let db: OpenDatabase
let close: () => Promise<void>

beforeAll(async () => {
  ;({ db, close } = await openWithCafes(someCafes(200, now), now))
})
afterAll(() => close())

const query = { now, isOurs: false, after: undefined, limit: 5 }

test('the archive begins with what was over last, and goes on where a page ended', async () => {
  const first = await listPastCafes(db, query)
  const second = await listPastCafes(db, { ...query, after: first.at(-1) })
  const times = [...first, ...second].map(({ startsAt }) => startsAt.toString())
  expect(times).toEqual(times.toSorted().toReversed())
  expect(new Set([...first, ...second].map(({ id }) => id)).size).toBe(10)
  for (const { endsAt } of first) expect(Temporal.Instant.compare(endsAt, now)).not.toBe(1)
})

test.skipIf(isOnPostgres)(
  'however much is to come, none of it is read for the archive',
  async () => {
    const rows = await selectPast(db, query).explain<{ detail: string }>(undefined, sql`query plan`)
    const plan = rows.map(({ detail }) => detail).join('\n')
    expect(plan).toMatch(/cafe_starts_at \(starts_at<\?\)/)
    expect(plan).not.toMatch(/TEMP B-TREE/)
  },
)
