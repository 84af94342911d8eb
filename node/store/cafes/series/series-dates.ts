import type { Cafe } from '../../../domain/cafes/cafe.ts'
import { decideOwnFields } from '../../../domain/series/own-fields.ts'
import type { SeriesContent, SeriesDate } from '../../../domain/series/series.ts'
import type { Database } from '../../database/database.ts'
import { SERIES_DATE } from '../../schema/series.ts'

/** Finds which date of which series a café of ours is; undefined for one that is of none. */
export async function findSeriesDate(
  db: Database,
  cafeId: string,
): Promise<SeriesDate | undefined> {
  const row = await db
    .selectFrom('series_date')
    .selectAll()
    .where('cafe_id', '=', cafeId)
    .executeTakeFirst()
  return row && SERIES_DATE.fromRow(row)
}

/**
 * Keeps what the series says in the fields that somebody changed on one of its dates. A field that is again as the
 * series has it is no longer the date's own.
 */
export async function updateOwnFields(trx: Database, before: Cafe, after: Cafe): Promise<void> {
  const found = await findSeriesDate(trx, after.id)
  if (!found) return
  const { timezone } = await trx
    .selectFrom('series')
    .select('timezone')
    .where('id', '=', found.seriesId)
    .executeTakeFirstOrThrow()
  const own = decideOwnFields(found, { before, after, timezone })
  await trx
    .updateTable('series_date')
    .set({ own_fields: JSON.stringify(own) })
    .where('series_id', '=', found.seriesId)
    .where('date', '=', found.date)
    .execute()
}

/** Gives the series at a venue what was said of it anew, for their dates to come. */
export async function reviseSeriesAt(
  trx: Database,
  {
    venueId,
    said,
  }: { venueId: string; said: Partial<Pick<SeriesContent, 'venue' | 'accessibility'>> },
): Promise<void> {
  const rows = await trx
    .selectFrom('series')
    .select(['id', 'content'])
    .where('venue_id', '=', venueId)
    .execute()
  for (const { id, content } of rows) {
    const revised = JSON.stringify({ ...(JSON.parse(content) as SeriesContent), ...said })
    await trx.updateTable('series').set({ content: revised }).where('id', '=', id).execute()
  }
}
