import type { Database } from '../../node/store/database/database.ts'

/** What a change leads to, for the transaction in which the change ends: activities and their deliveries. */
export type Effect = (trx: Database) => Promise<void>
