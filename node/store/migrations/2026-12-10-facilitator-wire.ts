/**
 * People on other servers. `facilitator_reached` is where something of a profile or of its account was ever sent: by the
 * hash of the address, so that it outlives the profile until everybody there was asked to forget it. `facilitates` are
 * the cafés that a peer's person leads, `facilitator_picture` the copy of their photo: both go with the row.
 * `contact_message` waits for the
 * minute in which it is handed on, to the profile's own site or to the directory that knows it (`via`). `flushed_at` of what is forgotten: since when no byte
 * of it is left in the files.
 */
const events = ['insert', 'update', 'delete']

const triggers = (end: string): string[] =>
  ['facilitates', 'facilitator_picture'].flatMap((table) =>
    events.map(
      (event) => `create trigger content_${table}_${event} after ${event} on ${table} ${end}`,
    ),
  )

const tables = (ending: string, types: { bytes: string; integer: string }): string[] => [
  `create table facilitator_reached (
  uri_hash text not null,
  inbox text not null,
  host text not null,
  kind text not null check (kind in ('profile', 'account')),
  at text not null,
  primary key (uri_hash, kind, inbox)
)${ending}`,
  `create table facilitates (
  facilitator_id text not null references facilitator on delete cascade,
  cafe_uri text not null,
  primary key (facilitator_id, cafe_uri)
)${ending}`,
  'create index facilitates_cafe on facilitates (cafe_uri)',
  `create table facilitator_picture (
  facilitator_id text primary key references facilitator on delete cascade,
  address text not null,
  bytes ${types.bytes} not null,
  width ${types.integer} not null,
  height ${types.integer} not null
)${ending}`,
  `create table contact_message (
  id text primary key,
  profile_uri text not null,
  via text,
  name text not null,
  email text not null,
  text text not null,
  at text not null
)${ending}`,
  'alter table facilitator add column checked_at text',
  'create index facilitator_checked on facilitator (checked_at) where peer_id is not null',
  'alter table erased_profile add column flushed_at text',
  'alter table withdrawal add column flushed_at text',
]

export const up = {
  sqlite: [
    ...tables(' strict, without rowid', { bytes: 'blob', integer: 'integer' }),
    ...triggers('begin update content_version set version = abs(random() % 9007199254740992); end'),
  ],
  postgres: [
    ...tables('', { bytes: 'bytea', integer: 'bigint' }),
    ...triggers('for each statement execute function content_changed()'),
  ],
}
