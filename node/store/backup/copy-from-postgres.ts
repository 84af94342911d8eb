import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type pg from 'pg'
import { listTargetTables, NOT_COPIED } from '../copy/target.ts'
import { toIdentifier } from '../database/columns.ts'
import { newSecret } from '../database/secrets.ts'
import { MEDIA_FOLDER } from '../files/media-storage.ts'
import { readDataState, refuseUnfit } from '../migrations/data-state.ts'
import { createTables, openDatabase } from '../open-database.ts'

/** The setting with the key of the encrypted pictures beside backups. */
export const PICTURE_KEY = 'backup-picture-key'

export type OnRows = (table: string, done: number, total: number) => void

/** The tables that the copy leaves out: files are stored beside it, and attempts are counted in memory. */
const LEFT_OUT = [...NOT_COPIED, 'kept_file', 'rate_limit', 'search_entry']

const BATCH = 500

type Copying = {
  from: string
  to: string
  mediaFolder: string
  pictureKey?: string | undefined
}

/**
 * Copies a PostgreSQL database, as it is at one moment, into a new SQLite file with the tables of the program that made
 * it, which may be an earlier one, and its pictures into a folder. Writers are not delayed meanwhile.
 * @throws UnfitDatabase for a database of a newer program, and the errors of both databases.
 */
export async function copyFromPostgres(
  { from, to, mediaFolder, pictureKey }: Copying,
  onRows: OnRows,
): Promise<void> {
  // The driver is loaded only where it is used.
  const { connectOnce } = await import('../database/postgres.ts')
  const state = await readDataState(from)
  refuseUnfit(state, from)
  await createTables(to, state.last)
  const client = connectOnce(from)
  await client.connect()
  try {
    await client.query(
      `insert into setting (name, value) values ('erasure-secret', $1) on conflict do nothing`,
      [newSecret()],
    )
    if (pictureKey !== undefined)
      await client.query(
        'insert into setting (name, value) values ($1, $2) on conflict do nothing',
        [PICTURE_KEY, pictureKey],
      )
    await client.query('begin isolation level repeatable read read only')
    await copyTables(client, to, onRows)
    await copyMedia(client, mediaFolder)
    await client.query('commit')
  } finally {
    await client.end()
  }
  // This makes the index of the search, which has another form in each database. That of an earlier program is made
  // when the backup is restored.
  if (state.due.length === 0) await (await openDatabase(to)).destroy()
}

async function copyTables(client: pg.Client, to: string, onRows: OnRows): Promise<void> {
  const tables = (await listTargetTables(client)).filter(({ name }) => !LEFT_OUT.includes(name))
  const sqlite = new SQLite(to, { fileMustExist: true })
  try {
    sqlite.pragma('foreign_keys = off')
    sqlite.exec('begin')
    const triggers = takeTriggers(sqlite)
    for (const { name, columns } of tables) {
      const known = columnsOf(sqlite, name)
      if (known.length === 0) throw new Error(`SQLite has no table ${name}`)
      const shared = columns.filter((column) => known.includes(column.name))
      await copyRows(client, sqlite, { name, columns: shared.map((column) => column.name) }, onRows)
      if (shared.some(({ counts }) => counts)) await continueNumbers(client, sqlite, name)
    }
    sqlite.exec(`update setting set value = '' where name = 'search_index'`)
    for (const trigger of triggers) sqlite.exec(trigger)
    sqlite.exec('commit')
  } finally {
    sqlite.close()
  }
}

/** Removes the triggers, which would add to what is copied, and returns their SQL so that they can be made again. */
function takeTriggers(sqlite: SQLite.Database): string[] {
  const triggers = sqlite
    .prepare<[], { name: string; sql: string }>(
      `select name, sql from sqlite_schema where type = 'trigger'`,
    )
    .all()
  for (const { name } of triggers) sqlite.exec(`drop trigger ${toIdentifier(name)}`)
  return triggers.map(({ sql }) => sql)
}

const columnsOf = (sqlite: SQLite.Database, table: string): string[] =>
  sqlite.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table)

async function copyRows(
  client: pg.Client,
  sqlite: SQLite.Database,
  { name, columns }: { name: string; columns: string[] },
  onRows: OnRows,
): Promise<void> {
  sqlite.exec(`delete from ${toIdentifier(name)}`)
  const insert = sqlite.prepare(
    `insert into ${toIdentifier(name)} (${columns.map(toIdentifier).join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  )
  const from = client.escapeIdentifier(name)
  const counted = await client.query<{ total: number }>(`select count(*) as total from ${from}`)
  const total = Number(counted.rows[0]?.total ?? 0)
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ')
  await client.query(`declare copied no scroll cursor for select ${list} from ${from}`)
  for (let done = 0; ; ) {
    onRows(name, done, total)
    const { rows } = await client.query<unknown[]>({
      text: `fetch ${BATCH} from copied`,
      rowMode: 'array',
    })
    for (const row of rows) insert.run(row)
    done += rows.length
    if (rows.length < BATCH) break
  }
  await client.query('close copied')
}

/** Continues the numbering, so that no number is given again, not even one of a deleted row. */
async function continueNumbers(
  client: pg.Client,
  sqlite: SQLite.Database,
  table: string,
): Promise<void> {
  const { rows } = await client.query<{ last: string | null }>(
    `select s.last_value as last
    from pg_sequences s join pg_depend d on d.objid = format('%I.%I', s.schemaname, s.sequencename)::regclass
    where d.refobjid = $1::regclass and d.deptype in ('a', 'i')`,
    [client.escapeIdentifier(table)],
  )
  const last = Number(rows[0]?.last ?? 0)
  sqlite.prepare('delete from sqlite_sequence where name = ?').run(table)
  sqlite.prepare('insert into sqlite_sequence (name, seq) values (?, ?)').run(table, last)
}

async function copyMedia(client: pg.Client, folder: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    'select name from kept_file where folder = $1 and part = 0 order by name',
    [MEDIA_FOLDER],
  )
  if (rows.length > 0) await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const { name } of rows) {
    const found = await client.query<{ bytes: Buffer }>(
      'select bytes from kept_file where folder = $1 and name = $2 and part = 0',
      [MEDIA_FOLDER, name],
    )
    const [file] = found.rows
    if (file) await writeFile(join(folder, name), file.bytes, { mode: 0o600 })
  }
}
