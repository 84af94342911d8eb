import { sql } from 'kysely'
import type { OpenDatabase } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import { findSetting, saveSetting } from '../database/settings.ts'
import { reindexCafes } from '../search-index/reindex-cafes.ts'

/** The version grows when the tokens of a café change: every index is then made again at the next start. */
const VERSION = '2'

const BATCH = 500

/** Makes the index when it is not that of this program, after an update that changed how cafés are found. */
export async function ensureSearchIndex(db: OpenDatabase): Promise<void> {
  if ((await findSetting(db, 'search_index')) === VERSION) return
  await rebuildSearchIndex(db)
}

/**
 * Makes the whole index again from the cafés, some hundreds at a time; other writers get their turn in between. What is
 * not yet done is found by its old tokens or not at all. When it is interrupted, it begins again at the next start.
 */
export async function rebuildSearchIndex(
  db: OpenDatabase,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  await saveSetting(db, 'search_index', '')
  await emptyIndex(db)
  const { total } = await db
    .selectFrom('cafe')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  let done = 0
  let after = ''
  for (;;) {
    const rows = await db
      .selectFrom('cafe')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .execute()
    const ids = rows.map(({ id }) => id)
    await db.transaction().execute((trx) => reindexCafes(trx, ids))
    done += rows.length
    onProgress(done, total)
    after = rows.at(-1)?.id ?? ''
    if (rows.length < BATCH) break
  }
  await saveSetting(db, 'search_index', VERSION)
}

async function emptyIndex(db: OpenDatabase): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const index of isPostgres(db) ? [] : ['search_coming', 'search_past'])
      await sql`insert into ${sql.table(index)} (${sql.ref(index)}) values ('delete-all')`.execute(
        trx,
      )
    await trx.deleteFrom('search_entry').execute()
  })
}
