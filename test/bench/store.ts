import SQLite from 'better-sqlite3'
import { sql } from 'kysely'
import { isPostgresUrl } from '../../node/store/database/address.ts'
import { toInstantText } from '../../node/store/database/columns.ts'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { isPostgres } from '../../node/store/database/dialect.ts'

/** Queries to the database that only the benches make. */

/** Gives SQLite much memory, or as much as a server has. PostgreSQL keeps the settings of its operator. */
export async function setMuchMemory(db: OpenDatabase, much: boolean): Promise<void> {
  if (isPostgres(db)) return
  await sql`pragma cache_size = ${sql.raw(much ? '-2000000' : '-32768')}`.execute(db)
}

export const hasCafes = async (db: OpenDatabase): Promise<boolean> =>
  (await db.selectFrom('cafe').select('id').limit(1).executeTakeFirst()) !== undefined

/**
 * Notes that every server has just answered, so that a server that starts visits none of them: those of the benches do
 * not exist, and its attempts would count as the work of pages.
 */
export async function noteServersSeen(db: OpenDatabase, now: Temporal.Instant): Promise<void> {
  const seen = { last_seen_at: toInstantText(now), failing_since: null, last_error: null }
  await db.updateTable('peer').set(seen).execute()
  await db.deleteFrom('task').where('kind', '=', 'visit').execute()
}

/** Writes the log into the file, whose size then includes everything; PostgreSQL updates its statistics. */
export async function settleFile(db: OpenDatabase): Promise<void> {
  if (isPostgres(db)) await sql`vacuum analyze`.execute(db)
  else await sql`pragma wal_checkpoint(truncate)`.execute(db)
}

/** Counts the cafés in each index. */
export async function countIndexed(db: OpenDatabase): Promise<{ coming: number; past: number }> {
  const rows = await db
    .selectFrom('search_entry')
    .select((eb) => ['archived', eb.fn.countAll<number>().as('total')])
    .groupBy('archived')
    .execute()
  const totalOf = (archived: number) => rows.find((row) => row.archived === archived)?.total ?? 0
  return { coming: totalOf(0), past: totalOf(1) }
}

/** Returns the bytes of the full-text indexes with their table of entries. */
export async function sizeOfIndex(db: OpenDatabase): Promise<number> {
  if (isPostgres(db))
    return readNumber(db, `select pg_total_relation_size('search_entry') as number`)
  const { rows } = await sql<{ bytes: number }>`
    select sum(length(block)) as bytes from (
      select block from search_coming_data union all select block from search_past_data)`.execute(
    db,
  )
  const { rows: entries } = await sql<{ bytes: number }>`
    select sum(2 * length(cafe_id) + length(facets) + 60) as bytes from search_entry`.execute(db)
  return (rows[0]?.bytes ?? 0) + (entries[0]?.bytes ?? 0)
}

/** Returns the bytes of the whole database. */
export const sizeOfDatabase = (db: OpenDatabase): Promise<number> =>
  readNumber(
    db,
    isPostgres(db)
      ? 'select pg_database_size(current_database()) as number'
      : 'select page_count * page_size as number from pragma_page_count, pragma_page_size',
  )

export const countAll = (db: OpenDatabase, table: 'cafe' | 'seen'): Promise<number> =>
  readNumber(db, `select count(*) as number from ${table}`)

async function readNumber(db: OpenDatabase, query: string): Promise<number> {
  const { rows } = await sql.raw<{ number: number }>(query).execute(db)
  return rows[0]?.number ?? 0
}

/** Lists the bytes of each table and index, largest first. */
export async function listTableSizes(db: OpenDatabase): Promise<{ name: string; bytes: number }[]> {
  const query = isPostgres(db)
    ? `select relname as name, pg_relation_size(oid) as bytes from pg_class
        where relkind in ('r', 'i', 't') and relnamespace::regnamespace::text in ('public', 'pg_toast')`
    : 'select name, sum(pgsize) as bytes from dbstat group by name'
  const { rows } = await sql
    .raw<{ name: string; bytes: number }>(`${query} order by bytes desc`)
    .execute(db)
  return rows
}

type Floor = {
  readCafes: (ids: readonly string[]) => unknown
  close: () => Promise<void>
}

/** Opens the floor of any search: the same rows by id on a connection of its own, with nothing else. */
export async function openFloor(address: string): Promise<Floor> {
  if (isPostgresUrl(address)) {
    const { connectOnce } = await import('../../node/store/database/postgres.ts')
    const client = connectOnce(address)
    await client.connect()
    const question = { name: 'floor', text: 'select * from cafe where id = any($1)' }
    return {
      readCafes: (ids) => client.query({ ...question, values: [ids] }),
      close: () => client.end(),
    }
  }
  const sqlite = new SQLite(address, { readonly: true })
  sqlite.pragma('cache_size = -32768')
  const statement = sqlite.prepare('select * from cafe where id = ?')
  return {
    readCafes: (ids) => ids.map((id) => statement.get(id)),
    close: async () => void sqlite.close(),
  }
}

/** Lists ids of cafés that have a page, in any order. */
export async function listSomeIds(db: OpenDatabase, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('search_entry').select('cafe_id').limit(limit).execute()
  return rows.map(({ cafe_id }) => cafe_id)
}
