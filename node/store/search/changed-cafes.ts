import { type RawBuilder, sql } from 'kysely'
import { giveWay } from '../../turns/turns.ts'
import {
  fromInstantText,
  fromSeconds,
  startsAtSeconds,
  toInstantText,
  toSeconds,
} from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import { dialectOf } from '../search-index/dialects.ts'
import { facetsOfCafe } from '../search-index/former-facets.ts'

/**
 * What changed among the cafés that are or were in sight here, in the order of this server (`cafe.change_number`, and
 * `removed_cafe` for those that are deleted, both maintained by triggers) and not by the clocks of their origins. A café
 * counts as changed when it was written, or when it became visible or hidden.
 */

/** A position in that order. Whatever changes after the mark was read has a greater number. */
export type Mark = { epoch: string; number: number }

/** A mark, or a time by the clock of this server. */
export type Since = Mark | Temporal.Instant

/** Returns the text of a mark, which is opaque to its receivers. */
export const writeMark = ({ epoch, number }: Mark): string => `${epoch}.${number}`

/** Parses a mark; undefined for a text that `writeMark` cannot have made. */
export function readMark(text: string): Mark | undefined {
  const [, epoch, number] = /^([0-9a-f]{12})\.(\d{1,15})$/.exec(text) ?? []
  return epoch === undefined ? undefined : { epoch, number: Number(number) }
}

/**
 * Returns the mark up to which a reader knows everything, once it has read what changed before. On PostgreSQL an open
 * transaction may still write numbers below the greatest one, but none below its own (`pg_snapshot_xmin`).
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

const GREATEST = sql<number>`greatest((select max(change_number) from cafe),
  (select max(number) from removed_cafe), (select max(changed) from search_source), 0)`

/** Returns whether everything that has changed since is still known here; otherwise a copy has to be made anew. */
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

/**
 * Margin for the clocks of processes, which may differ, and for a transaction, which writes the time before it can be
 * seen.
 */
const MARGIN_SECONDS = 120

const toTime = (instant: Temporal.Instant): string =>
  toInstantText(instant.subtract({ seconds: MARGIN_SECONDS }))

/** What says in the rows of a table when they changed for the last time, and in which order. */
type Order = { column: RawBuilder<number>; above: number }

/** Orders of `cafe` and `removed_cafe`, and the condition that a row of `search_source` (named `source`) changed since. */
type Changed = { cafe: Order; removed: Order; source: RawBuilder<boolean> }

async function changedSince(db: Database, since: Since): Promise<Changed> {
  if (since instanceof Temporal.Instant) {
    const above = toSeconds(since.subtract({ seconds: MARGIN_SECONDS })) - 1
    return {
      cafe: { column: sql`cafe.changed_at`, above },
      removed: { column: sql`removed_cafe.changed_at`, above },
      source: sql<boolean>`source.changed_at >= ${toTime(since)}`,
    }
  }
  // For a mark that this server did not give, or no longer knows, every café counts as changed.
  const above = (await isStillKnown(db, since)) ? since.number : -1
  return {
    cafe: { column: sql`cafe.change_number`, above },
    removed: { column: sql`removed_cafe.number`, above },
    source: sql<boolean>`source.changed > ${above}`,
  }
}

/** The condition that a café changed by itself. */
const isChanged = ({ cafe: { column, above } }: Changed) => sql<boolean>`${column} > ${above}`

/**
 * Makes the join of sources with their cafés. The sources are read first, since few of them change: SQLite's planner
 * would read all cafés, and look up the source of each.
 */
const sourceCafes = (db: Database): RawBuilder<unknown> => sql`search_source as source
  ${dialectOf(db).join} cafe on cafe.peer_id = source.peer_id and cafe.origin_host = source.host`

/** Returns the condition that a row of `cafe` with its `entry` in the index has changed. */
export async function hasChangedSince(db: Database, since: Since): Promise<RawBuilder<boolean>> {
  const changed = await changedSince(db, since)
  return sql<boolean>`(
    ${isChanged(changed)} or exists (
      select 1 from search_source as source
      where source.number = entry.source and ${changed.source}))`
}

