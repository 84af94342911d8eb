import { type RawBuilder, sql } from 'kysely'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'

/**
 * What changed among the cafés that are listed here, in the order of this server (`listing`, kept by triggers): not by
 * the clocks of their origins. A café counts as changed when it was written, or when it came into sight or out of it.
 */

/** A point in that order. Whatever changes after the mark was read has a greater number. */
export type Mark = { epoch: string; number: number }

/** Since a mark, or since a time by the clock of this server. */
export type Since = Mark | Temporal.Instant

/** Opaque to whoever receives it. */
export const writeMark = ({ epoch, number }: Mark): string => `${epoch}.${number}`

/** Undefined for what `writeMark` cannot have made. */
export function readMark(text: string): Mark | undefined {
  const [, epoch, number] = /^([0-9a-f]{12})\.(\d{1,15})$/.exec(text) ?? []
  return epoch === undefined ? undefined : { epoch, number: Number(number) }
}

/**
 * The mark up to which a reader knows everything, once it has read what changed before. On PostgreSQL a transaction
 * under way may still write numbers below the greatest one, but none below its own (`pg_snapshot_xmin`).
 */
export async function findMark(db: Database): Promise<Mark> {
  const known = isPostgres(db)
    ? sql<number>`least(last + pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1, ${GREATEST})`
    : sql<number>`last`
  return db
    .selectFrom('listing_state')
    .select(['epoch', known.as('number')])
    .executeTakeFirstOrThrow()
}

const GREATEST = sql<number>`greatest(
  (select max(number) from listing), (select max(changed) from search_source), 0)`

/** Whether everything that has changed since is still known here; else a copy has to be made anew. */
export async function isStillKnown(db: Database, since: Since): Promise<boolean> {
  const last = isPostgres(db)
    ? sql<number>`last + pg_snapshot_xmax(pg_current_snapshot())::text::bigint`
    : sql<number>`last`
  const state = await db
    .selectFrom('listing_state')
    .select(['epoch', 'forgotten', 'forgotten_at', last.as('last')])
    .executeTakeFirstOrThrow()
  if (since instanceof Temporal.Instant) return toTime(since) > state.forgotten_at
  return (
    since.epoch === state.epoch && since.number <= state.last && since.number >= state.forgotten
  )
}

/** The clocks of processes may differ, and a transaction writes the time before it is seen. */
const MARGIN_SECONDS = 120

const toTime = (instant: Temporal.Instant): string =>
  toInstantText(instant.subtract({ seconds: MARGIN_SECONDS }))

/** That a row of `listing` and one of `search_source` (called `source`) changed since. */
type Changed = { listing: RawBuilder<boolean>; source: RawBuilder<boolean> }

async function changedSince(db: Database, since: Since): Promise<Changed> {
  if (since instanceof Temporal.Instant) {
    const time = toTime(since)
    return {
      listing: sql<boolean>`listing.changed_at >= ${time}`,
      source: sql<boolean>`source.changed_at >= ${time}`,
    }
  }
  // Of a mark that this server did not give, or no longer knows, everything has changed.
  const number = (await isStillKnown(db, since)) ? since.number : -1
  return {
    listing: sql<boolean>`listing.number > ${number}`,
    source: sql<boolean>`source.changed > ${number}`,
  }
}

const sourceCafes = sql`search_source as source
  join cafe on cafe.peer_id = source.peer_id and cafe.origin_host = source.host`

/** Of a row of `cafe` with its `entry` in the index. */
export async function hasChangedSince(db: Database, since: Since): Promise<RawBuilder<boolean>> {
  const changed = await changedSince(db, since)
  return sql<boolean>`(
    exists (select 1 from listing where listing.uri = cafe.uri and ${changed.listing})
    or exists (
      select 1 from search_source as source
      where source.number = entry.source and ${changed.source}))`
}

/** That a café is one of those that changed; undefined where they are more than `most`. */
export async function isAmongChanged(
  db: Database,
  since: Since,
  most: number,
): Promise<RawBuilder<boolean> | undefined> {
  const changed = await changedSince(db, since)
  const uris = sql`
    select listing.uri from listing where ${changed.listing}
    union all select cafe.uri from ${sourceCafes} where ${changed.source}`
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from (select 1 from (${uris}) as changed limit ${most + 1}) as most`.execute(
    db,
  )
  return (rows[0]?.total ?? 0) > most ? undefined : sql<boolean>`cafe.uri in (${uris})`
}

/** A row that changed: `place` is where it is in its part of the order. */
export type ChangedRow = { uri: string; cafeId: string | undefined; place: string; at: string }

/** After which row a page begins: first those that changed by themselves, then those of the sources that did. */
export type ChangedPlace = { part: 'listing' | 'source'; place: string; uri: string }

/** So many of those that changed since, in sight or not, in an order in which one can go on. */
export async function listChanged(
  db: Database,
  since: Since,
  { after, limit }: { after: ChangedPlace; limit: number },
): Promise<ChangedRow[]> {
  const changed = await changedSince(db, since)
  const isTime = since instanceof Temporal.Instant
  const column = isTime ? sql`listing.changed_at` : sql`listing.number`
  const reached = isTime ? after.place : Number(after.place)
  const statement =
    after.part === 'listing'
      ? sql<Row>`
        select listing.uri, cafe.id as cafe_id, ${column} as place, listing.changed_at as at
        from listing left join cafe on cafe.uri = listing.uri
        where ${changed.listing} ${after.uri === '' ? sql`` : sql`and (${column}, listing.uri) > (${reached}, ${after.uri})`}
        order by ${column}, listing.uri limit ${limit}`
      : sql<Row>`
        select cafe.uri, cafe.id as cafe_id, '' as place, source.changed_at as at
        from ${sourceCafes} join listing on listing.uri = cafe.uri
        where ${changed.source} and cafe.uri > ${after.uri} order by cafe.uri limit ${limit}`
  const { rows } = await statement.execute(db)
  return rows.map(({ uri, cafe_id, place, at }) => ({
    uri,
    cafeId: cafe_id ?? undefined,
    place: String(place),
    at,
  }))
}

type Row = { uri: string; cafe_id: string | null; place: string | number; at: string }

/** Forgets cafés that have been gone since before; who last asked before then has to read everything anew. */
export async function deleteGoneListings(db: Database, before: Temporal.Instant): Promise<void> {
  const time = toInstantText(before)
  await db.transaction().execute(async (trx) => {
    const isOld = sql<boolean>`changed_at < ${time}
      and not exists (select 1 from cafe where cafe.uri = listing.uri)`
    const latest = await trx
      .selectFrom('listing')
      .select((eb) => [eb.fn.max('number').as('number'), eb.fn.max('changed_at').as('at')])
      .where(isOld)
      .executeTakeFirst()
    if (!latest?.at) return
    await trx.deleteFrom('listing').where(isOld).execute()
    await trx
      .updateTable('listing_state')
      .set({ forgotten: latest.number, forgotten_at: latest.at })
      .execute()
  })
}

/**
 * Begins a new epoch where numbers may have been given twice: on PostgreSQL after a restore into another server, whose
 * transactions have smaller numbers. Every mark that was given out before is then refused.
 */
export async function ensureMarks(db: Database): Promise<void> {
  if (!isPostgres(db)) return
  await sql`update listing_state
    set last = ${GREATEST}, epoch = substr(md5(gen_random_uuid()::text), 1, 12)
    where last + pg_current_xact_id()::text::bigint < ${GREATEST}`.execute(db)
}
