import type { Dialect, Statements } from '../dialect.ts'

/**
 * The series of our structures. `content` and `recurrence` are JSON; `uid` is the event of a calendar from which one was
 * imported, `said` what that said last, and `calendar_id` the followed calendar that goes on saying it; `next_on` is the day of the first date that is
 * not made yet, null where none is left. `series_date` has each date that was made, by the wall time that the rule gave
 * it: its café is made once, and not again when it was deleted. `own_fields` is what the series says in the fields that
 * were changed by hand on that date. `peer_series` has what the latest Event of another server says of its series.
 */
export const series = ({ integer, strict, strictByKey, isJson }: Dialect): Statements => `
create table series (
  id text primary key,
  uri text not null unique,
  organization_id text not null references organization on delete cascade,
  uid text,
  calendar_id text references followed_calendar on delete set null,
  said text check (${isJson('said')}),
  announced_under text,
  publication text not null check (publication in ('draft', 'published')),
  content text not null check (${isJson('content')}),
  recurrence text not null check (${isJson('recurrence')}),
  timezone text not null,
  updated_at text not null,
  venue_id text references venue on delete set null,
  media_id text references media,
  open_ended ${integer} not null check (open_ended in (0, 1)),
  next_on text,
  unique (organization_id, uid),
  check ((uid is null) = (said is null))
) ${strict};
create index series_next on series (next_on) where next_on is not null;
create index series_venue on series (venue_id) where venue_id is not null;
create index series_calendar on series (calendar_id) where calendar_id is not null;
create index series_media on series (media_id) where media_id is not null;

create table series_date (
  series_id text not null references series on delete cascade,
  date text not null,
  cafe_id text unique references cafe on delete set null,
  own_fields text not null default '{}' check (${isJson('own_fields')}),
  primary key (series_id, date)
) ${strictByKey};

create table peer_series (
  uri text primary key,
  organizer_uri text not null,
  recurrence text check (${isJson('recurrence')}),
  timezone text not null,
  updated_at text not null
) ${strictByKey};
`
