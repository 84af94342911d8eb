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

/** Bytes of each table and index of a file, largest first. */
export function listTableSizes(path: string): { name: string; bytes: number }[] {
  const sqlite = new SQLite(path, { readonly: true })
  const rows = sqlite
    .prepare('select name, sum(pgsize) as bytes from dbstat group by name order by bytes desc')
    .all() as { name: string; bytes: number }[]
  sqlite.close()
  return rows
}

export function countRows(path: string, table: 'cafe' | 'seen' | 'task'): number {
  const sqlite = new SQLite(path, { readonly: true })
  const { total } = sqlite.prepare(`select count(*) as total from ${table}`).get() as {
    total: number
  }
  sqlite.close()
  return total
}
