import SQLite from 'better-sqlite3'

/**
 * Measures the rows per second that the database file takes: rows of `bytes` in groups, each group synchronised to the
 * disk.
 */
export function timeGroupCommits(
  path: string,
  { groups, rows, bytes }: { groups: number; rows: number; bytes: number },
): number {
  const sqlite = new SQLite(path)
  sqlite.pragma('journal_mode = wal')
  sqlite.pragma('synchronous = full')
  sqlite.exec('create table if not exists floor (id integer primary key, body text not null)')
  const insert = sqlite.prepare('insert into floor (body) values (?)')
  const body = 'x'.repeat(bytes)
  const insertGroup = sqlite.transaction(() => {
    for (let row = 0; row < rows; row++) insert.run(body)
  })
  const began = performance.now()
  for (let group = 0; group < groups; group++) insertGroup()
  const seconds = (performance.now() - began) / 1000
  sqlite.close()
  return (groups * rows) / seconds
}

export function countRows(path: string, table: 'cafe' | 'seen' | 'task'): number {
  return readNumber(path, `select count(*) from ${table}`)
}

/** Counts the changes that were received and not yet passed on to the feeds. */
export const countUnsent = (path: string): number =>
  readNumber(path, 'select count(*) from change where done_at is null')

/**
 * Counts effects that happened more than once: a café that was recorded as new again, or announced again by the same
 * feed.
 */
export const countRepeated = (path: string): number =>
  readNumber(
    path,
    `select (select count(*) - count(distinct body) from change) + (
       select count(*) - count(distinct actor || ' ' || object_uri) from activity where type = 'Announce')`,
  )

/** Runs SQLite's own integrity check. */
export function isWholeFile(path: string): boolean {
  const sqlite = new SQLite(path, { readonly: true })
  const answer = sqlite.pragma('integrity_check', { simple: true })
  sqlite.close()
  return answer === 'ok'
}

function readNumber(path: string, query: string): number {
  const sqlite = new SQLite(path, { readonly: true })
  const number = sqlite.prepare<[], number>(query).pluck().get() ?? 0
  sqlite.close()
  return number
}
