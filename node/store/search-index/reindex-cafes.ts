import type { Insertable, Selectable } from 'kysely'
import { sql } from 'kysely'
import { fromInstantText, toSeconds } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import {
  isNumberAmong,
  isPostgres,
  isTextAmong,
  type ListParameter,
  toListParameter,
} from '../database/dialect.ts'
import { prepare, prepareRows } from '../database/prepared.ts'
import type { CafeTable } from '../schema/cafes.ts'
import type { SearchTables } from '../schema/search.ts'
import { facetOfDays, saveFormerFacets } from './former-facets.ts'
import { PER_MINUTE, takePosition } from './positions.ts'
import {
  announcerTokensOf,
  cellTokensOf,
  cutToken,
  FACETS,
  facetOf,
  facetsOf,
  farTokensOf,
  token,
  WORDS,
  wordsOf,
} from './tokens.ts'

/** Cafés that are read and indexed together. */
const AT_ONCE = 200

/**
 * Makes the entries of these cafés in the index of the search as their rows now are, whatever they were before. Every
 * statement that writes `cafe`, or what an entry is made of beside it, is followed by this, in its transaction. One that
 * cannot be found has no entry; that of a deleted café goes with its row.
 * @returns Those whose address is among the removed ones.
 */
export async function reindexCafes(db: Database, ids: readonly string[]): Promise<string[]> {
  const removed: string[] = []
  for (let at = 0; at < ids.length; at += AT_ONCE)
    removed.push(...(await reindexSome(db, ids.slice(at, at + AT_ONCE))))
  return removed
}

const OF_CAFE = [
  ...new Set([
    ...(['id', 'publication', 'hidden_reason', 'starts_at', 'ends_at'] as const),
    ...(['wall_starts_at', 'wall_ends_at', 'open_to', 'organizer_uri', 'organization_id'] as const),
    ...(['peer_id', 'origin_host', 'latitude', 'longitude'] as const),
    ...WORDS,
    ...FACETS,
  ]),
] as const

type Row = Pick<Selectable<CafeTable>, (typeof OF_CAFE)[number]> & {
  position: number | null
  archived: number | null
  facets: string | null
  former: string | null
  source: number | null
  kind: string | null
  networks: string | null
  horizon: number
  /** The last position of its minute, for one without an entry. */
  last: number | null
  was_removed: number | boolean
}

/** The first position of the minute in which a café begins. */
const FIRST_OF_MINUTE = sql`unixepoch(cafe.starts_at) / 60 * ${sql.lit(PER_MINUTE)}`

const selectRows = prepare((db, { ids }: { ids: ListParameter }) =>
  db
    .selectFrom('cafe')
    .leftJoin('search_entry as entry', 'entry.cafe_id', 'cafe.id')
    .leftJoin('former_facets as former', 'former.cafe_id', 'cafe.id')
    .select(OF_CAFE.map((name) => `cafe.${name}` as const))
    .select(['entry.position', 'entry.archived', 'entry.facets', 'former.facets as former'])
    .select([
      sql<number | null>`(select number from search_source
        where peer_id = cafe.peer_id and host = cafe.origin_host)`.as('source'),
      sql<string | null>`coalesce(
        (select kind from organization where id = cafe.organization_id),
        (select kind from structure where uri = cafe.organizer_uri))`.as('kind'),
      sql<string | null>`(select string_agg(network.id, ' ')
        from agreement join network on network.uri = agreement.object_uri
        where agreement.subject_uri = cafe.organizer_uri and agreement.kind = 'member-of'
          and agreement.active = 1)`.as('networks'),
      sql<number>`(select horizon from search_state)`.as('horizon'),
      sql<number | null>`case when entry.position is null
        then (select max(position) from search_entry
          where position >= ${FIRST_OF_MINUTE} and position < ${FIRST_OF_MINUTE} + ${sql.lit(PER_MINUTE)})
        end`.as('last'),
      sql<
        number | boolean
      >`exists (select 1 from removed_cafe where removed_cafe.uri = cafe.uri)`.as('was_removed'),
    ])
    .where(isTextAmong(db, sql.ref('cafe.id'), ids)),
)

