import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { archivePastCafes } from '../../../node/store/search/archive.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { createRandom } from '../../bench/random.ts'
import { isOnPostgres, openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')

/** Counts the segments of the index. Each contains a part of the words, and a search reads all of them. */
async function countSegments(db: OpenDatabase): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(distinct segid) as total from search_coming_idx`.execute(db)
  return rows[0]?.total ?? 0
}

test.skipIf(isOnPostgres)('each night all words become one segment, however many', async () => {
  const { db, close } = await openTestDatabase()
  await insertOrganization(db, { id: 'organization-1', slug: 'cafes', name: 'Médiathèque' }, now)
  const { next } = createRandom(7)
  const word = () => `w${Math.floor(next() * 1e9).toString(36)}`
  for (let cafe = 0; cafe < 100; cafe++)
    await saveCafe(db, aCafe({ descriptionHtml: Array.from({ length: 1900 }, word).join(' ') }))
  expect(await countSegments(db)).toBeGreaterThan(1)
  await archivePastCafes(db, now)
  expect(await countSegments(db)).toBe(1)
  await close()
})
