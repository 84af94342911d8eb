import { existsSync } from 'node:fs'
import SQLite from 'better-sqlite3'
import { toIdentifier } from '../database/columns.ts'
import { openDatabase } from '../open-database.ts'
import { RefusedCopy } from './refused.ts'

/** A SQLite file that no other process has open, or can change while it is read. */
export type Source = {
  tables: SourceTable[]
  close: () => void
}

export type SourceTable = {
  name: string
  columns: string[]
  /** The number of rows. */
  total: number
  /** The last number that it gave to a row, even one that was deleted; 0 where it gives none. */
  lastNumber: number
  /** Iterates over the rows, each as its values in the order of `columns`. */
  rows: () => IterableIterator<unknown[]>
}

/**
 * Migrates the file to the tables of this program and locks it.
 * @throws RefusedCopy when there is no such file, or a program has it open.
 */
export async function openSource(path: string): Promise<Source> {
  if (!existsSync(path)) throw new RefusedCopy(`Il n’y a pas de base ${path}.`)
  take(path).close()
  const db = await openDatabase(path)
  await db.destroy()
  const sqlite = take(path)
  return { tables: listTables(sqlite), close: () => sqlite.close() }
}

/**
 * Opens the file exclusively: in this mode the lock on a WAL file is one that no other connection may share, even an
 * idle one.
 */
function take(path: string): SQLite.Database {
  const sqlite = new SQLite(path, { fileMustExist: true, timeout: 1_000 })
  try {
    sqlite.pragma('locking_mode = exclusive')
    sqlite.exec('begin immediate')
    return sqlite
  } catch (error) {
    sqlite.close()
    if (error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new RefusedCopy(`Un programme tient ${path} ouvert : arrêtez d’abord le serveur.`)
    throw error
  }
}

function listTables(sqlite: SQLite.Database): SourceTable[] {
  const names = sqlite
    .prepare<[], string>(`
      select name from pragma_table_list where schema = 'main' and type = 'table'
        and name not like 'sqlite\\_%' escape '\\' order by name`)
    .pluck()
    .all()
  return names.map((name) => readTable(sqlite, name))
}

function readTable(sqlite: SQLite.Database, name: string): SourceTable {
  const columns = sqlite
    .prepare<[string], string>('select name from pragma_table_info(?)')
    .pluck()
    .all(name)
  const table = toIdentifier(name)
  const list = columns.map(toIdentifier).join(', ')
  return {
    name,
    columns,
    total: sqlite.prepare<[], number>(`select count(*) from ${table}`).pluck().get() ?? 0,
    lastNumber:
      sqlite
        .prepare<[string], number>('select seq from sqlite_sequence where name = ?')
        .pluck()
        .get(name) ?? 0,
    rows: () => sqlite.prepare<[], unknown[]>(`select ${list} from ${table}`).raw().iterate(),
  }
}