async function reindexSome(db: Database, ids: readonly string[]): Promise<string[]> {
  const rows: Row[] = (await selectRows(db, { ids: toListParameter(db, ids) })).rows
  // Cafés that begin together are found in the order in which they came.
  const order = new Map(ids.map((id, index) => [id, index]))
  rows.sort((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0))
  const sources = await nameSources(db, rows)
  const findable = rows.filter(isFindable)
  const isKept = (row: Row) => isFindable(row) && row.position !== null && isInItsMinute(row)
  const left = rows.filter((row) => row.position !== null && !isKept(row))
  if (left.length > 0)
    await deleteEntries(db, {
      ids: toListParameter(
        db,
        left.map(({ id }) => id),
      ),
    })
  const positions = await listPositions(db, findable, isKept)
  const made = findable.map((row, index) =>
    toEntry(row, {
      position: positions[index] ?? 0,
      source: row.source ?? sources.get(sourceOf(row)),
    }),
  )
  const current = new Map(made.map(({ entry }) => [entry.cafe_id, entry.facets]))
  for (const row of rows) await saveFormerFacets(db, row, current.get(row.id))
  await saveEntries(
    db,
    made.map(({ entry, tokens }) =>
      isPostgres(db) ? { ...entry, tokens: tokens.map(cutToken) } : entry,
    ),
  )
  if (!isPostgres(db)) await saveWords(db, { before: rows.filter(isKept), made })
  return rows.filter((row) => row.was_removed).map(({ id }) => id)
}

const isFindable = ({ publication, hidden_reason }: Row): boolean =>
  publication === 'published' && hidden_reason === null

const minuteOf = (row: Row): number => Math.floor(secondsOf(row.starts_at) / 60)
const isInItsMinute = (row: Row): boolean =>
  Math.floor((row.position ?? 0) / PER_MINUTE) === minuteOf(row)

const secondsOf = (text: string): number => toSeconds(fromInstantText(text))
/** Returns the seconds at which a clock in UTC would show this time. */
const secondsAtPlace = (wall: string): number => secondsOf(`${wall}Z`)

const sourceOf = ({ peer_id, origin_host }: Pick<Row, 'peer_id' | 'origin_host'>): string =>
  `${peer_id} ${origin_host}`

