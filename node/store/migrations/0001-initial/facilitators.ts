import type { Dialect, Statements } from '../dialect.ts'

/**
 * Facilitators, ours and those of other servers in one table (`peer_id` is null for ours). It holds only what the
 * person agreed to show or to store. Rows about a profile are deleted with its row. For those of others, `checked_at`
 * is when the profile was last read at its own address, `confirmed_at` when its site last named it.
 */
export const facilitators = ({ integer, real, strict }: Dialect): Statements => `
create table facilitator (
  id text primary key,
  handle text not null check (handle <> ''),
  alias text,
  uri text not null unique,
  url text not null,
  actor_uri text unique,
  organization_id text references organization on delete cascade,
  peer_id text references peer on delete cascade,
  name text not null,
  title text not null check (title in ('animatrice', 'animateur', 'neutre')),
  territory text,
  departement text,
  region text,
  latitude ${real} check (latitude between -90 and 90),
  longitude ${real} check (longitude between -180 and 180),
  radius_km ${integer} check (radius_km between 0 and 1000),
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
  photo_width ${integer} check (photo_width > 0),
  photo_height ${integer} check (photo_height > 0),
  photo_sizes text,
  contact text not null check (contact in ('relay', 'shown', 'none')),
  shown_contact text,
  level text not null check (level in ('public', 'network', 'nobody')),
  field_levels text not null default '{}',
  directories text not null default '[]',
  mandates text not null default '[]',
  fediverse ${integer} not null default 0 check (fediverse in (0, 1)),
  state text not null check (state in ('invited', 'draft', 'published', 'unpublished', 'expired', 'hidden')),
  approved_at text,
  consented_at text,
  expires_at text,
  reminded_at text,
  created_at text not null,
  updated_at text not null,
  checked_at text,
  confirmed_at text,
  check ((organization_id is null) <> (peer_id is null)),
  check ((latitude is null) = (longitude is null)),
  check ((photo_url is null) = (photo_alt is null)),
  check (state <> 'published' or name <> ''),
  check (state <> 'hidden' or peer_id is not null),
  check (
    state <> 'published' or peer_id is not null
    or (territory is not null and consented_at is not null and expires_at is not null and approved_at is not null)
  )
) ${strict};
create unique index facilitator_handle on facilitator (handle) where peer_id is null;
create unique index facilitator_alias on facilitator (alias) where alias is not null;
create index facilitator_state on facilitator (state, expires_at);
create index facilitator_departement on facilitator (departement);
create index facilitator_organization on facilitator (organization_id) where organization_id is not null;
create index facilitator_peer on facilitator (peer_id) where peer_id is not null;
create index facilitator_confirmed on facilitator (confirmed_at) where peer_id is not null;
create index facilitator_checked on facilitator (checked_at) where peer_id is not null;
create index facilitator_claims on facilitator (id) where mandates <> '[]';
create index facilitator_media on facilitator (media_id) where media_id is not null;
`

/**
 * Rows that belong to a profile. `facilitator_contact` has what only the person and the team know (`next_email` is not
 * confirmed yet); no code that shows a profile reads this table. `facilitator_draft` is what was written and not yet
 * agreed to. `facilitator_entry` is the index in which an audience finds a profile: one row for everybody and one for
 * the structures of the network, each without what that audience may not see. `cafe_facilitator` says whom our team
 * names as leading a café (`answer`: what the person says of it, `told_at`: when they were asked by mail;
 * `always_named_at`: since when they agree to every café of this place, `named_mail`: whether they are mailed about
 * it), `facilitates` which cafés a person of a peer leads, and `facilitator_picture` is the copy of their photo.
 * `directory_question` has the hosts of the directories that a person was asked about, so that each is asked about
 * once.
 */
export const facilitatorRows = (dialect: Dialect): Statements => {
  const { integer, real, bytes, strictByKey } = dialect
  return `
create table facilitator_contact (
  facilitator_id text primary key references facilitator on delete cascade,
  email text check (email like '%_@_%'),
  next_email text check (next_email like '%_@_%'),
  confirmed_at text,
  is_adult_at text,
  always_named_at text,
  named_mail ${integer} not null default 1 check (named_mail in (0, 1))
) ${strictByKey};
create index facilitator_contact_email on facilitator_contact (email);

create table facilitator_draft (
  facilitator_id text primary key references facilitator on delete cascade,
  body text not null,
  media_id text references media,
  updated_at text not null
) ${strictByKey};
create index facilitator_draft_media on facilitator_draft (media_id) where media_id is not null;

create table facilitator_entry (
  facilitator_id text not null references facilitator on delete cascade,
  audience text not null check (audience in ('public', 'network')),
  name text not null,
  peer_id text,
  organization_id text,
  title text not null,
  territory text,
  departement text,
  region text,
  latitude ${real},
  longitude ${real},
  radius_km ${real},
  training text,
  languages text not null,
  formats text not null,
  themes text not null,
  words text not null,
  expires_at text,
  primary key (audience, name, facilitator_id)
) ${strictByKey};
create index facilitator_entry_facilitator on facilitator_entry (facilitator_id);

create table directory_question (
  facilitator_id text not null references facilitator on delete cascade,
  host text not null check (host <> ''),
  at text not null,
  primary key (facilitator_id, host)
) ${strictByKey};

create table facilitator_picture (
  facilitator_id text primary key references facilitator on delete cascade,
  address text not null,
  bytes ${bytes} not null,
  width ${integer} not null,
  height ${integer} not null
) ${strictByKey};

create table cafe_facilitator (
  cafe_id text not null references cafe on delete cascade,
  facilitator_id text not null references facilitator on delete cascade,
  position ${integer} not null,
  answer text check (answer in ('yes', 'no')),
  told_at text,
  primary key (cafe_id, facilitator_id)
) ${strictByKey};
create index cafe_facilitator_facilitator on cafe_facilitator (facilitator_id);

create table facilitates (
  facilitator_id text not null references facilitator on delete cascade,
  cafe_uri text not null,
  primary key (facilitator_id, cafe_uri)
) ${strictByKey};
create index facilitates_cafe on facilitates (cafe_uri);
`
}
