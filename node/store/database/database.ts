import { type Kysely, Transaction } from 'kysely'
import type { Schema } from '../schema.ts'

/** A connection or a transaction; store functions take either. */
export type Database = Kysely<Schema> | Transaction<Schema>

/** The one writing connection of a process. */
export type OpenDatabase = Kysely<Schema>

/** Runs the work in a transaction: the one that is open, or a new one (Kysely cannot nest them). */
export const inTransaction = <T>(
  db: Database,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> => (db instanceof Transaction ? work(db) : db.transaction().execute(work))

/** The isolation level by which the dialects recognise a transaction that claims rows. */
export const CLAIMING = 'read committed'

/**
 * Runs a transaction that claims rows for a while, for queues: rows that others claimed are skipped, and their changes
 * since are seen. On SQLite its commit does not wait for the disk: after a power cut nobody holds what it claimed.
 */
export const claimRows = <T>(
  db: OpenDatabase,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> => db.transaction().setIsolationLevel(CLAIMING).execute(work)

const answers = new WeakMap<Database, Map<string, Promise<unknown>>>()

/**
 * Asks the database once in a transaction, and gives the same answer to every caller with this key later in it. It is
 * for what the transaction itself does not change. Outside of a transaction it asks each time.
 */
export function askOnce<T>(trx: Database, key: string, ask: () => Promise<T>): Promise<T> {
  if (!(trx instanceof Transaction)) return ask()
  const known = answers.get(trx) ?? new Map<string, Promise<unknown>>()
  answers.set(trx, known)
  const answer = (known.get(key) as Promise<T> | undefined) ?? ask()
  known.set(key, answer)
  return answer
}

/** Removes what was asked once in this transaction, of which a part was undone. */
export const removeAnswers = (trx: Database): boolean => answers.delete(trx)
