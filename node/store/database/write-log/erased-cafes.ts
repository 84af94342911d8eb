import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { isPostgres } from '../dialect.ts'

/**
 * From this number on, the counters of `erasure` are of what cafés said of people; on SQLite all is counted in one, since
 * its file is one.
 */
export const FIRST_OF_CAFES = 256

/**
 * Counts that texts of cafés were deleted which may cite people, as the triggers of `cafe` count the names of speakers:
 * the files of the database are then written anew (`flushErased`).
 */
export async function countErasedCafe(db: Database): Promise<void> {
  const writer = isPostgres(db)
    ? sql<number>`${sql.lit(FIRST_OF_CAFES)} + pg_backend_pid() % 256`
    : sql<number>`0`
  await db
    .insertInto('erasure')
    .values({ writer, total: 1 })
    .onConflict((oc) =>
      oc.column('writer').doUpdateSet((eb) => ({ total: eb('erasure.total', '+', 1) })),
    )
    .execute()
}
