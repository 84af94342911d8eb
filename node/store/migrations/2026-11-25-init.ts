/**
 * The first tables. Instants are text `YYYY-MM-DDTHH:MM:SSZ`; lists are JSON arrays of strings. PostgreSQL has numbers of
 * 64 bits where SQLite has no other, and learns two functions of SQLite's.
 */
export const up = {
  sqlite: `
create table setting (
  name text primary key,
  value text not null
) strict, without rowid;

create table organization (
  id text primary key,
  slug text not null unique check (slug <> ''),
  name text not null check (name <> ''),
  created_at text not null
) strict;

create table account (
  id text primary key,
  email text not null unique check (email like '%_@_%'),
  name text not null default '',
  password_hash text,
  created_at text not null
) strict;

create table role (
  account_id text not null references account on delete cascade,
  organization_id text not null references organization on delete cascade,
  role text not null check (role in ('administrator', 'editor')),
  primary key (account_id, organization_id)
) strict, without rowid;

create table session (
  token_hash text primary key,
  account_id text not null references account on delete cascade,
  user_agent text not null default '',
  created_at text not null,
  last_used_at text not null,
  expires_at text not null
) strict, without rowid;

create table sign_in_link (
  token_hash text primary key,
  account_id text not null references account on delete cascade,
  created_at text not null,
  expires_at text not null,
  used_at text
) strict, without rowid;

create table api_token (
  id text primary key,
  organization_id text not null references organization on delete cascade,
  label text not null,
  token_hash text not null unique,
  created_at text not null,
  last_used_at text,
  revoked_at text
) strict;

create table idempotent_answer (
  token_id text not null references api_token on delete cascade,
  key text not null,
  request_hash text not null,
  status integer not null,
  body text not null,
  created_at text not null,
  primary key (token_id, key)
) strict, without rowid;

create table venue (
  id text primary key,
  organization_id text not null references organization on delete cascade,
  reference text,
  name text not null check (name <> ''),
  street_address text,
  postal_code text,
  commune text not null,
  code_insee text,
  departement text,
  region text,
  latitude real check (latitude between -90 and 90),
  longitude real check (longitude between -180 and 180),
  updated_at text not null,
  unique (organization_id, reference)
) strict;

create table peer (
  id text primary key,
  host text not null,
  origin text not null,
  actor_uri text not null unique,
  name text not null,
  software text,
  membership text not null default 'none'
    check (membership in ('none', 'requested', 'member', 'refused', 'left')),
  following text not null default 'none'
    check (following in ('none', 'asked', 'accepted', 'refused')),
  invitation text,
  request_id text,
  requested_at text,
  admitted_at text,
  left_at text,
  last_seen_at text,
  failing_since text,
  last_error text,
  backfilled_at text,
  reconciled_at text
) strict;
create index peer_host on peer (host);

create table invitation (
  code_hash text primary key,
  organization_id text not null references organization on delete cascade,
  label text not null,
  created_at text not null,
  expires_at text not null,
  used_at text,
  used_by text
) strict, without rowid;

create table blocked_domain (
  domain text primary key,
  reason text not null default '',
  created_at text not null
) strict, without rowid;

create table remote_actor (
  uri text primary key,
  host text not null,
  type text not null,
  name text not null,
  preferred_username text,
  inbox text not null,
  shared_inbox text,
  fetched_at text not null
) strict, without rowid;

create table remote_key (
  key_id text primary key,
  actor_uri text not null,
  pem text not null,
  fetched_at text not null
) strict, without rowid;
create index remote_key_actor on remote_key (actor_uri);

create table actor_key (
  key_id text primary key,
  actor text not null,
  algorithm text not null check (algorithm in ('rsa', 'ed25519')),
  private_pem text not null,
  public_pem text not null,
  created_at text not null,
  retired_at text
) strict, without rowid;
create unique index actor_key_current on actor_key (actor, algorithm) where retired_at is null;

create table follower (
  actor text not null,
  uri text not null,
  host text not null,
  inbox text not null,
  shared_inbox text,
  follow_id text not null,
  created_at text not null,
  primary key (actor, uri)
) strict, without rowid;
create index follower_uri on follower (uri);

create table following (
  id text primary key,
  actor text not null,
  address text not null,
  target_uri text,
  follow_id text not null unique,
  is_join integer not null check (is_join in (0, 1)),
  invitation text,
  state text not null check (state in ('asked', 'accepted', 'refused', 'failed')),
  error text,
  created_at text not null,
  answered_at text
) strict;
create unique index following_target on following (actor, target_uri) where target_uri is not null;

create table cafe (
  id text primary key,
  uri text not null unique,
  url text not null,
  uid text not null,
  recurrence_id text,
  reference text,
  series text,
  organization_id text references organization on delete cascade,
  peer_id text references peer on delete cascade,
  organizer_uri text not null,
  organizer_name text not null,
  organizer_url text not null,
  publication text not null check (publication in ('draft', 'scheduled', 'published')),
  publish_at text,
  published_at text,
  updated_at text not null,
  confirmed_at text,
  hidden_reason text,
  title text not null check (title <> ''),
  summary text,
  description_markdown text,
  description_html text not null,
  starts_at text not null,
  ends_at text not null check (ends_at > starts_at),
  timezone text not null,
  status text not null
    check (status in ('scheduled', 'cancelled', 'postponed', 'rescheduled', 'moved-online')),
  status_note text,
  previous_starts_at text,
  attendance_mode text not null check (attendance_mode in ('offline', 'online', 'mixed')),
  online_url text,
  open_to text not null check (open_to in ('public', 'reserved')),
  intentions text not null,
  languages text not null,
  speakers text not null,
  support text,
  phone text,
  venue_id text references venue on delete set null,
  venue_name text,
  street_address text,
  postal_code text,
  commune text,
  code_insee text,
  departement text,
  region text,
  latitude real check (latitude between -90 and 90),
  longitude real check (longitude between -180 and 180),
  format text,
  themes text not null,
  audiences text not null,
  accessibility text not null,
  registration_mode text not null
    check (registration_mode in ('none', 'local', 'external', 'phone')),
  registration_url text,
  capacity integer check (capacity > 0),
  seats_left integer check (seats_left >= 0),
  waitlist integer not null check (waitlist in (0, 1)),
  image_url text,
  image_alt text,
  search_text text not null,
  check ((organization_id is null) <> (peer_id is null)),
  check (publication <> 'scheduled' or publish_at is not null),
  check (publication <> 'published' or published_at is not null),
  check (image_url is null or image_alt is not null)
) strict;
create unique index cafe_identity on cafe (organization_id, uid, coalesce(recurrence_id, ''))
  where organization_id is not null;
create unique index cafe_reference on cafe (organization_id, reference)
  where organization_id is not null and reference is not null;
create index cafe_starts_at on cafe (starts_at, id);
create index cafe_peer on cafe (peer_id, starts_at);
create index cafe_updated_at on cafe (updated_at, id);
create index cafe_place on cafe (latitude, longitude);
create index cafe_publish_at on cafe (publish_at) where publication = 'scheduled';

create table document (
  uri text primary key,
  updated_at text not null,
  body text not null
) strict, without rowid;

create table activity (
  seq integer primary key autoincrement,
  id text not null unique,
  actor text not null,
  type text not null,
  object_uri text not null,
  body text not null,
  created_at text not null
) strict;
create index activity_actor on activity (actor, seq);

create table change (
  id integer primary key autoincrement,
  body text not null,
  created_at text not null,
  due_at text not null,
  attempts integer not null default 0,
  error text,
  done_at text
) strict;
create index change_pending on change (id) where done_at is null;

create table delivery (
  id integer primary key autoincrement,
  activity_seq integer not null references activity on delete cascade,
  signer text not null,
  inbox text not null,
  host text not null,
  object_uri text not null,
  due_at text not null,
  lease_until text,
  attempts integer not null default 0,
  last_error text,
  parked_at text,
  created_at text not null,
  unique (activity_seq, inbox)
) strict;
create index delivery_due on delivery (due_at, id) where parked_at is null;
create index delivery_order on delivery (inbox, object_uri, id);
create index delivery_host on delivery (host);

create table host (
  name text primary key,
  signature text check (signature in ('cavage', 'rfc9421')),
  software text,
  software_at text,
  failing_since text,
  last_success_at text
) strict, without rowid;

create table task (
  id integer primary key autoincrement,
  kind text not null,
  subject text not null,
  cursor text,
  due_at text not null,
  lease_until text,
  attempts integer not null default 0,
  last_error text,
  unique (kind, subject)
) strict;
create index task_due on task (due_at, id);

create table seen (
  actor text not null,
  activity_id text not null,
  at text not null,
  primary key (actor, activity_id)
) strict, without rowid;
create index seen_at on seen (at);

create table tombstone (
  uri text primary key,
  ours integer not null check (ours in (0, 1)),
  deleted_at text not null
) strict, without rowid;
create index tombstone_deleted_at on tombstone (deleted_at);

create table announced (
  actor text not null,
  object_uri text not null,
  activity_id text not null,
  at text not null,
  primary key (actor, object_uri)
) strict, without rowid;

create table counted (
  name text not null,
  day text not null,
  total integer not null,
  primary key (name, day)
) strict, without rowid
`,
  postgres: `
create function instr(text, text) returns integer
  language sql immutable strict parallel safe
  return strpos($1, $2);

create function unixepoch(text) returns bigint
  language sql immutable strict parallel safe
  return extract(epoch from $1::timestamp)::bigint;

create table setting (
  name text primary key,
  value text not null
);

create table organization (
  id text primary key,
  slug text not null unique check (slug <> ''),
  name text not null check (name <> ''),
  created_at text not null
);

create table account (
  id text primary key,
  email text not null unique check (email like '%_@_%'),
  name text not null default '',
  password_hash text,
  created_at text not null
);

create table role (
  account_id text not null references account on delete cascade,
  organization_id text not null references organization on delete cascade,
  role text not null check (role in ('administrator', 'editor')),
  primary key (account_id, organization_id)
);

create table session (
  token_hash text primary key,
  account_id text not null references account on delete cascade,
  user_agent text not null default '',
  created_at text not null,
  last_used_at text not null,
  expires_at text not null
);

create table sign_in_link (
  token_hash text primary key,
  account_id text not null references account on delete cascade,
  created_at text not null,
  expires_at text not null,
  used_at text
);

create table api_token (
  id text primary key,
  organization_id text not null references organization on delete cascade,
  label text not null,
  token_hash text not null unique,
  created_at text not null,
  last_used_at text,
  revoked_at text
);

create table idempotent_answer (
  token_id text not null references api_token on delete cascade,
  key text not null,
  request_hash text not null,
  status bigint not null,
  body text not null,
  created_at text not null,
  primary key (token_id, key)
);

create table venue (
  id text primary key,
  organization_id text not null references organization on delete cascade,
  reference text,
  name text not null check (name <> ''),
  street_address text,
  postal_code text,
  commune text not null,
  code_insee text,
  departement text,
  region text,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  updated_at text not null,
  unique (organization_id, reference)
);

create table peer (
  id text primary key,
  host text not null,
  origin text not null,
  actor_uri text not null unique,
  name text not null,
  software text,
  membership text not null default 'none'
    check (membership in ('none', 'requested', 'member', 'refused', 'left')),
  following text not null default 'none'
    check (following in ('none', 'asked', 'accepted', 'refused')),
  invitation text,
  request_id text,
  requested_at text,
  admitted_at text,
  left_at text,
  last_seen_at text,
  failing_since text,
  last_error text,
  backfilled_at text,
  reconciled_at text
);
create index peer_host on peer (host);

create table invitation (
  code_hash text primary key,
  organization_id text not null references organization on delete cascade,
  label text not null,
  created_at text not null,
  expires_at text not null,
  used_at text,
  used_by text
);

create table blocked_domain (
  domain text primary key,
  reason text not null default '',
  created_at text not null
);

create table remote_actor (
  uri text primary key,
  host text not null,
  type text not null,
  name text not null,
  preferred_username text,
  inbox text not null,
  shared_inbox text,
  fetched_at text not null
);

create table remote_key (
  key_id text primary key,
  actor_uri text not null,
  pem text not null,
  fetched_at text not null
);
create index remote_key_actor on remote_key (actor_uri);

create table actor_key (
  key_id text primary key,
  actor text not null,
  algorithm text not null check (algorithm in ('rsa', 'ed25519')),
  private_pem text not null,
  public_pem text not null,
  created_at text not null,
  retired_at text
);
create unique index actor_key_current on actor_key (actor, algorithm) where retired_at is null;

create table follower (
  actor text not null,
  uri text not null,
  host text not null,
  inbox text not null,
  shared_inbox text,
  follow_id text not null,
  created_at text not null,
  primary key (actor, uri)
);
create index follower_uri on follower (uri);

create table following (
  id text primary key,
  actor text not null,
  address text not null,
  target_uri text,
  follow_id text not null unique,
  is_join bigint not null check (is_join in (0, 1)),
  invitation text,
  state text not null check (state in ('asked', 'accepted', 'refused', 'failed')),
  error text,
  created_at text not null,
  answered_at text
);
create unique index following_target on following (actor, target_uri) where target_uri is not null;

create table cafe (
  id text primary key,
  uri text not null unique,
  url text not null,
  uid text not null,
  recurrence_id text,
  reference text,
  series text,
  organization_id text references organization on delete cascade,
  peer_id text references peer on delete cascade,
  organizer_uri text not null,
  organizer_name text not null,
  organizer_url text not null,
  publication text not null check (publication in ('draft', 'scheduled', 'published')),
  publish_at text,
  published_at text,
  updated_at text not null,
  confirmed_at text,
  hidden_reason text,
  title text not null check (title <> ''),
  summary text,
  description_markdown text,
  description_html text not null,
  starts_at text not null,
  ends_at text not null check (ends_at > starts_at),
  timezone text not null,
  status text not null
    check (status in ('scheduled', 'cancelled', 'postponed', 'rescheduled', 'moved-online')),
  status_note text,
  previous_starts_at text,
  attendance_mode text not null check (attendance_mode in ('offline', 'online', 'mixed')),
  online_url text,
  open_to text not null check (open_to in ('public', 'reserved')),
  intentions text not null,
  languages text not null,
  speakers text not null,
  support text,
  phone text,
  venue_id text references venue on delete set null,
  venue_name text,
  street_address text,
  postal_code text,
  commune text,
  code_insee text,
  departement text,
  region text,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  format text,
  themes text not null,
  audiences text not null,
  accessibility text not null,
  registration_mode text not null
    check (registration_mode in ('none', 'local', 'external', 'phone')),
  registration_url text,
  capacity bigint check (capacity > 0),
  seats_left bigint check (seats_left >= 0),
  waitlist bigint not null check (waitlist in (0, 1)),
  image_url text,
  image_alt text,
  search_text text not null,
  check ((organization_id is null) <> (peer_id is null)),
  check (publication <> 'scheduled' or publish_at is not null),
  check (publication <> 'published' or published_at is not null),
  check (image_url is null or image_alt is not null)
);
create unique index cafe_identity on cafe (organization_id, uid, coalesce(recurrence_id, ''))
  where organization_id is not null;
create unique index cafe_reference on cafe (organization_id, reference)
  where organization_id is not null and reference is not null;
create index cafe_starts_at on cafe (starts_at, id);
create index cafe_peer on cafe (peer_id, starts_at);
create index cafe_updated_at on cafe (updated_at, id);
create index cafe_place on cafe (latitude, longitude);
create index cafe_publish_at on cafe (publish_at) where publication = 'scheduled';

create table document (
  uri text primary key,
  updated_at text not null,
  body text not null
);

create table activity (
  seq bigint generated by default as identity primary key,
  id text not null unique,
  actor text not null,
  type text not null,
  object_uri text not null,
  body text not null,
  created_at text not null
);
create index activity_actor on activity (actor, seq);

create table change (
  id bigint generated by default as identity primary key,
  body text not null,
  created_at text not null,
  due_at text not null,
  attempts bigint not null default 0,
  error text,
  done_at text
);
create index change_pending on change (id) where done_at is null;

create table delivery (
  id bigint generated by default as identity primary key,
  activity_seq bigint not null references activity on delete cascade,
  signer text not null,
  inbox text not null,
  host text not null,
  object_uri text not null,
  due_at text not null,
  lease_until text,
  attempts bigint not null default 0,
  last_error text,
  parked_at text,
  created_at text not null,
  unique (activity_seq, inbox)
);
create index delivery_due on delivery (due_at, id) where parked_at is null;
create index delivery_order on delivery (inbox, object_uri, id);
create index delivery_host on delivery (host);

create table host (
  name text primary key,
  signature text check (signature in ('cavage', 'rfc9421')),
  software text,
  software_at text,
  failing_since text,
  last_success_at text
);

create table task (
  id bigint generated by default as identity primary key,
  kind text not null,
  subject text not null,
  cursor text,
  due_at text not null,
  lease_until text,
  attempts bigint not null default 0,
  last_error text,
  unique (kind, subject)
);
create index task_due on task (due_at, id);

create table seen (
  actor text not null,
  activity_id text not null,
  at text not null,
  primary key (actor, activity_id)
);
create index seen_at on seen (at);

create table tombstone (
  uri text primary key,
  ours bigint not null check (ours in (0, 1)),
  deleted_at text not null
);
create index tombstone_deleted_at on tombstone (deleted_at);

create table announced (
  actor text not null,
  object_uri text not null,
  activity_id text not null,
  at text not null,
  primary key (actor, object_uri)
);

create table counted (
  name text not null,
  day text not null,
  total bigint not null,
  primary key (name, day)
)
`,
}
