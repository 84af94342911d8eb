import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { isPostgres } from '../../node/store/database/dialect.ts'
import type { Site } from './network.ts'
import { unpacked } from './unpacked.ts'

type Kept = { where: string; bytes: Buffer }

/**
 * Finds where any of these words is left at a site: in a row of any table, with compressed texts decompressed; in any
 * byte of its data folder, including the write-ahead log; on PostgreSQL in the files of its tables and indexes.
 */
export async function findLeftWords(
  site: Site,
  words: readonly (string | Buffer)[],
): Promise<string[]> {
  const found: string[] = []
  for await (const { where, bytes } of everything(site))
    for (const word of words) if (bytes.includes(word)) found.push(`${nameOf(word)} in ${where}`)
  return [...new Set(found)]
}

const nameOf = (word: string | Buffer) => (typeof word === 'string' ? word : 'a picture')

async function* everything({ context: { db, config } }: Site): AsyncGenerator<Kept> {
  for (const table of await listTables(db)) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(
      db,
    )
    for (const [name, value] of rows.flatMap((row) => Object.entries(row)))
      for (const bytes of bytesOf(value)) yield { where: `${table}.${name}`, bytes }
  }
  yield* filesIn(config.data)
  if (!isPostgres(db)) return
  const nameOf = await listRelations(db)
  for await (const { where, bytes } of filesIn(await writtenFolder(db)))
    yield { where: nameOf.get(where.split('.')[0] ?? '') ?? where, bytes }
}

type Database = Site['context']['db']

/** Lists the tables of the database, including those behind a full-text index. */
export async function listTables(db: Database): Promise<string[]> {
  const { rows } = await (isPostgres(db)
    ? sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`
    : // A full-text index has its words only in its shadow tables.
      sql<{
        name: string
      }>`select name from pragma_table_list where schema = 'main' and type <> 'virtual'`
  ).execute(db)
  return rows.map(({ name }) => name)
}

function bytesOf(value: unknown): Buffer[] {
  const readable = unpacked(value)
  if (readable instanceof Uint8Array) return [Buffer.from(readable)]
  return typeof readable === 'string' ? [Buffer.from(readable)] : []
}

/** Returns the folder of this one database, once all that it holds is written there. */
async function writtenFolder(db: Database): Promise<string> {
  await sql`checkpoint`.execute(db)
  const { rows } = await sql<{ folder: string }>`
    select current_setting('data_directory') || '/base/' || oid as folder
    from pg_database where datname = current_database()`.execute(db)
  return rows[0]?.folder ?? ''
}

/** Lists the tables and indexes by the name of their file, with the table whose long texts one holds. */
async function listRelations(db: Database): Promise<Map<string, string>> {
  const { rows } = await sql<{ file: string; name: string }>`
    select pg_relation_filenode(long.oid)::text as file,
      coalesce((select 'long texts of ' || relname from pg_class where reltoastrelid = long.oid), relname) as name
    from pg_class as long`.execute(db)
  return new Map(rows.map(({ file, name }) => [file, name]))
}

/**
 * Iterates over files; one that its server removes while the folder is read, as PostgreSQL does with its caches, holds
 * nothing more.
 */
async function* filesIn(folder: string): AsyncGenerator<Kept> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const bytes = await readUnlessGone(join(entry.parentPath, entry.name))
    if (bytes !== undefined) yield { where: entry.name, bytes }
  }
}

async function readUnlessGone(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
