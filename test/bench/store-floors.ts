import SQLite from 'better-sqlite3'

/** What the database file itself can take: rows of `bytes` in groups, each group safe on the disk. Rows per second. */
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

/** What was heard and is not told to the feeds yet. */
export const countUnsent = (path: string): number =>
  readNumber(path, 'select count(*) from change where done_at is null')

/** Effects that happened more often than once: a café heard as news again, or posted again by the same feed. */
export const countRepeated = (path: string): number =>
  readNumber(
    path,
    `select (select count(*) - count(distinct body) from change) + (
       select count(*) - count(distinct actor || ' ' || object_uri) from activity where type = 'Announce')`,
  )

/** As SQLite's own check says. */
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
