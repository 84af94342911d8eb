import type { Dialect, Statements } from '../dialect.ts'

/**
 * The accounts to follow, their followers, and what each account has announced of which café. The domain of a follower
 * is the registrable domain of its host. Days are those of the feed's own time zone.
 *
 * The addresses of a café and of a feed are stored once: the rows of `announced_row` refer to them by number, and the
 * view `announced` joins them. `tail` is what follows the account's `head` in the id of an Announce, or the whole of an
 * id that begins otherwise; `at` is in seconds since 1970. `state`: `posted` to the followers; `waiting` for the
 * day's digest; `told` in a digest; `listed` in the feed only. `believed` is what the followers were told last, where the
 * café has changed since and a message about it waits.
 */
export const feeds = ({ integer, counted, strict, strictByKey }: Dialect): Statements => `
create table follower (
  actor text not null,
  uri text not null,
  host text not null,
  domain text not null default '',
  inbox text not null,
  shared_inbox text,
  follow_id text not null,
  created_at text not null,
  primary key (actor, uri)
) ${strictByKey};
create index follower_uri on follower (uri);
create index follower_domain on follower (domain);

create table feed (
  name text primary key,
  kind text not null check (kind in ('national', 'online', 'region', 'departement', 'network')),
  code text not null,
  title text not null,
  timezone text not null,
  created_at text not null,
  unique (kind, code)
) ${strictByKey};

create table feed_day (
  feed text not null references feed,
  day text not null,
  posts ${integer} not null check (posts > 0),
  primary key (feed, day)
) ${strictByKey};

create table feed_digest (
  feed text not null references feed,
  kind text not null check (kind in ('daily', 'weekly')),
  day text not null,
  primary key (feed, kind, day)
) ${strictByKey};

create table announced_cafe (
  number ${counted},
  uri text not null unique
) ${strict};

create table announcer (
  number ${counted},
  actor text not null unique,
  head text not null
) ${strict};

create table announced_row (
  cafe ${integer} not null references announced_cafe,
  announcer ${integer} not null references announcer on delete cascade,
  tail text not null,
  at ${integer} not null,
  state text not null default 'posted'
    check (state in ('posted', 'waiting', 'told', 'listed', 'later', 'series')),
  believed text,
  primary key (cafe, announcer)
) ${strictByKey};
create index announced_at on announced_row (announcer, at);
create index announced_waiting on announced_row (announcer) where state = 'waiting';
create index announced_later on announced_row (at) where state = 'later';
create index announced_unsent on announced_row (announcer) where believed is not null;

create view announced as
  select announced_cafe.uri as object_uri, announcer.actor, announced_row.announcer,
    case when tail like '%/%' then tail else head || tail end as activity_id,
    announced_row.at, announced_row.state, announced_row.believed
  from announced_row
  join announced_cafe on announced_cafe.number = announced_row.cafe
  join announcer on announcer.number = announced_row.announcer;

create table change_note (
  cafe_uri text not null,
  uri text not null,
  actor text not null,
  note_uri text,
  shared_at text,
  primary key (cafe_uri, uri)
) ${strictByKey};
create index change_note_uri on change_note (uri);
create index change_note_shared on change_note (note_uri) where note_uri is not null;

create table stamp (
  id text primary key,
  kind text not null check (kind in ('quote', 'feature')),
  giver text not null,
  target_uri text not null,
  instrument_uri text not null,
  requester_uri text not null,
  inbox text not null,
  request_uri text,
  state text not null check (state in ('asked', 'given', 'refused')),
  at text not null,
  domain text not null,
  check (state <> 'asked' or request_uri is not null),
  unique (target_uri, instrument_uri, kind)
) ${strictByKey};
create table featured_place (
  actor_uri text primary key references structure on delete cascade,
  feed text not null,
  part ${integer} not null,
  request_uri text not null unique,
  asked_at text not null,
  stamp_uri text unique,
  answered_at text
) ${strictByKey};
create index featured_place_feed on featured_place (feed, part);

create index stamp_domain on stamp (domain);
create index stamp_state on stamp (state, at, id);
create index stamp_requester on stamp (requester_uri);
`
