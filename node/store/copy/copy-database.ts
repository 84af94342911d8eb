import type pg from 'pg'
import { withoutPassword } from '../database/address.ts'
import { connectOnce, verifyPostgres } from '../database/postgres.ts'
import { listMediaFiles, MEDIA_FOLDER, readMediaFolder } from '../files/media-storage.ts'
import { openDatabase } from '../open-database.ts'
import { withBareTables } from './bare-tables.ts'
import { RefusedCopy } from './refused.ts'
import { openSource, type SourceTable } from './source.ts'
import {
  continueNumbers,
  copyRows,
  countRows,
  listFilledTables,
  listTargetTables,
  NOT_COPIED,
  type TargetTable,
} from './target.ts'

/** Is called before each table (its name, and `done` of `total` rows of all tables) and while it is copied. */
export type OnProgress = (progress: { table: string; done: number; total: number }) => void

/** The number of rows that a table now has on both sides. */
export type CopiedTable = { name: string; rows: number }

/**
 * Copies a SQLite file into an empty PostgreSQL database: every table, row by row, with the numbers that it has given,
 * and the pictures beside it. All of it is copied or nothing; the file and the pictures stay as they were.
 * @throws RefusedCopy or UnfitDatabase in one sentence, and the errors of PostgreSQL.
 */
export async function copyDatabase(
  { from, to, data }: { from: string; to: string; data: string },
  onProgress: OnProgress,
): Promise<CopiedTable[]> {
  await verifyPostgres(to)
  const client = connectOnce(to)
  await client.connect()
  try {
    await refuseFilled(client, to)
    const source = await openSource(from)
    try {
      await (await openDatabase(to)).destroy()
      await client.query('begin')
      const copied = await copyTables(client, { to, tables: source.tables }, onProgress)
      await copyPictures(client, data, onProgress)
      await client.query('commit')
      // This makes the index of the search, which has another form in each database.
      await (await openDatabase(to)).destroy()
      await client.query('analyze')
      return copied
    } finally {
      source.close()
    }
  } finally {
    // Uncommitted changes are undone when the connection ends.
    await client.end()
  }
}

async function refuseFilled(client: pg.Client, to: string): Promise<TargetTable[]> {
  const tables = await listTargetTables(client)
  const isOurs = tables.length === 0 || tables.some(({ name }) => name === 'kysely_migration')
  const filled = isOurs ? await listFilledTables(client, tables) : tables.map(({ name }) => name)
  if (filled.length === 0) return tables
  throw new RefusedCopy(
    `${withoutPassword(to)} n’est pas vide (on y trouve ${filled.slice(0, 3).join(', ')}${filled.length > 3 ? '…' : ''}) : copiez dans une base neuve.`,
  )
}

async function copyTables(
  client: pg.Client,
  { to, tables }: { to: string; tables: readonly SourceTable[] },
  onProgress: OnProgress,
): Promise<CopiedTable[]> {
  const targets = new Map((await listTargetTables(client)).map((table) => [table.name, table]))
  const pairs = tables
    .filter(({ name }) => !NOT_COPIED.includes(name))
    .map((source) => {
      const target = targets.get(source.name)
      if (!target) throw new Error(`PostgreSQL has no table ${source.name}`)
      return { source, target }
    })
  // The entries of the search refer to cafés; they are made again.
  const names = [...pairs.map(({ source }) => source.name), 'search_entry']
  const total = pairs.reduce((sum, { source }) => sum + source.total, 0)
  let done = 0
  await withBareTables(client, names, async () => {
    // The lock lasts from here on: nobody else can write to these tables.
    await refuseFilled(client, to)
    await client.query(`truncate ${names.map((name) => client.escapeIdentifier(name)).join(', ')}`)
    for (const pair of pairs) {
      const table = pair.source.name
      onProgress({ table, done, total })
      await copyRows(client, pair, (more) => {
        done += more
        onProgress({ table, done, total })
      })
      await continueNumbers(client, pair)
    }
    await client.query(`update setting set value = '' where name = 'search_index'`)
  })
  return Promise.all(pairs.map(({ source }) => checkCount(client, source)))
}

/** Copies the pictures. In PostgreSQL they are rows, so that all processes have them. */
async function copyPictures(client: pg.Client, data: string, onProgress: OnProgress) {
  const names = await listMediaFiles(data)
  for (const [done, name] of names.entries()) {
    onProgress({ table: 'media', done, total: names.length })
    const bytes = await readMediaFolder(data, name)
    await client.query(
      `insert into kept_file (folder, name, part, bytes, kept_at)
        values ($1, $2, 0, $3, to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))`,
      [MEDIA_FOLDER, name, bytes],
    )
  }
}

async function checkCount(client: pg.Client, { name, total }: SourceTable): Promise<CopiedTable> {
  const rows = await countRows(client, name)
  if (rows !== total)
    throw new RefusedCopy(`${name} a ${total} lignes, et ${rows} sont arrivées : rien n’est gardé.`)
  return { name, rows }
}
