import { sql } from 'kysely'
import { giveWay } from '../../turns/turns.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import { reindexCafes } from '../search-index/reindex-cafes.ts'

const BATCH = 200

/**
 * Hours for which past cafés stay among the upcoming ones, so that searches of the day that ends still read one index.
 */
const LISTED_HOURS = 24

/**
 * Moves past cafés to the archive of the search; a little at a time, so that pages are answered in between.
 */
export async function archivePastCafes(db: OpenDatabase, now: Temporal.Instant): Promise<void> {
  const horizon = Math.floor(now.subtract({ hours: LISTED_HOURS }).epochMilliseconds / 1000)
  await db.updateTable('search_state').set({ horizon }).where('horizon', '<', horizon).execute()
  while ((await moveSome(db, horizon)) === BATCH) await giveWay()
  if (!isPostgres(db)) await mergeSegments(db)
}

const moveSome = (db: OpenDatabase, horizon: number): Promise<number> =>
  db.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom('search_entry')
      .select('cafe_id')
      .where('archived', '=', 0)
      .where('ends_at', '<=', horizon)
      .limit(BATCH)
      .execute()
    await reindexCafes(
      trx,
      rows.map(({ cafe_id }) => cafe_id),
    )
    return rows.length
  })

/** Pages of 4 kB of the index that are rewritten at once, in some five milliseconds. */
const MERGED_PAGES = 50
/** The limit of the steps in a night, in which at most 200 MB of each index are rewritten; the next night continues. */
const MERGE_STEPS = 1000

/** Merges segments of the index, since each word is looked up in each of them. */
async function mergeSegments(db: OpenDatabase): Promise<void> {
  for (const index of ['search_coming', 'search_past'])
    for (let step = 0; step < MERGE_STEPS; step++) {
      // A negative number begins with all segments, a positive one goes on (SQLite, "FTS5", the `merge` command).
      if (!(await mergeSome(db, index, step === 0 ? -MERGED_PAGES : MERGED_PAGES))) break
      await giveWay()
    }
}

/** Merges one step; false when nothing was left to merge. */
const mergeSome = (db: OpenDatabase, index: string, pages: number): Promise<boolean> =>
  // It is a transaction, since changes are counted by the connection that makes them.
  db.transaction().execute(async (trx) => {
    const before = await changesSoFar(trx)
    await sql`insert into ${sql.table(index)} (${sql.ref(index)}, rank) values ('merge', ${pages})`.execute(
      trx,
    )
    // The statement itself is one change; fewer than two mean that nothing was merged.
    return (await changesSoFar(trx)) - before >= 2
  })

async function changesSoFar(trx: Database): Promise<number> {
  const { rows } = await sql<{ total: number }>`select total_changes() as total`.execute(trx)
  return rows[0]?.total ?? 0
}
