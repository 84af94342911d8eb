import type SQLite from 'better-sqlite3'

/** The number of cafés indexed at a time, in some five milliseconds; requests are answered in between. */
const AT_ONCE = 32

/**
 * Adds the words of the cafés that a transaction has written to the full-text index of SQLite, some at a time, in the
 * same transaction. What was written outside of it, or by another program, is added at the end of the next one.
 *
 * @returns A function that adds some of them, and returns whether it must be called again.
 */
export function createWordIndexer(sqlite: SQLite.Database): () => boolean {
  let statements: ReturnType<typeof prepareAll> | undefined
  return () => {
    if (statements === undefined && !hasTable(sqlite)) return false
    statements ??= prepareAll(sqlite)
    const cafeIds = statements.listWaiting.all()
    if (cafeIds.length === 0) return false
    const list = JSON.stringify(cafeIds)
    for (const insert of statements.inserts) insert.run(list)
    statements.deleteWaiting.run(list)
    return cafeIds.length === AT_ONCE
  }
}

/** Returns whether the migration that makes the table has been applied. */
const hasTable = (sqlite: SQLite.Database): boolean =>
  sqlite.prepare(`select 1 from sqlite_schema where name = 'search_waiting'`).get() !== undefined

const AMONG = 'in (select value from json_each(?))'

const prepareAll = (sqlite: SQLite.Database) => ({
  listWaiting: sqlite
    .prepare<[], string>(`select cafe_id from search_waiting limit ${AT_ONCE}`)
    .pluck(),
  inserts: ['search_coming', 'search_past'].map((index, archived) =>
    sqlite.prepare<[string]>(`insert into ${index} (rowid, words)
      select entry.position, said.words from search_entry as entry
      join search_words as said on said.cafe_id = entry.cafe_id
      where entry.archived = ${archived} and entry.cafe_id ${AMONG}
        and not exists (select 1 from ${index}_docsize as known where known.id = entry.position)`),
  ),
  deleteWaiting: sqlite.prepare<[string]>(`delete from search_waiting where cafe_id ${AMONG}`),
})
