import { type Cafe, nextUpdatedAt } from '../../../domain/cafes/cafe.ts'
import { decideOwnFields } from '../../../domain/series/own-fields.ts'
import type { SeriesContent, SeriesDate } from '../../../domain/series/series.ts'
import { isSame } from '../../../domain/values/same.ts'
import { toInstantText } from '../../database/columns.ts'
import type { Database } from '../../database/database.ts'
import { SERIES, SERIES_DATE } from '../../schema/series.ts'

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
 * series has it is no longer the date's own. The series is another version then, since its calendar is.
 */
export async function updateOwnFields(
  trx: Database,
  { before, after }: { before: Cafe; after: Cafe },
  now: Temporal.Instant,
): Promise<void> {
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
  if (!isSame(own, found.own)) await renewSeries(trx, found.seriesId, now)
}

/**
 * Makes another version of the series of which a café is a date, before that date alone is deleted: a calendar that
 * follows the series takes the date out only of an event that is newer than the one it has.
 */
export async function renewSeriesOf(
  trx: Database,
  cafeId: string,
  now: Temporal.Instant,
): Promise<void> {
  const found = await findSeriesDate(trx, cafeId)
  if (found) await renewSeries(trx, found.seriesId, now)
}

async function renewSeries(trx: Database, id: string, now: Temporal.Instant): Promise<void> {
  const row = await trx
    .selectFrom('series')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const updatedAt = nextUpdatedAt(SERIES.fromRow(row).updatedAt, now)
  await trx
    .updateTable('series')
    .set({ updated_at: toInstantText(updatedAt) })
    .where('id', '=', id)
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
