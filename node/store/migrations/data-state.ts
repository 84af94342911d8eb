import { existsSync } from 'node:fs'
import SQLite from 'better-sqlite3'
import { type Kysely, sql } from 'kysely'
import { VERSION } from '../../program/version.ts'
import { isPostgresUrl, UnfitDatabase, withoutPassword } from '../database/address.ts'
import type { Schema } from '../schema.ts'
import { migrations } from './index.ts'

/** The setting that holds the version of the program that opened the data last. */
export const VERSION_SETTING = 'program-version'

/** The setting that holds the origin to which the site is to move. */
export const PLANNED_MOVE = 'planned-move'

/** The state of a database, compared with what this program makes of one. */
export type DataState = {
  /** Whether nothing is there yet. */
  isNew: boolean
  /** The version of the program that opened it last; undefined where none is noted. */
  version: string | undefined
  /** The migrations of this program that it does not have, in order. */
  due: readonly string[]
  /** The last migration of this program that it has; of a new one, the one that it will have. */
  last: string
  /** Its first migration that this program does not know: a newer program made it. */
  unknown: string | undefined
  /** The address that was chosen for the site; without one there is nothing to lose. */
  origin: string | undefined
  /** The origin to which the site is to move when it is started there. */
  movesTo: string | undefined
}

/**
 * Makes the state from the names of applied migrations and the stored settings, as a program of this version reads it.
 */
function toState(done: readonly string[], settings: ReadonlyMap<string, string>): DataState {
  const unknown = done.find((name) => !Object.hasOwn(migrations, name))
  const known = Object.keys(migrations).sort()
  return {
    isNew: done.length === 0,
    version: settings.get(VERSION_SETTING),
    due: known.filter((name) => !done.includes(name)),
    last: known.findLast((name) => done.includes(name)) ?? known.at(-1) ?? '',
    unknown,
    origin: settings.get('origin'),
    movesTo: settings.get(PLANNED_MOVE) || undefined,
  }
}

const MIGRATIONS = 'select name from kysely_migration order by name'
const SETTINGS = `select name, value from setting where name in ('${VERSION_SETTING}', 'origin', '${PLANNED_MOVE}')`

type Setting = { name: string; value: string }

const toMap = (rows: readonly Setting[]) =>
  new Map(rows.map(({ name, value }) => [name, value] as const))

/** Finds the state of an open database; one without tables is new. */
export async function findDataState(db: Kysely<Schema>): Promise<DataState> {
  const done = await sql.raw<{ name: string }>(MIGRATIONS).execute(db).catch(orNoTable)
  const settings = await sql.raw<Setting>(SETTINGS).execute(db).catch(orNoTable)
  return toState(
    done.rows.map(({ name }) => name),
    toMap(settings.rows),
  )
}

/** Treats a missing table as an empty one, in SQLite and in PostgreSQL (by SQLSTATE). */
function orNoTable(error: unknown): { rows: [] } {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === '42P01' || /no such table/.test(String(error))) return { rows: [] }
  throw error
}

/**
 * Reads the state of a database without changing it: of a path, or of a `postgres://` address.
 * @throws UnfitDatabase for a PostgreSQL that this program cannot use correctly, and the errors of the file system or
 * the database.
 */
export const readDataState = (address: string): Promise<DataState> =>
  isPostgresUrl(address) ? readPostgres(address) : readFile(address)

async function readFile(path: string): Promise<DataState> {
  if (path === ':memory:' || !existsSync(path)) return toState([], new Map())
  const sqlite = new SQLite(path, { readonly: true, fileMustExist: true, timeout: 5_000 })
  try {
    const has = (table: string) =>
      sqlite.prepare(`select 1 from sqlite_schema where type = 'table' and name = ?`).get(table)
    return toState(
      has('kysely_migration') ? sqlite.prepare<[], string>(MIGRATIONS).pluck().all() : [],
      toMap(has('setting') ? sqlite.prepare<[], Setting>(SETTINGS).all() : []),
    )
  } finally {
    sqlite.close()
  }
}

async function readPostgres(url: string): Promise<DataState> {
  // The driver is loaded only where it is used.
  const { connectPostgres, verifyPostgres } = await import('../database/postgres.ts')
  await verifyPostgres(url)
  const db = connectPostgres(url)
  try {
    return await findDataState(db)
  } finally {
    await db.destroy()
  }
}

/**
 * Refuses data that another program made: a newer one, or one of this version before its tables were finished.
 * @param address - As the settings name it.
 * @throws UnfitDatabase in one sentence that says what to do.
 */
export function refuseUnfit({ unknown, version }: DataState, address: string): void {
  if (unknown === undefined) return
  const isNoted = version !== undefined && version !== VERSION
  throw new UnfitDatabase(
    isNoted
      ? `Les données de ${withoutPassword(address)} sont de la version ${version} de ce programme, et celui-ci est la version ${VERSION}, qui ne sait pas les lire : remettez la version ${version} ou une plus récente, ou nommez une autre base dans CAFE_IA_DATABASE.`
      : `Les données de ${withoutPassword(address)} ont été faites par un état de travail de ce programme (étape ${unknown}, inconnue ici), dont les tables ont changé depuis : remettez cet état ou, si elles ne servent qu’à essayer, supprimez-les ou nommez une autre base dans CAFE_IA_DATABASE.`,
  )
}
