import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { withBareTables } from '../../node/store/copy/bare-tables.ts'
import type { SourceTable } from '../../node/store/copy/source.ts'
import { copyRows, listTargetTables, NOT_COPIED } from '../../node/store/copy/target.ts'
import { isPostgresUrl } from '../../node/store/database/address.ts'
import { connectOnce, connectPostgres } from '../../node/store/database/postgres.ts'
import { readDataState } from '../../node/store/migrations/data-state.ts'
import { migrateTo } from '../../node/store/migrations/migrate.ts'
import { createPostgresDatabase, isOnPostgres, type TestDatabase } from './database.ts'
import { listTables } from './filled-tables.ts'
import { unpackFixture } from './released-databases.ts'

/**
 * Makes a database as the program of a released version left it, of the kind of this run; on SQLite `cafe-ia.sqlite` in
 * the folder.
 */
export async function createOlderDatabase(folder: string, version: string): Promise<TestDatabase> {
  if (!isOnPostgres) {
    const address = join(folder, 'cafe-ia.sqlite')
    await unpackFixture(version, address)
    return { address, setting: {}, remove: async () => undefined }
  }
  const made = await createPostgresDatabase()
  const rows = join(folder, 'rows.sqlite')
  await unpackFixture(version, rows)
  await fillPostgres(made.address, rows)
  return made
}

/** The index has another form in each of the two databases, so it is made again. */
const INDEX_AGAIN = `update setting set value = '' where name = 'search_index'`

/** Makes the tables that the file has, with its rows. */
async function fillPostgres(address: string, rows: string): Promise<void> {
  const db = connectPostgres(address)
  const { last } = await readDataState(rows)
  await migrateTo(db, last).finally(() => db.destroy())
  const source = new SQLite(rows, { readonly: true })
  const client = connectOnce(address)
  await client.connect()
  await client.query('begin')
  const targets = (await listTargetTables(client)).filter(
    ({ name }) => !NOT_COPIED.includes(name) && columnsOf(source, name).length > 0,
  )
  const names = targets.map(({ name }) => name)
  await withBareTables(client, names, async () => {
    for (const target of targets) {
      const known = target.columns.map(({ name }) => name)
      await client.query(`delete from ${target.name}`)
      await copyRows(client, { source: toSource(source, target.name, known), target }, () => {})
    }
    await client.query(INDEX_AGAIN)
  })
  await client.query('commit')
  await client.end()
  source.close()
}

function toSource(sqlite: SQLite.Database, table: string, known: readonly string[]): SourceTable {
  const own = columnsOf(sqlite, table).filter((name) => known.includes(name))
  const list = own.join(', ')
  return {
    name: table,
    columns: own,
    total: 0,
    lastNumber: 0,
    rows: () => sqlite.prepare<[], unknown[]>(`select ${list} from ${table}`).raw().iterate(),
  }
}

const columnsOf = (sqlite: SQLite.Database, table: string): string[] =>
  sqlite.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table)

/** Reads every row of every table of either database; times and random values are as they were stored. */
export async function readTables(address: string): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {}
  if (!isPostgresUrl(address)) {
    const sqlite = new SQLite(address, { readonly: true })
    for (const table of listTables(sqlite))
      tables[table] = sqlite.prepare(`select * from ${table} order by 1`).all()
    sqlite.close()
    return tables
  }
  const client = connectOnce(address)
  await client.connect()
  for (const { name } of await listTargetTables(client))
    tables[name] = (await client.query(`select * from ${name} order by 1`)).rows
  await client.end()
  return tables
}

/** Reads the definitions of the tables, indexes, triggers and views, as either database gives them. */
export async function readSchema(address: string): Promise<unknown[]> {
  if (!isPostgresUrl(address)) {
    const sqlite = new SQLite(address, { readonly: true })
    const made = sqlite.prepare('select type, name, sql from sqlite_schema order by 1, 2').all()
    sqlite.close()
    return made
  }
  const client = connectOnce(address)
  await client.connect()
  const { rows } = await client.query(`
    select 'column' as kind, table_name || '.' || column_name as name, data_type || coalesce(column_default, '') || is_nullable as made
      from information_schema.columns where table_schema = current_schema()
    union all select 'index', indexname, indexdef from pg_indexes where schemaname = current_schema()
    union all select 'trigger', tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select 'function', proname, prosrc from pg_proc where pronamespace = current_schema()::regnamespace
    order by 1, 2, 3`)
  await client.end()
  return rows
}
