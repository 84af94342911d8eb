import type { Dialect, Statements } from '../dialect.ts'

/**
 * Rows that belong to a café and are deleted with it. `cafe_document` is the packed text that its author signed;
 * `cafe_picture` is the picture that another server announces with a café, and the copy of it that our pages show, once
 * it was read; `imported` is the last content of the source of an imported café, by which the next import sees what
 * changed there; `asked` has what that calendar says of what people changed here, until they decide. `missing_since` is
 * when the followed calendar that it comes from was first read without it.
 *
 * `followed_calendar` is an address that is read again at `due_at`: `read_at` is its last good answer, `whole_at` the
 * last one that was more than "not modified"; `left_out` holds the events that somebody left out, `cafes` and `aside`
 * what the last whole reading gave.
 *
 * `alike` holds pairs of announcements that may be of one café, the lesser id first. A pair of one origin is shown
 * once; of a pair of two origins both are shown until the team decides (`reason` 'team'). Where one is shown for both,
 * `duplicate.cafe_id` is hidden (`hidden_reason` 'duplicate') in favour of `shown_id`. `distinct_cafe` records the
 * team's decision that two similar cafés are different. `missing_cafe` holds the cafés whose own address answered 404:
 * the former `hidden_reason`, when they were last asked for, on how many days the answer was 404, and the last such
 * day.
 */
export const cafeRows = ({ bytes, integer, strict, strictByKey, isJson }: Dialect): Statements => `
create table cafe_document (
  cafe_id text primary key references cafe on delete cascade,
  body ${bytes} not null
) ${strictByKey};

create table cafe_picture (
  cafe_id text primary key references cafe on delete cascade,
  address text not null,
  alt text not null,
  small ${bytes},
  large ${bytes},
  width ${integer},
  height ${integer},
  check ((small is null) = (large is null)),
  check ((small is null) = (width is null)),
  check ((small is null) = (height is null))
) ${strict};

create table followed_calendar (
  id text primary key,
  organization_id text not null references organization on delete cascade,
  address text not null check (length(address) <= 2000),
  publication text not null check (publication in ('published', 'draft')),
  left_out text not null check (${isJson('left_out')}),
  etag text,
  last_modified text,
  created_at text not null,
  due_at text not null,
  read_at text,
  whole_at text,
  cafes ${integer} not null default 0,
  aside ${integer} not null default 0,
  failures ${integer} not null default 0,
  failing_since text,
  fault text check (fault is null or ${isJson('fault')}),
  unique (organization_id, address)
) ${strict};
create index followed_calendar_due_at on followed_calendar (due_at);

create table imported (
  cafe_id text primary key references cafe on delete cascade,
  said text not null check (${isJson('said')}),
  calendar_id text references followed_calendar on delete set null,
  missing_since text,
  asked text not null default '{}' check (${isJson('asked')})
) ${strictByKey};
create index imported_asked on imported (cafe_id) where asked <> '{}';
create index imported_calendar on imported (calendar_id) where calendar_id is not null;

create table cafe_announcer (
  cafe_id text not null references cafe on delete cascade,
  peer_id text not null references peer on delete cascade,
  primary key (cafe_id, peer_id)
) ${strictByKey};
create index cafe_announcer_peer on cafe_announcer (peer_id);

create table missing_cafe (
  cafe_id text primary key references cafe on delete cascade,
  hidden_reason text,
  asked_at text not null,
  not_found ${integer} not null default 1,
  not_found_at text not null
) ${strictByKey};
create index missing_cafe_asked_at on missing_cafe (asked_at);

create table alike (
  one_id text not null references cafe on delete cascade,
  other_id text not null references cafe on delete cascade,
  reason text not null check (reason in ('uid', 'likeness')),
  primary key (one_id, other_id),
  check (one_id < other_id)
) ${strictByKey};
create index alike_other on alike (other_id);

create table duplicate (
  cafe_id text primary key references cafe on delete cascade,
  shown_id text not null references cafe on delete cascade,
  reason text not null check (reason in ('uid', 'likeness', 'team')),
  check (cafe_id <> shown_id)
) ${strictByKey};
create index duplicate_shown on duplicate (shown_id);

create table distinct_cafe (
  one_id text not null references cafe on delete cascade,
  other_id text not null references cafe on delete cascade,
  primary key (one_id, other_id),
  check (one_id < other_id)
) ${strictByKey};
`
