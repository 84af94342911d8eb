import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { WallTime } from '../../domain/series/recurrence.ts'
import {
  type OwnFields,
  type Series,
  type SeriesDate,
  versionOfSeries,
} from '../../domain/series/series.ts'
import type { EditedNoun } from '../accounts/saved-edit.ts'
import { toCafe } from '../cafes/cafes.ts'
import type { Database } from '../database/database.ts'
import { SERIES } from '../schema/series.ts'

/** Finds a series of ours by its id, whatever its publication; callers compare its `organizationId`. */
export async function findSeries(db: Database, id: string): Promise<Series | undefined> {
  const row = await db.selectFrom('series').selectAll().where('id', '=', id).executeTakeFirst()
  return row && SERIES.fromRow(row)
}

/**
 * Finds a series of ours by its address, which its cafés carry as `series`.
 *
 * @internal
 */
export async function findSeriesByUri(db: Database, uri: string): Promise<Series | undefined> {
  const row = await db.selectFrom('series').selectAll().where('uri', '=', uri).executeTakeFirst()
  return row && SERIES.fromRow(row)
}

/**
 * Finds the series that was imported from the event of this UID.
 *
 * @internal
 */
export async function findSeriesByUid(
  db: Database,
  organizationId: string,
  uid: string,
): Promise<Series | undefined> {
  const row = await db
    .selectFrom('series')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('uid', '=', uid)
    .executeTakeFirst()
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
 *
 * @internal
 */
export type MadeDate = Omit<SeriesDate, 'seriesId' | 'cafeId'> & { cafe: Cafe | undefined }

/**
 * Lists the dates of a series that were made, from this one on, in their order.
 *
 * @internal
 */
export async function listMadeDates(
  db: Database,
  seriesId: string,
  { from = '', limit }: { from?: WallTime; limit?: number } = {},
): Promise<MadeDate[]> {
  const rows = await db
    .selectFrom('series_date')
    .leftJoin('cafe', 'cafe.id', 'series_date.cafe_id')
    .selectAll('cafe')
    .select(['series_date.date', 'series_date.own_fields'])
    .where('series_date.series_id', '=', seriesId)
    .where('series_date.date', '>=', from)
    .orderBy('series_date.date')
    .$if(limit !== undefined, (qb) => qb.limit(limit ?? 0))
    .execute()
  return rows.map(({ date, own_fields, ...cafe }) => ({
    ...{ date, own: JSON.parse(own_fields) as OwnFields },
    cafe: cafe.id === null ? undefined : toCafe(cafe as Parameters<typeof toCafe>[0]),
  }))
}

/** The series of our structures, which people and programs edit by `saveEdit`. Their dates are saved beside them. */
export const OWN_SERIES: EditedNoun<Series> = {
  type: 'series',
  find: findSeries,
  versionOf: versionOfSeries,
  ownerOf: ({ organizationId }) => organizationId,
  aboutOf: ({ content, announcedUnder: territory }) => ({
    ...{ title: content.title, territory, reason: content.announcedFor ?? content.title },
  }),
  save: async (trx, { before, after }) => {
    const { id, ...columns } = SERIES.toRow(after)
    if (before) await trx.updateTable('series').set(columns).where('id', '=', id).execute()
    else
      await trx
        .insertInto('series')
        .values({ id, ...columns })
        .execute()
    return after
  },
  remove: async (trx, id) => {
    await trx.deleteFrom('series').where('id', '=', id).execute()
  },
}
