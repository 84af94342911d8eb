/**
 * People who lead cafés, ours and those of other servers in one table (`peer_id` is null for ours). What only the person
 * and the team know (`facilitator_contact`), the links that open a profile to its person, and the log of what was agreed
 * to are tables of their own: nothing that shows a profile reads them. What is written and not yet agreed to waits in
 * `facilitator_draft`, so that a profile holds nothing but what its person agreed to show or to keep. Whatever is about one profile goes with its row.
 *
 * A withdrawn profile leaves the hash of its address, so that the address answers 410 and is never given to somebody
 * else; `withdrawal_server` is the report of where that was told. At a directory `erased_profile` keeps an old message
 * from bringing a withdrawn profile back.
 */
const shown = ['facilitator', 'cafe_facilitator', 'withdrawal']
const events = ['insert', 'update', 'delete']

const triggers = (end: string): string[] =>
  shown.flatMap((table) =>
    events.map(
      (event) => `create trigger content_${table}_${event} after ${event} on ${table} ${end}`,
    ),
  )

export const up = {
  sqlite: [
    `create table facilitator (
  id text primary key,
  handle text not null check (handle <> ''),
  uri text not null unique,
  url text not null,
  actor_uri text unique,
  organization_id text references organization on delete cascade,
  peer_id text references peer on delete cascade,
  name text not null,
  word text not null check (word in ('animatrice', 'animateur', 'neutre')),
  territory text,
  departement text,
  region text,
  latitude real check (latitude between -90 and 90),
  longitude real check (longitude between -180 and 180),
  radius_km integer check (radius_km between 0 and 1000),
  formats text not null default '[]',
  themes text not null default '[]',
  languages text not null default '[]',
  status text check (status in ('conseiller-numerique', 'mediateur', 'benevole', 'agent', 'autre')),
  training text check (training in ('none', 'enrolled', 'in-progress', 'trained')),
  trained_on text,
  availability text,
  presentation text,
  media_id text references media,
  photo_url text,
  photo_alt text,
  photo_width integer check (photo_width > 0),
  photo_height integer check (photo_height > 0),
  photo_sizes text,
  contact text not null check (contact in ('relay', 'shown', 'none')),
  shown_contact text,
  level text not null check (level in ('public', 'network', 'nobody')),
  field_levels text not null default '{}',
  in_directory integer not null default 0 check (in_directory in (0, 1)),
  fediverse integer not null default 0 check (fediverse in (0, 1)),
  state text not null check (state in ('invited', 'draft', 'published', 'unpublished', 'expired')),
  approved_at text,
  consented_at text,
  expires_at text,
  reminded_at text,
  created_at text not null,
  updated_at text not null,
  search_text text not null default '',
  check ((organization_id is null) <> (peer_id is null)),
  check ((latitude is null) = (longitude is null)),
  check ((photo_url is null) = (photo_alt is null)),
  check (state <> 'published' or name <> ''),
  check (
    state <> 'published' or peer_id is not null
    or (territory is not null and consented_at is not null and expires_at is not null and approved_at is not null)
  )
) strict`,
    `create unique index facilitator_handle on facilitator (handle) where peer_id is null`,
    `create index facilitator_state on facilitator (state, expires_at)`,
    `create index facilitator_departement on facilitator (departement)`,
    `create index facilitator_peer on facilitator (peer_id) where peer_id is not null`,
    `create index facilitator_organization on facilitator (organization_id) where organization_id is not null`,
    `create index facilitator_media on facilitator (media_id) where media_id is not null`,
    `create table facilitator_contact (
  facilitator_id text primary key references facilitator on delete cascade,
  email text check (email like '%_@_%'),
  confirmed_at text,
  is_adult_at text
) strict, without rowid`,
    `create index facilitator_contact_email on facilitator_contact (email)`,
    `create table facilitator_draft (
  facilitator_id text primary key references facilitator on delete cascade,
  body text not null,
  media_id text references media,
  updated_at text not null
) strict, without rowid`,
    `create index facilitator_draft_media on facilitator_draft (media_id) where media_id is not null`,
    `create table facilitator_link (
  token_hash text primary key,
  facilitator_id text not null references facilitator on delete cascade,
  mailed_to text,
  created_at text not null,
  expires_at text
) strict, without rowid`,
    `create index facilitator_link_facilitator on facilitator_link (facilitator_id)`,
    `create table consent (
  id text primary key,
  facilitator_id text not null references facilitator on delete cascade,
  field text not null,
  level text not null check (level in ('public', 'network', 'nobody')),
  text text not null check (text <> ''),
  lang text not null check (lang in ('fr', 'en')),
  at text not null,
  ended_at text
) strict, without rowid`,
    `create index consent_facilitator on consent (facilitator_id, at)`,
    `create table cafe_facilitator (
  cafe_id text not null references cafe on delete cascade,
  facilitator_id text not null references facilitator on delete cascade,
  position integer not null,
  primary key (cafe_id, facilitator_id)
) strict, without rowid`,
    `create index cafe_facilitator_facilitator on cafe_facilitator (facilitator_id)`,
    `create table withdrawal (
  id text primary key,
  uri_hash text not null unique,
  actor_uri_hash text unique,
  token_hash text unique,
  at text not null
) strict, without rowid`,
    `create table withdrawal_server (
  withdrawal_id text not null references withdrawal on delete cascade,
  host text not null,
  activity_id text,
  state text not null check (state in ('waiting', 'delivered', 'confirmed', 'failed')),
  at text not null,
  primary key (withdrawal_id, host)
) strict, without rowid`,
    `create index withdrawal_server_activity on withdrawal_server (activity_id)`,
    `create table erased_profile (
  uri_hash text primary key,
  at text not null
) strict, without rowid`,
    `alter table mail add column facilitator_id text references facilitator on delete cascade`,
    `alter table mail add column reply_to text`,
    `create index mail_facilitator on mail (facilitator_id) where facilitator_id is not null`,
    ...triggers('begin update content_version set version = abs(random() % 9007199254740992); end'),
  ],
  postgres: [
    `create table facilitator (
  id text primary key,
  handle text not null check (handle <> ''),
  uri text not null unique,
  url text not null,
  actor_uri text unique,
  organization_id text references organization on delete cascade,
  peer_id text references peer on delete cascade,
  name text not null,
  word text not null check (word in ('animatrice', 'animateur', 'neutre')),
  territory text,
  departement text,
  region text,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  radius_km bigint check (radius_km between 0 and 1000),
  formats text not null default '[]',
  themes text not null default '[]',
  languages text not null default '[]',
  status text check (status in ('conseiller-numerique', 'mediateur', 'benevole', 'agent', 'autre')),
  training text check (training in ('none', 'enrolled', 'in-progress', 'trained')),
  trained_on text,
  availability text,
  presentation text,
  media_id text references media,
  photo_url text,
  photo_alt text,
  photo_width bigint check (photo_width > 0),
  photo_height bigint check (photo_height > 0),
  photo_sizes text,
  contact text not null check (contact in ('relay', 'shown', 'none')),
  shown_contact text,
  level text not null check (level in ('public', 'network', 'nobody')),
  field_levels text not null default '{}',
  in_directory bigint not null default 0 check (in_directory in (0, 1)),
  fediverse bigint not null default 0 check (fediverse in (0, 1)),
  state text not null check (state in ('invited', 'draft', 'published', 'unpublished', 'expired')),
  approved_at text,
  consented_at text,
  expires_at text,
  reminded_at text,
  created_at text not null,
  updated_at text not null,
  search_text text not null default '',
  check ((organization_id is null) <> (peer_id is null)),
  check ((latitude is null) = (longitude is null)),
  check ((photo_url is null) = (photo_alt is null)),
  check (state <> 'published' or name <> ''),
  check (
    state <> 'published' or peer_id is not null
    or (territory is not null and consented_at is not null and expires_at is not null and approved_at is not null)
  )
)`,
    `create unique index facilitator_handle on facilitator (handle) where peer_id is null`,
    `create index facilitator_state on facilitator (state, expires_at)`,
    `create index facilitator_departement on facilitator (departement)`,
    `create index facilitator_peer on facilitator (peer_id) where peer_id is not null`,
    `create index facilitator_organization on facilitator (organization_id) where organization_id is not null`,
    `create index facilitator_media on facilitator (media_id) where media_id is not null`,
    `create table facilitator_contact (
  facilitator_id text primary key references facilitator on delete cascade,
  email text check (email like '%_@_%'),
  confirmed_at text,
  is_adult_at text
)`,
    `create index facilitator_contact_email on facilitator_contact (email)`,
    `create table facilitator_draft (
  facilitator_id text primary key references facilitator on delete cascade,
  body text not null,
  media_id text references media,
  updated_at text not null
)`,
    `create index facilitator_draft_media on facilitator_draft (media_id) where media_id is not null`,
    `create table facilitator_link (
  token_hash text primary key,
  facilitator_id text not null references facilitator on delete cascade,
  mailed_to text,
  created_at text not null,
  expires_at text
)`,
    `create index facilitator_link_facilitator on facilitator_link (facilitator_id)`,
    `create table consent (
  id text primary key,
  facilitator_id text not null references facilitator on delete cascade,
  field text not null,
  level text not null check (level in ('public', 'network', 'nobody')),
  text text not null check (text <> ''),
  lang text not null check (lang in ('fr', 'en')),
  at text not null,
  ended_at text
)`,
    `create index consent_facilitator on consent (facilitator_id, at)`,
    `create table cafe_facilitator (
  cafe_id text not null references cafe on delete cascade,
  facilitator_id text not null references facilitator on delete cascade,
  position bigint not null,
  primary key (cafe_id, facilitator_id)
)`,
    `create index cafe_facilitator_facilitator on cafe_facilitator (facilitator_id)`,
    `create table withdrawal (
  id text primary key,
  uri_hash text not null unique,
  actor_uri_hash text unique,
  token_hash text unique,
  at text not null
)`,
    `create table withdrawal_server (
  withdrawal_id text not null references withdrawal on delete cascade,
  host text not null,
  activity_id text,
  state text not null check (state in ('waiting', 'delivered', 'confirmed', 'failed')),
  at text not null,
  primary key (withdrawal_id, host)
)`,
    `create index withdrawal_server_activity on withdrawal_server (activity_id)`,
    `create table erased_profile (
  uri_hash text primary key,
  at text not null
)`,
    `alter table mail add column facilitator_id text references facilitator on delete cascade`,
    `alter table mail add column reply_to text`,
    `create index mail_facilitator on mail (facilitator_id) where facilitator_id is not null`,
    ...triggers('for each statement execute function content_changed()'),
  ],
}
