/**
 * The feeds of a directory, what each has said of which café, and how often in a day. `announced` is made anew: asked
 * for by café, then listed by feed. Times are UTC text; `day` is the feed's own.
 *
 * `state`: `posted` to the followers; `waiting` for the day's digest; `told` in a digest; `listed` in the feed only.
 */
export const up = {
  sqlite: `
create table feed (
  name text primary key,
  kind text not null check (kind in ('national', 'online', 'region', 'departement')),
  code text not null,
  title text not null,
  timezone text not null,
  created_at text not null,
  unique (kind, code)
) strict, without rowid;

create table feed_day (
  feed text not null references feed,
  day text not null,
  posts integer not null check (posts > 0),
  primary key (feed, day)
) strict, without rowid;

create table feed_digest (
  feed text not null references feed,
  kind text not null check (kind in ('daily', 'weekly')),
  day text not null,
  primary key (feed, kind, day)
) strict, without rowid;

create table announced_anew (
  object_uri text not null,
  actor text not null,
  activity_id text not null,
  at text not null,
  state text not null default 'posted' check (state in ('posted', 'waiting', 'told', 'listed')),
  primary key (object_uri, actor)
) strict, without rowid;
insert into announced_anew (object_uri, actor, activity_id, at)
  select object_uri, actor, activity_id, at from announced;
drop table announced;
alter table announced_anew rename to announced;
create index announced_at on announced (actor, at, activity_id);
create index announced_waiting on announced (actor) where state = 'waiting';

create table change_note (
  cafe_uri text not null,
  uri text not null,
  actor text not null,
  primary key (cafe_uri, uri)
) strict, without rowid;
insert into change_note (cafe_uri, uri, actor)
  select object_uri, json_extract(body, '$.object.id'), actor from activity
  where type = 'Create' and json_extract(body, '$.object.inReplyTo') = object_uri
`,
  postgres: `
create table feed (
  name text primary key,
  kind text not null check (kind in ('national', 'online', 'region', 'departement')),
  code text not null,
  title text not null,
  timezone text not null,
  created_at text not null,
  unique (kind, code)
);

create table feed_day (
  feed text not null references feed,
  day text not null,
  posts bigint not null check (posts > 0),
  primary key (feed, day)
);

create table feed_digest (
  feed text not null references feed,
  kind text not null check (kind in ('daily', 'weekly')),
  day text not null,
  primary key (feed, kind, day)
);

create table announced_anew (
  object_uri text not null,
  actor text not null,
  activity_id text not null,
  at text not null,
  state text not null default 'posted' check (state in ('posted', 'waiting', 'told', 'listed')),
  primary key (object_uri, actor)
);
insert into announced_anew (object_uri, actor, activity_id, at)
  select object_uri, actor, activity_id, at from announced;
drop table announced;
alter table announced_anew rename to announced;
create index announced_at on announced (actor, at, activity_id);
create index announced_waiting on announced (actor) where state = 'waiting';

create table change_note (
  cafe_uri text not null,
  uri text not null,
  actor text not null,
  primary key (cafe_uri, uri)
);
insert into change_note (cafe_uri, uri, actor)
  select object_uri, body::jsonb #>> '{object,id}', actor from activity
  where type = 'Create' and body::jsonb #>> '{object,inReplyTo}' = object_uri
`,
}
