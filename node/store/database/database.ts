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
