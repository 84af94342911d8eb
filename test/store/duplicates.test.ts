import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatabase } from '../../node/store/database.ts'
import { judgeDuplicates } from '../../node/store/duplicates.ts'
import { isOnPostgres } from '../support/database.ts'
import { aCafe, openWithCafes } from './some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
let db: OpenDatabase
let close: () => Promise<void>

beforeAll(async () => {
  ;({ db, close } = await openWithCafes(1000, now))
})
afterAll(() => close())

test.runIf(isOnPostgres)('a café is compared with those of its hour, not with all', async () => {
  await sql`analyze cafe`.execute(db)
  const read = await db.transaction().execute(async (trx) => {
    await judgeDuplicates(trx, aCafe({ organizationId: undefined, peerId: 'peer-1' }), now)
    const { rows } = await sql<{ seq_tup_read: number }>`
      select seq_tup_read from pg_stat_xact_user_tables where relname = 'cafe'`.execute(trx)
    return Number(rows[0]?.seq_tup_read)
  })
  expect(read).toBe(0)
})
