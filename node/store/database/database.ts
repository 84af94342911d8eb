import { type Kysely, Transaction } from 'kysely'
import type { Schema } from '../schema.ts'

/** A connection or a transaction: store functions take either. */
export type Database = Kysely<Schema> | Transaction<Schema>

/** The one writing connection of a process. */
export type OpenDatabase = Kysely<Schema>

/** One transaction: the one that is open, or a new one (Kysely has none inside another). */
export const inTransaction = <T>(
  db: Database,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> => (db instanceof Transaction ? work(db) : db.transaction().execute(work))

/** By which the dialects know a transaction that claims rows. */
export const CLAIMING = 'read committed'

/**
 * A transaction that takes rows for itself for a while, for queues: what others took is skipped, and what they have
 * changed since is seen. On SQLite its commit does not wait for the disk: after a power cut nobody holds what it took.
 */
export const claimRows = <T>(
  db: OpenDatabase,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> => db.transaction().setIsolationLevel(CLAIMING).execute(work)

const answers = new WeakMap<Database, Map<string, Promise<unknown>>>()

/**
 * Asks the database once in a transaction, and gives the same answer to whoever asks by this key later in it: for what
 * the transaction itself does not change. Outside of one it asks each time.
 */
export function askOnce<T>(trx: Database, key: string, ask: () => Promise<T>): Promise<T> {
  if (!(trx instanceof Transaction)) return ask()
  const known = answers.get(trx) ?? new Map<string, Promise<unknown>>()
  answers.set(trx, known)
  const answer = (known.get(key) as Promise<T> | undefined) ?? ask()
  known.set(key, answer)
  return answer
}
