import type { Dialect, Statements } from '../dialect.ts'

/**
 * Other servers, and the relations with them. `visited_at` is the last visit, answered or not; `actor_etag` is the
 * entity tag of its actor's document; `silent_since` is set once pages say that it does not answer, `hidden_since` once
 * its upcoming cafés are hidden. `peer_day` counts what was read of a peer in a day, for its budgets. Of a server with
 * many actors, one is followed: `moderator` holds the actors that it lists as moderators.
 *
 * `listed_block` is what a list of another site said when it was read last; of it nothing counts before the team says
 * so.
 *
 * `peer.reason` says why the team refused a site or ended its membership; it is null where the site left.
 * `following.reason` is the same at the site; `told_at` is when its team was mailed, and `message` is the text that the
 * team wrote with a request to join, kept until the request is accepted, to be sent again with it.
 */
export const peers = ({ integer, strict, strictByKey }: Dialect): Statements => `
create table peer (
  id text primary key,
  host text not null,
  origin text not null,
  actor_uri text not null unique,
  actor_etag text,
  name text not null,
  search_text text not null,
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
  visited_at text,
  failing_since text,
  silent_since text,
  hidden_since text,
  last_error text,
  backfilled_at text,
  reconciled_at text,
  reason text
) ${strict};
create index peer_host on peer (host);
create index peer_failing on peer (failing_since) where failing_since is not null;

create table peer_day (
  peer_id text not null references peer on delete cascade,
  day text not null,
  pages ${integer} not null default 0,
  items ${integer} not null default 0,
  bytes ${integer} not null default 0,
  seconds ${integer} not null default 0,
  cafes ${integer} not null default 0,
  stopped_by text check (stopped_by in ('pages', 'empty', 'items', 'bytes', 'seconds', 'cafes')),
  primary key (peer_id, day)
) ${strictByKey};

create table moderator (
  peer_id text not null references peer on delete cascade,
  actor_uri text not null,
  primary key (peer_id, actor_uri)
) ${strictByKey};
create index moderator_actor on moderator (actor_uri);

create table invitation (
  id text primary key,
  organization_id text not null references organization on delete cascade,
  label text not null,
  created_at text not null,
  expires_at text not null,
  used_at text,
  used_by text
) ${strictByKey};

create table following (
  id text primary key,
  actor text not null,
  address text not null,
  target_uri text,
  follow_id text not null unique,
  is_join ${integer} not null check (is_join in (0, 1)),
  invitation text,
  state text not null check (state in ('asked', 'accepted', 'refused', 'failed')),
  error text,
  created_at text not null,
  answered_at text,
  reason text,
  told_at text,
  message text
) ${strict};
create unique index following_target on following (actor, target_uri) where target_uri is not null;

create table block (
  target text primary key,
  level text not null check (level in ('block', 'limit')),
  reason text not null default '',
  note text not null default '',
  ends_on text,
  is_listed ${integer} not null default 0 check (is_listed in (0, 1)),
  created_at text not null
) ${strictByKey};
create index block_listed on block (is_listed, target);

create table listed_block (
  target text primary key,
  level text not null check (level in ('block', 'limit')),
  reason text not null
) ${strictByKey};
`

/**
 * What went, and must not come back or answers 410, without a text or a name. `key` is the address of a café, of which
 * `cafe_id` is the id that it had here, or of a series of ours, else an HMAC of an address: of a profile that another server erased
 * (`profile`), or of a profile, an account or an alias of ours that is no more (`address`). `domain` is the registrable
 * domain that deleted a café, null for ours. A deletion of a café applies to those of one actor of its server
 * (`owner_uri`), or of every actor when the server itself deleted it (empty): a deletion by one actor does not affect
 * another actor's café at the same address.
 */
export const deletions = ({ strictByKey }: Dialect): Statements => `
create table deletion (
  kind text not null check (kind in ('cafe', 'series', 'profile', 'address', 'resource')),
  key text not null,
  owner_uri text not null default '',
  domain text,
  cafe_id text,
  at text not null,
  primary key (kind, key, owner_uri),
  check (kind = 'cafe' or (owner_uri = '' and domain is null and cafe_id is null))
) ${strictByKey};
create index deletion_at on deletion (kind, at);
create index deletion_domain on deletion (domain, at) where domain is not null;
create index deletion_cafe_id on deletion (cafe_id) where cafe_id is not null;
`

/**
 * At a directory, for members that may lose their data: the servers of a member's followers, one shared inbox for each,
 * and whether the team gives this list to the member that says that it has lost its own.
 */
export const recoveries = ({ strict }: Dialect): Statements => `
create table follower_server (
  peer_id text not null references peer (id) on delete cascade,
  host text not null,
  inbox text not null,
  missing_since text,
  primary key (peer_id, host)
) ${strict};

create table recovery (
  peer_id text not null primary key references peer (id) on delete cascade,
  asked_at text not null,
  answer text check (answer in ('granted', 'refused')),
  answered_at text,
  check ((answer is null) = (answered_at is null))
) ${strict};
`
