/**
 * What bounds what others may cost: how often followers are told of one café (`cafe_pace`), and how much is kept or
 * handed on for each registrable domain (`share`; `day` is empty for what is kept now). Followers and deletions of
 * others are counted by domain: rows of before count under their host. A message that cannot be handed on waits to be
 * said so to its sender (`refused_at`).
 */
const tables = (integer: string, row: string, host: string) => `
create table cafe_pace (
  cafe_uri text primary key,
  window_at text not null,
  updates ${integer} not null check (updates >= 0),
  waiting_update ${integer},
  noted_at text,
  noted text,
  waiting_note ${integer},
  cancelled_at text
)${row};
create index cafe_pace_window_at on cafe_pace (window_at);

create table share (
  domain text not null,
  kind text not null,
  day text not null,
  total ${integer} not null,
  primary key (domain, kind, day)
)${row};
create index share_day on share (day);

alter table follower add column domain text not null default '';
update follower set domain = host;
create index follower_domain on follower (domain);

alter table contact_message add column refused_at text;

alter table referent add column proposed_domain text;

alter table tombstone add column domain text;
update tombstone set domain = ${host} where ours = 0;
create index tombstone_domain on tombstone (domain, deleted_at) where domain is not null
`

export const up = {
  sqlite: tables(
    'integer',
    ' strict, without rowid',
    // What follows "://", as far as the next slash.
    `substr(substr(uri, instr(uri, '://') + 3), 1, instr(substr(uri, instr(uri, '://') + 3) || '/', '/') - 1)`,
  ),
  postgres: tables('bigint', '', `split_part(split_part(uri, '://', 2), '/', 1)`),
}