/** Returns the condition that a café is one of those that changed; undefined where they are more than `most`. */
export async function isAmongChanged(
  db: Database,
  since: Since,
  most: number,
): Promise<RawBuilder<boolean> | undefined> {
  const changed = await changedSince(db, since)
  const uris = sql`
    select cafe.uri from cafe where ${isChanged(changed)}
    union all select cafe.uri from ${sourceCafes(db)} where ${changed.source}`
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from (select 1 from (${uris}) as changed limit ${sql.lit(most + 1)}) as most`.execute(
    db,
  )
  return (rows[0]?.total ?? 0) > most ? undefined : sql<boolean>`cafe.uri in (${uris})`
}

/** A row that changed; `place` is its position in its part of the order. */
export type ChangedRow = {
  uri: string
  cafeId: string | undefined
  place: string
  at: Temporal.Instant
  /** Every facet by which it is or was found, between spaces. */
  facets: string
}

/**
 * The row after which a page begins: first come those that changed by themselves (`place` is their number, or their
 * time in seconds), then those of the sources that did (`12@2026-12-03T17:30:00Z`, the source and the start of the café).
 */
export type ChangedPlace = { part: 'listing' | 'source'; place: string; uri: string }

/** Lists some of those that changed since, visible or not, in an order that can be continued. */
export async function listChanged(
  db: Database,
  since: Since,
  { after, limit }: { after: ChangedPlace; limit: number },
): Promise<ChangedRow[]> {
  const changed = await changedSince(db, since)
  return after.part === 'listing'
    ? listChangedAlone(db, { changed, after, limit })
    : listChangedWithSource(db, { changed, after, limit })
}

type Asked = { changed: Changed; after: ChangedPlace; limit: number }

async function listChangedAlone(
  db: Database,
  { changed, after, limit }: Asked,
): Promise<ChangedRow[]> {
  /** Selects a page of one table, along the index of its order. */
  const select = (table: string, columns: RawBuilder<unknown>, { column, above }: Order) => {
    const uri = sql.ref(`${table}.uri`)
    const isAfter =
      after.uri && sql`and (${column}, ${uri}) > (${Number(after.place)}, ${after.uri})`
    return sql`select * from (
      select ${uri} as uri, ${columns}, ${column} as place, ${sql.ref(`${table}.changed_at`)} as at
      from ${sql.table(table)} where ${column} > ${above} ${isAfter || sql``}
      order by ${column}, ${uri} limit ${sql.lit(limit)}) as ${sql.ref(`page_of_${table}`)}`
  }
  const { rows } = await sql<{
    uri: string
    cafe_id: string | null
    place: number
    at: number
    facets: string
  }>`
    ${select('cafe', sql`cafe.id as cafe_id, ${facetsOfCafe} as facets`, changed.cafe)}
    union all ${select('removed_cafe', sql`null as cafe_id, facets`, changed.removed)}
    order by place, uri limit ${sql.lit(limit)}`.execute(db)
  return rows.map(({ cafe_id, place, at, ...row }) => ({
    ...row,
    cafeId: cafe_id ?? undefined,
    place: String(place),
    at: fromSeconds(at),
  }))
}

/**
 * Lists one source after the other, along the index of its cafés: in any other order all cafés of this server would be
 * read for a page, or those of a large source sorted for each.
 */
async function listChangedWithSource(
  db: Database,
  { changed, after, limit }: Asked,
): Promise<ChangedRow[]> {
  const [number = '0', startsAt = ''] = after.place.split('@')
  const { rows: sources } = await sql<{
    number: number
    peer_id: string
    host: string
    changed_at: string
  }>`
    select source.number, source.peer_id, source.host, source.changed_at from search_source as source
    where ${changed.source} and source.number >= ${Number(number)} order by source.number`.execute(
    db,
  )
  const found: ChangedRow[] = []
  for (const source of sources) {
    const isReached = source.number === Number(number) && after.uri !== ''
    const rows = await db
      .selectFrom('cafe')
      .select(['cafe.uri', 'cafe.id', 'cafe.starts_at', facetsOfCafe.as('facets')])
      .where('cafe.change_number', 'is not', null)
      .where('cafe.peer_id', '=', source.peer_id)
      .where('cafe.origin_host', '=', source.host)
      .$if(isReached, (qb) =>
        qb
          .where(startsAtSeconds, '>=', sql<number>`unixepoch(${startsAt})`)
          .where((eb) =>
            eb(eb.refTuple('cafe.starts_at', 'cafe.uri'), '>', eb.tuple(startsAt, after.uri)),
          ),
      )
      .orderBy(startsAtSeconds)
      .orderBy('cafe.uri')
      .limit(limit - found.length)
      .execute()
    for (const { uri, id, starts_at, facets } of rows)
      found.push({
        ...{ uri, facets, cafeId: id, place: `${source.number}@${starts_at}` },
        at: fromInstantText(source.changed_at),
      })
    if (found.length === limit) break
    await giveWay()
  }
  return found
}

/** Rows that are deleted between two turns of other requests. */
const AT_ONCE = 1000

/**
 * Deletes the entries of cafés that have been gone since before this time; a reader that asked last before then has to
 * read everything anew.
 */
export async function deleteGoneListings(db: Database, before: Temporal.Instant): Promise<void> {
  while ((await inTransaction(db, (trx) => deleteSome(trx, before))) === AT_ONCE) await giveWay()
}

async function deleteSome(trx: Database, before: Temporal.Instant): Promise<number> {
  const gone = await trx
    .selectFrom('removed_cafe')
    .selectAll()
    .where('changed_at', '<', toSeconds(before))
    .orderBy('changed_at')
    .orderBy('uri')
    .limit(AT_ONCE)
    .execute()
  const last = gone.at(-1)
  if (!last) return 0
  await trx
    .deleteFrom('removed_cafe')
    .where(
      'uri',
      'in',
      gone.map(({ uri }) => uri),
    )
    .execute()
  const number = Math.max(...gone.map((row) => row.number))
  const at = toInstantText(fromSeconds(last.changed_at))
  const latest = (column: 'forgotten' | 'forgotten_at', value: string | number) =>
    sql<never>`case when ${sql.ref(column)} < ${value} then ${value} else ${sql.ref(column)} end`
  await trx
    .updateTable('listing_state')
    .set({ forgotten: latest('forgotten', number), forgotten_at: latest('forgotten_at', at) })
    .execute()
  return gone.length
}

/**
 * Begins a new epoch where numbers may have been given twice: on PostgreSQL after a restore into another server, whose
 * transactions have smaller numbers. Every mark that was given before is then refused.
 */
export async function ensureMarks(db: Database): Promise<void> {
  if (!isPostgres(db)) return
  await sql`update listing_state
    set last = ${GREATEST}, epoch = substr(md5(gen_random_uuid()::text), 1, 12)
    where last + pg_current_xact_id()::text::bigint < ${GREATEST}`.execute(db)
}
