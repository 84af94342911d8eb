import { type RawBuilder, sql } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { MonthlyCount, Statistics } from '../../domain/territories/statistics.ts'
import { toCafe } from '../cafes/cafes.ts'
import { isVisible } from '../cafes/visibility.ts'
import { endsAtSeconds, orUndefined, toSeconds } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { toSubquery } from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'
import { joinShownReport } from '../reports/reported-cafes.ts'
import { selectTotals, type TotalsRow, toTotals } from '../reports/totals.ts'
import { reindexChanged } from '../search-index/write-cafes.ts'

/** What the members of a network announce. */

/** Returns the condition that the organizer of `cafe` is a member of the network with this name here. */
export const isOfNetwork = (slug: string): RawBuilder<boolean> => sql<boolean>`exists (
  select 1 from agreement as member join network on network.uri = member.object_uri
  where member.kind = 'member-of' and member.subject_uri = cafe.organizer_uri and member.active = 1
    and network.slug = ${slug} and network.ended_at is null)`

/** Returns the same condition, read from the members on, for counting all of them. */
const organizersOf = (slug: string): RawBuilder<boolean> => sql<boolean>`cafe.organizer_uri in (
  select member.subject_uri from agreement as member
  join network on network.uri = member.object_uri
  where member.kind = 'member-of' and member.active = 1 and network.slug = ${slug} and network.ended_at is null)`

/** Lists the slugs of the networks to which a structure belongs. */
export async function listNetworkSlugs(db: Database, structureUri: string): Promise<string[]> {
  const { rows } = await selectSlugs(db, { structureUri })
  return rows.map(({ slug }) => slug)
}

const selectSlugs = prepare((db, { structureUri }: { structureUri: string }) =>
  db
    .selectFrom('agreement')
    .innerJoin('network', 'network.uri', 'agreement.object_uri')
    .select('network.slug')
    .where('agreement.subject_uri', '=', toSubquery(structureUri))
    .where('agreement.kind', '=', sql.lit('member-of' as const))
    .where('agreement.active', '=', sql.lit(1))
    .where('network.ended_at', 'is', null)
    .orderBy('network.slug'),
)

const PORTION = 200

/**
 * Reindexes some of a structure's cafés by their ids, so that they are found by its current networks; `next` is where
 * to go on, undefined at the end.
 */
export async function reindexSomeCafes(
  trx: Database,
  { structureUri, after }: { structureUri: string; after: string },
): Promise<{ cafes: Cafe[]; next: string | undefined }> {
  const rows = await trx
    .selectFrom('cafe')
    .selectAll()
    .where('organizer_uri', '=', structureUri)
    .where('id', '>', after)
    .orderBy('id')
    .limit(PORTION)
    .execute()
  const ids = rows.map(({ id }) => id)
  await reindexChanged(trx, ids)
  return { cafes: rows.map(toCafe), next: rows.length === PORTION ? ids.at(-1) : undefined }
}

const wallMonth = sql<string>`substr(cafe.wall_starts_at, 1, 7)`

/** Counts the cafés of one network now, for `toStatistics`. */
export async function listNetworkCounts(
  db: Database,
  slug: string,
  now: Temporal.Instant,
): Promise<MonthlyCount[]> {
  const departement = sql`coalesce(cafe.departement, '')`
  const { rows } = await sql<TotalsRow & { month: string; departement: string }>`
    select ${wallMonth} as month, ${departement} as departement, ${selectTotals(now)}
    from cafe ${joinShownReport}
    where ${organizersOf(slug)} and ${isVisible}
    group by ${wallMonth}, ${departement} order by month, departement`.execute(db)
  return rows.map((row) => ({
    ...{ month: row.month, departement: orUndefined(row.departement || null) },
    ...toTotals(row),
  }))
}

/** Counts its upcoming cafés that are open to everybody, without cancelled ones. */
export async function countNetworkCafes(
  db: Database,
  slug: string,
  now: Temporal.Instant,
): Promise<number> {
  const { total } = await db
    .selectFrom('cafe')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(organizersOf(slug))
    .where(endsAtSeconds, '>', toSeconds(now))
    .where('cafe.status', '<>', 'cancelled')
    .where('cafe.open_to', '=', 'public')
    .where(isVisible)
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Counts the members of the network that announced a café that is not cancelled and begins in this month or later. */
export async function countNetworkOrganizers(
  db: Database,
  { slug, since }: { slug: string; since: Temporal.PlainYearMonth },
): Promise<Statistics['organizers']> {
  const { total } = await db
    .selectFrom('cafe')
    .select(sql<number>`count(distinct cafe.organizer_uri)`.as('total'))
    .where(organizersOf(slug))
    .where(wallMonth, '>=', since.toString())
    .where('cafe.status', '<>', 'cancelled')
    .where('cafe.open_to', '=', 'public')
    .where(isVisible)
    .executeTakeFirstOrThrow()
  return Number(total)
}
