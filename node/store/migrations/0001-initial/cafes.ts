import type { Dialect, Statements } from '../dialect.ts'

/**
 * The venues of an organisation. `access` says how to get in; `accessibility` is a JSON array of the codes that say who
 * is welcome.
 */
export const venues = ({ real, strict, isJson }: Dialect): Statements => `
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
  latitude ${real} check (latitude between -90 and 90),
  longitude ${real} check (longitude between -180 and 180),
  access text check (access <> ''),
  accessibility text not null default '[]' check (${isJson('accessibility')}),
  acceslibre_url text check (acceslibre_url like 'http%'),
  closures text check (closures <> ''),
  updated_at text not null,
  unique (organization_id, reference)
) ${strict};
`

/**
 * Cafés, ours (`organization_id`) and those of others. A café belongs to the origin of its id. `peer_id` is the server
 * from which it is received: its own where that is followed, otherwise another one that announced it. `cafe_announcer`
 * keeps every server that announced a café of another origin, so that the café stays when one of them leaves.
 * `origin_host` is the host of its origin, so that a blocked domain's cafés are hidden also when other servers forward
 * them.
 *
 * `wall_starts_at` and `wall_ends_at` are local times: rules of time zones change, opening hours do not.
 * `registrants_url` is given only to people who signed up. The UID of a peer's café is empty where it is the one that
 * our software gives a café of that address. `announced_for` is the name of the structure for which a referent announced
 * the café at the directory, `announced_under` the territory of the mandate. A draft is `undated` while its `starts_at`
 * is a placeholder, which nothing shows. `change_number` and `changed_at` are those of the last change (`listings.ts`).
 */
export const cafes = ({ integer, real, strict }: Dialect): Statements => `
create table cafe (
  id text primary key,
  uri text not null unique,
  origin_host text not null,
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
  edited_at text,
  confirmed_at text,
  hidden_reason text,
  title text not null check (title <> ''),
  summary text,
  description_markdown text,
  description_html text not null,
  description_text text not null,
  starts_at text not null,
  ends_at text not null check (ends_at > starts_at),
  wall_starts_at text not null,
  wall_ends_at text not null,
  timezone text not null,
  status text not null
    check (status in ('scheduled', 'cancelled', 'postponed', 'rescheduled', 'moved-online')),
  status_note text,
  previous_starts_at text,
  attendance_mode text not null check (attendance_mode in ('offline', 'online', 'mixed')),
  online_url text,
  registrants_url text check (registrants_url like 'http%'),
  open_to text not null check (open_to in ('public', 'reserved')),
  intentions text not null,
  languages text not null,
  speakers text not null,
  support text,
  phone text,
  venue_id text references venue on delete set null,
  venue_name text,
  venue_access text check (venue_access <> ''),
  venue_acceslibre_url text check (venue_acceslibre_url like 'http%'),
  street_address text,
  postal_code text,
  commune text,
  code_insee text,
  departement text,
  region text,
  latitude ${real} check (latitude between -90 and 90),
  longitude ${real} check (longitude between -180 and 180),
  format text,
  themes text not null,
  resources text,
  audiences text not null,
  accessibility text not null,
  registration_mode text not null
    check (registration_mode in ('none', 'local', 'external', 'phone')),
  registration_url text,
  capacity ${integer} check (capacity > 0),
  seats_left ${integer} check (seats_left >= 0),
  waitlist ${integer} not null check (waitlist in (0, 1)),
  online_capacity ${integer} check (online_capacity > 0),
  seats_by_side text,
  registration_reminders text,
  registration_questions text,
  whole_series ${integer} not null default 0 check (whole_series in (0, 1)),
  image_url text,
  image_alt text,
  image_credit text,
  image_focal_x ${real} check (image_focal_x between -1 and 1),
  image_focal_y ${real} check (image_focal_y between -1 and 1),
  image_width ${integer} check (image_width > 0),
  image_height ${integer} check (image_height > 0),
  image_sizes text,
  media_id text references media,
  announced_for text,
  announced_under text,
  undated ${integer} not null default 0
    check (undated in (0, 1) and (undated = 0 or publication = 'draft')),
  change_number ${integer},
  changed_at ${integer},
  check ((organization_id is null) <> (peer_id is null)),
  check (publication <> 'scheduled' or publish_at is not null),
  check (publication <> 'published' or published_at is not null),
  check (image_url is null or image_alt is not null)
) ${strict};
`

/**
 * The indexes of cafés, with times as seconds since 1970 where that keeps them small. `cafe_own_published` and
 * `cafe_own_starts` serve queries of every minute, which would otherwise read all cafés of others; `cafe_postponed`
 * serves a calendar, which would otherwise read all of its month. `cafe_own_code` finds a café by the end of its id, from
 * which its short code is made.
 */
export const cafeIndexes = ({ isPostgres }: Dialect): Statements => `
create unique index cafe_identity on cafe (organization_id, uid, coalesce(recurrence_id, ''))
  where organization_id is not null;
create unique index cafe_reference on cafe (organization_id, reference)
  where organization_id is not null and reference is not null;
create index cafe_uid on cafe (uid);
create index cafe_series on cafe (series) where series is not null;
create index cafe_starts_at on cafe (starts_at, id);
create index cafe_publish_at on cafe (publish_at) where publication = 'scheduled';
create index cafe_own_published on cafe (published_at) where organization_id is not null;
create index cafe_own_id on cafe (organization_id, id) where organization_id is not null;
create index cafe_own_code on cafe (substr(id, 27)) where organization_id is not null;
create index cafe_own_starts on cafe (organization_id, starts_at) where organization_id is not null;
create index cafe_peer on cafe (peer_id, unixepoch(starts_at));
create index cafe_organizer on cafe (organizer_uri, unixepoch(ends_at));
create index cafe_venue on cafe (venue_id, ends_at) where venue_id is not null;
create index cafe_commune on cafe (code_insee, unixepoch(starts_at)) where code_insee is not null;
${isPostgres ? BY_DEPARTEMENT : ''}create index cafe_media on cafe (media_id) where media_id is not null;
create index cafe_duplicate on cafe (id) where hidden_reason = 'duplicate';
create index cafe_change_number on cafe (change_number);
create index cafe_changed_at on cafe (changed_at);
create index cafe_announced_under on cafe (announced_under, ends_at) where announced_under is not null;
create index cafe_postponed on cafe (starts_at) where status = 'postponed';
`

/**
 * The index has all columns that decide whether a café is shown, so that counts by territory read the index alone. On
 * SQLite `search_entry_territory` serves them.
 */
const BY_DEPARTEMENT = `create index cafe_departement on cafe (departement, ends_at, code_insee, status, peer_id, origin_host)
  where publication = 'published' and hidden_reason is null and open_to = 'public';
`

/**
 * The cafés that people without a site and without an account ask a directory to announce. `typed` is what they typed,
 * until their address is proven; from then on the café is a row of `cafe`, a draft at first. Where that one is deleted, the
 * row says for a time when and why (`ended_at`, `end_reason`). One address asks for one café once (`key`).
 */
export const suggestions = ({ isJson, strict }: Dialect): Statements => `
create table suggestion (
  id text primary key,
  email text not null check (email like '%_@_%'),
  title text not null check (title <> ''),
  key text not null,
  typed text check (typed is null or ${isJson('typed')}),
  cafe_id text unique references cafe on delete set null,
  created_at text not null,
  ended_at text,
  end_reason text,
  unique (email, key),
  check (end_reason is null or ended_at is not null)
) ${strict};
`
