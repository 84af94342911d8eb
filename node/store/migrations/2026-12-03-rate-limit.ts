/**
 * How often somebody tried, where several processes answer for one site (PostgreSQL); one process alone counts in its
 * memory. The columns are those of rate-limiter-flexible; `expire` is milliseconds since 1970.
 */
export const up = {
  sqlite: `
create table rate_limit (
  key text primary key,
  points integer not null,
  expire integer
) strict, without rowid
`,
  postgres: `
create table rate_limit (
  key text primary key,
  points bigint not null,
  expire bigint
)
`,
}
