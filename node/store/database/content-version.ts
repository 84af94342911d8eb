import type SQLite from 'better-sqlite3'
import type { OpenDatabase } from './database.ts'
import { joinCalls } from './join-calls.ts'

/** A number that is another one after each change that public pages can show, whichever process made it. */
type ContentVersion = number

/** One reader is made for each open database. */
const readers = new WeakMap<OpenDatabase, () => ContentVersion>()
const askers = new WeakMap<OpenDatabase, () => Promise<ContentVersion>>()

/**
 * Reads the version at once on SQLite, since pages ask for it at every request: beside Kysely, which would wait for an
 * open transaction. A transaction that is rolled back leaves a number that never comes again.
 */
export function readVersionFrom(db: OpenDatabase, sqlite: SQLite.Database): void {
  const statement = sqlite.prepare<[], number>('select version from content_version').pluck()
  readers.set(db, () => statement.get() ?? 0)
}

/** Returns the current version. What was read from the database after this call is of this version or a later one. */
export function contentVersion(db: OpenDatabase): ContentVersion | Promise<ContentVersion> {
  const atOnce = versionAtOnce(db)
  if (atOnce !== undefined) return atOnce
  const asker = askers.get(db) ?? readTogether(db)
  askers.set(db, asker)
  return asker()
}

/** Returns the current version where it can be read without waiting; undefined on PostgreSQL, which must be asked. */
export const versionAtOnce = (db: OpenDatabase): ContentVersion | undefined => readers.get(db)?.()

const readTogether = (db: OpenDatabase): (() => Promise<ContentVersion>) =>
  joinCalls(async () => {
    const row = await db
      .selectFrom('content_version')
      .select((select) => select.fn.sum<number>('version').as('sum'))
      .executeTakeFirst()
    return row?.sum ?? 0
  })

/** Makes a function that reads what public pages show once for each version. */
export function oncePerVersion<T>(
  read: (db: OpenDatabase) => Promise<T>,
): (db: OpenDatabase) => Promise<T> {
  const known = new WeakMap<OpenDatabase, { version: ContentVersion; value: Promise<T> }>()
  return async (db) => {
    const version = await contentVersion(db)
    const last = known.get(db)
    if (last?.version === version) return last.value
    const value = read(db)
    known.set(db, { version, value })
    value.catch(() => known.delete(db))
    return value
  }
}