/** Stores the sources that are new; triggers judge whether they are shown. */
async function nameSources(
  db: Database,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, number>> {
  const isNew = (row: Row) => row.peer_id !== null && row.source === null
  const missing = [...new Map(rows.filter(isNew).map((row) => [sourceOf(row), row])).values()]
  const named = new Map<string, number>()
  for (const { peer_id, origin_host } of missing) {
    if (peer_id === null) continue
    const { number } = await db
      .insertInto('search_source')
      .values({ peer_id, host: origin_host })
      .returning('number')
      .executeTakeFirstOrThrow()
    named.set(sourceOf({ peer_id, origin_host }), number)
  }
  return named
}

const deleteEntries = prepare((db, { ids }: { ids: ListParameter }) =>
  db.deleteFrom('search_entry').where(isTextAmong(db, sql.ref('cafe_id'), ids)),
)

/** Lists the positions of these cafés: their own, or the next free ones of their minutes. */
async function listPositions(
  db: Database,
  rows: readonly Row[],
  isKept: (row: Row) => boolean,
): Promise<number[]> {
  /** The last position of each minute that was looked at. */
  const taken = new Map<number, number>()
  const positions: number[] = []
  for (const row of rows) {
    if (isKept(row) && row.position !== null) {
      positions.push(row.position)
      continue
    }
    const first = minuteOf(row) * PER_MINUTE
    if (row.position === null && !taken.has(first)) taken.set(first, row.last ?? first - 1)
    positions.push(await takePosition(db, minuteOf(row), taken))
  }
  return positions
}

type Entry = Insertable<SearchTables['search_entry']>
type Made = { entry: Entry; tokens: string[] }

function toEntry(row: Row, at: { position: number; source: number | undefined }): Made {
  const kinds = row.kind === null ? [] : [token.kind(row.kind)]
  const networks = row.networks?.split(' ') ?? []
  const announcers = announcerTokensOf(row, networks)
  const facets = [...facetsOf(row), ...kinds, ...farTokensOf(row), ...announcers]
  const isReserved = row.open_to === 'reserved'
  const openness = isReserved ? token.reserved : token.public
  const local = {
    starts: secondsAtPlace(row.wall_starts_at),
    ends: secondsAtPlace(row.wall_ends_at),
  }
  const starts = secondsOf(row.starts_at)
  const ends = secondsOf(row.ends_at)
  return {
    entry: {
      position: at.position,
      cafe_id: row.id,
      starts_at: starts,
      ends_at: ends,
      starts_local: local.starts,
      ends_local: local.ends,
      latitude: row.latitude,
      longitude: row.longitude,
      source: at.source ?? null,
      reserved: isReserved ? 1 : 0,
      archived: ends <= row.horizon ? 1 : 0,
      facets: ` ${[...[...facets, openness].map(facetOf), facetOfDays(local)].join(' ')} `,
    },
    tokens: [...wordsOf(row), ...facets, ...cellTokensOf(row)],
  }
}

/** The tokens are a column on PostgreSQL alone. */
type EntryRow = Entry & { tokens?: string[] }

const saveEntries = prepareRows((db, rows: readonly EntryRow[]) => {
  const columns = Object.keys(rows[0] ?? {}).filter((name) => name !== 'position')
  const values = rows.map(({ tokens, ...entry }) =>
    tokens ? { ...entry, tokens: sql<string>`array_to_tsvector(${tokens}::text[])` } : entry,
  )
  return db
    .insertInto('search_entry')
    .values(values)
    .onConflict((oc) =>
      oc
        .column('position')
        .doUpdateSet(
          Object.fromEntries(columns.map((name) => [name, sql.ref(`excluded.${name}`)])),
        ),
    )
})

type Words = { before: readonly Row[]; made: readonly Made[] }

/** Writes the words to the full-text indexes of SQLite, in place of those that were there. */
async function saveWords(db: Database, { before, made }: Words): Promise<void> {
  for (const [archived, index] of (['search_coming', 'search_past'] as const).entries()) {
    const former = before.filter((row) => row.archived === archived)
    const positions = former.flatMap(({ position }) => position ?? [])
    if (positions.length > 0)
      await deleteWords[index](db, { positions: toListParameter(db, positions) })
    const written = made.filter(({ entry }) => entry.archived === archived)
    if (written.length === 0) continue
    const rows = written.map(({ entry, tokens }) => [entry.position, tokens.join(' ')])
    await insertWords[index](db, { rows: JSON.stringify(rows) })
  }
}

const deleteFrom = (index: 'search_coming' | 'search_past') =>
  prepare((db, { positions }: { positions: ListParameter }) =>
    db.deleteFrom(index).where(isNumberAmong(db, sql.ref('rowid'), positions)),
  )
const insertInto = (index: 'search_coming' | 'search_past') =>
  prepare((db, { rows }: { rows: string }) =>
    db
      .insertInto(index)
      .columns(['rowid', 'words'])
      .expression(
        sql`select value ->> 0 as "rowid", value ->> 1 as words from json_each(${rows})` as never,
      ),
  )
const deleteWords = {
  search_coming: deleteFrom('search_coming'),
  search_past: deleteFrom('search_past'),
}
const insertWords = {
  search_coming: insertInto('search_coming'),
  search_past: insertInto('search_past'),
}
