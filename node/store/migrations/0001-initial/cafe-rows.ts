import type { Dialect, Statements } from '../dialect.ts'

/**
 * What hangs on a café, and goes with it. `cafe_document` is the text that its author signed, packed; `imported` what
 * the source of an imported café said last, so that the next import sees what changed there; `missing_since` when the
 * followed calendar that it comes from was first read without it.
 *
 * `followed_calendar` is an address that is read again at `due_at`: `read_at` is its last good answer, `whole_at` the
 * last that was more than "not modified"; `left_out` the events that somebody left out, `cafes` and `aside` what the
 * last whole reading gave.
 *
 * `alike` holds the pairs of announcements that are of one café by themselves, the lesser id first. Those of one origin
 * are shown once; of two origins both are shown until the team decides (`reason` 'team'). Where one is shown for both,
 * `duplicate.cafe_id` is out of sight (`hidden_reason` 'duplicate') in favour of `shown_id`. `distinct_cafe` is the
 * team's word that two cafés that look alike are two. `missing_cafe` holds the cafés whose own address answered 404:
 * `hidden_reason` as it was before, when they were last asked for, on how many days that was answered so, and when last.
 */
export const cafeRows = ({ bytes, integer, strict, strictByKey, isJson }: Dialect): Statements => `
create table cafe_document (
  cafe_id text primary key references cafe on delete cascade,
  body ${bytes} not null
) ${strictByKey};

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
  missing_since text
) ${strictByKey};
create index imported_calendar on imported (calendar_id) where calendar_id is not null;

create table cafe_teller (
  cafe_id text not null references cafe on delete cascade,
  peer_id text not null references peer on delete cascade,
  primary key (cafe_id, peer_id)
) ${strictByKey};
create index cafe_teller_peer on cafe_teller (peer_id);

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
