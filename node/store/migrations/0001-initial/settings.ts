import type { Dialect, Statements } from '../dialect.ts'

/** Two functions of SQLite that queries use, under the same names on PostgreSQL. */
const FUNCTIONS = `
create function instr(text, text) returns integer
  language sql immutable strict parallel safe
  return strpos($1, $2);

create function unixepoch(text) returns bigint
  language sql immutable strict parallel safe
  return extract(epoch from $1::timestamp)::bigint;
`

/**
 * The settings of the site, and daily counts of its use (`daily_count`). `hour_measure` says
 * how each hour of the last thirty days went. `rate_limit` counts attempts, where several
 * processes answer for one site (PostgreSQL); one process alone counts in its memory. Its columns are those of
 * rate-limiter-flexible; `expire` is in milliseconds since 1970.
 */
export const settings = ({ isPostgres, integer, strictByKey }: Dialect): Statements => `
${isPostgres ? FUNCTIONS : ''}
create table setting (
  name text primary key,
  value text not null
) ${strictByKey};

create table daily_count (
  name text not null,
  day text not null,
  total ${integer} not null,
  primary key (name, day)
) ${strictByKey};

create table hour_measure (
  hour text primary key,
  sent ${integer} not null default 0,
  resent ${integer} not null default 0,
  given_up ${integer} not null default 0,
  failures ${integer} not null default 0,
  waiting ${integer},
  late_minutes ${integer},
  memory_bytes ${integer},
  disk_used_bytes ${integer},
  disk_total_bytes ${integer},
  backup_at text,
  is_copy_failing ${integer} not null default 0 check (is_copy_failing in (0, 1))
) ${strictByKey};

create table rate_limit (
  key text primary key,
  points ${integer} not null,
  expire ${integer}
) ${strictByKey};
`
