import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { selectNewCafes } from '../../node/store/alert-cafes.ts'
import type { OpenDatabase } from '../../node/store/database.ts'
import { isOnPostgres } from '../support/database.ts'
import { openWithCafes } from './some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
let db: OpenDatabase
let close: () => Promise<void>

beforeAll(async () => {
  ;({ db, close } = await openWithCafes(50, now))
})
afterAll(() => close())

test.skipIf(isOnPostgres)(
  'however many cafés there are, those that are new are found by their indexes',
  async () => {
    const lately = { since: now.subtract({ minutes: 10 }), until: now, now }
    const rows = await selectNewCafes(db, lately).explain<{ detail: string }>(
      undefined,
      sql`query plan`,
    )
    const plan = rows.map(({ detail }) => detail).join('\n')
    expect(plan).toMatch(/cafe_own_published \(published_at>\? AND published_at<\?\)/)
    expect(plan).not.toMatch(/SCAN cafe/)
  },
)
