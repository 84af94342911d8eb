/**
 * Files as rows, where several processes answer for one site and share nothing but the database (PostgreSQL); one
 * process alone has a folder for them, and the table stays empty. A long file has several parts, in order.
 */
const table = (integer: string, bytes: string) => `
create table kept_file (
  folder text not null,
  name text not null,
  part ${integer} not null,
  bytes ${bytes} not null,
  kept_at text not null,
  primary key (folder, name, part)
)`

export const up = {
  sqlite: `${table('integer', 'blob')} strict`,
  postgres: table('bigint', 'bytea'),
}
