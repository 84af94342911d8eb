import { type Cafe, nextUpdatedAt } from '../../domain/cafes/cafe.ts'
import { toWallTime, type WallTime } from '../../domain/series/recurrence.ts'
import {
  type OwnFields,
  type Series,
  type SeriesDate,
  versionOfSeries,
} from '../../domain/series/series.ts'
import type { EditedNoun } from '../accounts/saved-edit.ts'
import { toCafe } from '../cafes/cafes.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { insertTombstone } from '../directory/deletions.ts'
import { SERIES, SERIES_DATE } from '../schema/series.ts'
import type { RowOf } from '../schema/table.ts'

/** Finds a series of ours by its id, whatever its publication; callers compare its `organizationId`. */
export async function findSeries(db: Database, id: string): Promise<Series | undefined> {
  const row = await db.selectFrom('series').selectAll().where('id', '=', id).executeTakeFirst()
  return row && SERIES.fromRow(row)
}

/**
 * Finds a series of ours by its address, which its cafés carry as `series`.
 */
export async function findSeriesByUri(db: Database, uri: string): Promise<Series | undefined> {
  const row = await db.selectFrom('series').selectAll().where('uri', '=', uri).executeTakeFirst()
  return row && SERIES.fromRow(row)
}

/**
 * Lists the series of a structure, the newest first.
 *
 * @internal
 */
export async function listSeries(
  db: Database,
  organizationId: string,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<Series[]> {
  const rows = await db
    .selectFrom('series')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(SERIES.fromRow)
}

/**
 * A date of a series that was made, with its café; undefined once that was deleted.
 */
export type MadeDate = Omit<SeriesDate, 'seriesId' | 'cafeId'> & { cafe: Cafe | undefined }

/**
 * Lists the dates of a series that were made, from this one on, in their order.
 */
export async function listMadeDates(
  db: Database,
  seriesId: string,
  { from = '', limit }: { from?: WallTime; limit?: number } = {},
): Promise<MadeDate[]> {
  const rows = await selectDates(db, seriesId)
    .where('series_date.date', '>=', from)
    .$if(limit !== undefined, (qb) => qb.limit(limit ?? 0))
    .execute()
  return rows.map(toMadeDate)
}

/** Lists the last dates of a series that were made, as many as these at most, in their order. */
export async function listLatestDates(
  db: Database,
  seriesId: string,
  limit: number,
): Promise<MadeDate[]> {
  const rows = await selectDates(db, seriesId)
    .clearOrderBy()
    .orderBy('series_date.date', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toMadeDate).reverse()
}

const selectDates = (db: Database, seriesId: string) =>
  db
    .selectFrom('series_date')
    .leftJoin('cafe', 'cafe.id', 'series_date.cafe_id')
    .selectAll('cafe')
    .select(['series_date.date', 'series_date.own_fields'])
    .where('series_date.series_id', '=', seriesId)
    .orderBy('series_date.date')

type DateRow = Pick<RowOf<typeof SERIES_DATE>, 'date' | 'own_fields'> & { id: string | null }

const toMadeDate = ({ date, own_fields, ...cafe }: DateRow): MadeDate => ({
  ...{ date, own: JSON.parse(own_fields) as OwnFields },
  cafe: cafe.id === null ? undefined : toCafe(cafe as Parameters<typeof toCafe>[0]),
})

/** The series of our structures, which people and programs edit by `saveEdit`. Their dates are saved beside them. */
export const OWN_SERIES: EditedNoun<Series> = {
  type: 'series',
  find: findSeries,
  versionOf: versionOfSeries,
  ownerOf: ({ organizationId }) => organizationId,
  aboutOf: ({ content, announcedUnder: territory }) => ({
    ...{ title: content.title, territory, reason: content.announcedFor ?? content.title },
  }),
  save: async (trx, { before, after }, now) => {
    const saved = { ...after, updatedAt: nextUpdatedAt(before?.updatedAt, now) }
    const { id, ...columns } = SERIES.toRow(saved)
    if (before) await trx.updateTable('series').set(columns).where('id', '=', id).execute()
    else
      await trx
        .insertInto('series')
        .values({ id, ...columns })
        .execute()
    return saved
  },
  remove: async (trx, { id, value: { uri, publication } }, now) => {
    await trx.deleteFrom('series').where('id', '=', id).execute()
    if (publication === 'published')
      await insertTombstone(trx, { kind: 'series', uri, ours: true, deletedAt: now })
  },
}

/** A date that is to come, or whose café is. */
export type OpenDate = MadeDate & {
  /** Whether it has begun, where it was moved to another day. */
  isOver: boolean
}

/** Lists the dates of a series that were made and are to come, by the rule or by the café, in their order. */
export async function listOpenDates(
  db: Database,
  { id, timezone }: Pick<Series, 'id' | 'timezone'>,
  now: Temporal.Instant,
): Promise<OpenDate[]> {
  const wallNow = toWallTime(now.toZonedDateTimeISO(timezone))
  const at = toInstantText(now)
  const made = await selectDates(db, id)
    .where((eb) => eb.or([eb('series_date.date', '>=', wallNow), eb('cafe.starts_at', '>=', at)]))
    .execute()
  return made.map(toMadeDate).map((one) => ({
    ...one,
    isOver: one.cafe ? Temporal.Instant.compare(one.cafe.startsAt, now) < 0 : one.date < wallNow,
  }))
}

/** Stores dates of a series in place of others. */
export async function replaceDates(
  trx: Database,
  seriesId: string,
  { before, after }: { before: readonly MadeDate[]; after: readonly MadeDate[] },
): Promise<void> {
  if (before.length > 0)
    await trx
      .deleteFrom('series_date')
      .where('series_id', '=', seriesId)
      .where(
        'date',
        'in',
        before.map(({ date }) => date),
      )
      .execute()
  if (after.length === 0) return
  const rows = after.map(({ date, own, cafe }) =>
    SERIES_DATE.toRow({ seriesId, date, own, cafeId: cafe?.id }),
  )
  await trx.insertInto('series_date').values(rows).execute()
}
