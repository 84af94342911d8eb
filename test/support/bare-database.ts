import SQLite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { onTestFinished } from 'vitest'
import { connectPostgres } from '../../node/store/database/postgres.ts'
import type { Schema } from '../../node/store/schema.ts'
import { addWordFunctions } from '../../node/store/search-index/index-columns.ts'
import { createPostgresDatabase, isOnPostgres } from './database.ts'

/** An empty database, without a table. */
export async function openBareDatabase(): Promise<Kysely<Schema>> {
  if (isOnPostgres) {
    const { address, remove } = await createPostgresDatabase()
    onTestFinished(remove)
    return connectPostgres(address)
  }
  const sqlite = new SQLite(':memory:')
  addWordFunctions(sqlite)
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) })
}
