import { type Cafe, nextUpdatedAt } from '../../../domain/cafes/cafe.ts'
import { toInstantText } from '../../database/columns.ts'
import type { Database } from '../../database/database.ts'
import { saveCafe, toCafe } from '../cafes.ts'
import { renewCafe } from '../own-cafes.ts'

/**
 * Publishes the next date of a series again as it is, since its Event says when the series takes place; of one without a
 * date to come nothing.
 */
export async function renewNextDate(
  trx: Database,
  series: string,
  now: Temporal.Instant,
): Promise<void> {
  const row = await trx
    .selectFrom('cafe')
    .selectAll()
    .where('series', '=', series)
    .where('publication', '=', 'published')
    .where('ends_at', '>=', toInstantText(now))
    .orderBy('starts_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (row) await renewCafe(trx, toCafe(row), now)
}

/** Publishes a café of ours as from now on, unchanged: the date of a series of which followers hear only now. */
export async function renewPublication(
  trx: Database,
  cafe: Cafe,
  now: Temporal.Instant,
): Promise<Cafe> {
  const at = nextUpdatedAt(cafe.updatedAt, now)
  const published = { ...cafe, publishedAt: at, updatedAt: at }
  await saveCafe(trx, published)
  return published
}
