import type { Dialect, Statements } from '../dialect.ts'

/**
 * What people and other servers flag. A `flag_case` holds all flags of one thing until they are decided together; `uri`
 * is the address of the thing, of a picture that of its café. `flag` is one of them: `words` and `email` are deleted once
 * the decision can no longer be appealed, and the row stays with its case, so that a late appeal is told why it is late;
 * `host` is the server that sent it, null for a visitor. `appeal` is of one flag, or of the place (`flag_id` empty).
 */
export const flags = ({ integer, strict }: Dialect): Statements => `
create table flag_case (
  id text primary key,
  kind text not null
    check (kind in ('cafe', 'facilitator', 'structure', 'picture', 'report', 'question', 'resource')),
  uri text not null,
  name text not null,
  territory text,
  reason text not null,
  total ${integer} not null,
  opened_at text not null,
  due_at text not null,
  is_for_team ${integer} not null check (is_for_team in (0, 1)),
  forwarded_at text,
  decided_at text,
  outcome text check (outcome in ('kept', 'warned', 'corrected', 'hidden')),
  answer text not null,
  decided_by text,
  check ((decided_at is null) = (outcome is null))
) ${strict};
create unique index flag_case_open on flag_case (kind, uri) where decided_at is null;
create index flag_case_decided on flag_case (decided_at) where decided_at is not null;
create index flag_case_uri on flag_case (uri);

create table flag (
  id text primary key,
  case_id text not null references flag_case on delete cascade,
  reason text not null,
  words text not null,
  email text,
  host text,
  at text not null
) ${strict};
create index flag_of_case on flag (case_id);
create unique index flag_of_host on flag (case_id, host) where host is not null;

create table appeal (
  id text primary key,
  case_id text not null references flag_case on delete cascade,
  flag_id text not null,
  words text not null,
  at text not null,
  due_at text not null,
  decided_at text,
  is_upheld ${integer} check (is_upheld in (0, 1)),
  answer text not null,
  unique (case_id, flag_id),
  check ((decided_at is null) = (is_upheld is null))
) ${strict};
create index appeal_open on appeal (due_at) where decided_at is null;
`

/**
 * What is not shown, by whom. `hidden_object` is what the team or a referent of this directory hides of what others
 * publish, by its address, so that nothing that its server says or does brings it back; of a profile that was erased
 * the address is an HMAC and the reason empty; `territory` is that of the mandate under which a referent hid it, null where
 * the team did. `hidden_elsewhere` is what is ours and a directory no longer shows: a
 * café, a profile, our structure or a resource, or a `part` of a café, its report or a question of it; `told_at` is when our team was mailed, `seen_at` when it said that it had seen it,
 * `appealed_at` when it told the directory that it disagrees.
 */
export const hiddenObjects = ({ strict, strictByKey }: Dialect): Statements => `
create table hidden_object (
  uri text primary key,
  kind text not null
    check (kind in ('cafe', 'facilitator', 'structure', 'picture', 'report', 'question', 'resource')),
  reason text not null,
  at text not null,
  territory text
) ${strictByKey};

create table hidden_elsewhere (
  cafe_id text references cafe on delete cascade,
  facilitator_id text references facilitator on delete cascade,
  organization_id text references organization on delete cascade,
  resource_id text references resource on delete cascade,
  part text not null default '',
  directory text not null,
  reason text not null,
  at text not null,
  told_at text,
  seen_at text,
  appealed_at text,
  check (
    (case when cafe_id is null then 0 else 1 end) + (case when facilitator_id is null then 0 else 1 end)
    + (case when organization_id is null then 0 else 1 end)
    + (case when resource_id is null then 0 else 1 end) = 1
  ),
  unique (cafe_id, part, directory),
  unique (facilitator_id, directory),
  unique (organization_id, directory),
  unique (resource_id, directory)
) ${strict};
`
