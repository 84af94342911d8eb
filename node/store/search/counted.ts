import { type RawBuilder, sql } from 'kysely'
import { isVisible } from '../cafes/visibility.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isReported, tookPlace } from '../reports/reported-cafes.ts'
import type { CountedCafes } from './cafe-query.ts'

/**
 * Returns the condition on `cafe` of what a figure counts, as the counts themselves are made: cafés of a place that has
 * left stay among those of its time.
 */
export const isCounted = ({
  month,
  since,
  days,
  outside,
  ...only
}: CountedCafes): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(
    [
      isVisible,
      whichOf(only),
      ...(only.isFirst ? [isFirst] : []),
      ...(month ? [sql`substr(cafe.wall_starts_at, 1, 7) = ${month.toString()}`] : []),
      ...(since ? [sql`substr(cafe.wall_starts_at, 1, 7) >= ${since.toString()}`] : []),
      ...(days
        ? [
            sql`substr(cafe.wall_starts_at, 1, 10) between ${days.from.toString()} and ${days.until.toString()}`,
          ]
        : []),
      ...(outside ? [sql`cafe.departement is not null and cafe.departement <> ${outside}`] : []),
    ],
    sql` and `,
  )})`

/** Returns which cafés it is that the other parts narrow. */
function whichOf({ isCancelled: off, isReported: told, announced }: CountedCafes) {
  if (announced) return isAnnounced(announced)
  if (off) return isCancelled
  return told ? isReported : tookPlace
}

function isAnnounced({ at, which }: NonNullable<CountedCafes['announced']>): RawBuilder<boolean> {
  const isOver = sql`cafe.ends_at <= ${toInstantText(at)}`
  const isToCome = sql`(cafe.status <> 'cancelled' and not ${isOver})`
  const isEither = sql`(${isToCome} or (${isOver} and ${tookPlace}))`
  return sql`(cafe.open_to = 'public' and ${which === 'a-venir' ? isToCome : isEither}
    and ${which === 'places' ? sql`cafe.departement is not null` : sql`true`})`
}

const isCancelled = sql<boolean>`(cafe.status = 'cancelled' and cafe.open_to = 'public')`
const isFirst = sql<boolean>`exists (select 1 from first_cafe where first_cafe.cafe_id = cafe.id)`

/**
 * Finds the table that names all cafés of a figure, where that has so few rows that they are examined one by one;
 * undefined where the index is read.
 */
export async function findFewCounted(
  db: Database,
  { isReported: reported, isFirst: first }: CountedCafes,
  most: number,
): Promise<RawBuilder<boolean> | undefined> {
  const table = reported ? sql.table('report') : first ? sql.table('first_cafe') : undefined
  if (!table) return undefined
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from (select 1 from ${table} limit ${sql.lit(most + 1)}) as few`.execute(
    db,
  )
  const isFew = Number(rows[0]?.total ?? 0) <= most
  return isFew ? sql<boolean>`cafe.id in (select cafe_id from ${table})` : undefined
}
