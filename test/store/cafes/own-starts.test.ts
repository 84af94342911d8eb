import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { selectUnasked } from '../../../node/store/cafes/confirmation-links.ts'
import { isOnPostgres } from '../../support/database.ts'
import { openWithCafes, someCafes } from '../../support/some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')

test.skipIf(isOnPostgres)(
  'which of ours to ask about is told without reading those of others',
  async () => {
    const { db, close } = await openWithCafes(someCafes(20, now), now)
    const rows = await selectUnasked(db, now).explain<{ detail: string }>(
      undefined,
      sql`query plan`,
    )
    await close()
    expect(rows.map(({ detail }) => detail).join('\n')).toMatch(
      /cafe_own_starts \(organization_id=\? AND starts_at>\? AND starts_at<\?\)/,
    )
  },
)
