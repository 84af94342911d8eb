import type { Dialect, Statements } from '../dialect.ts'

/**
 * What the two sides of an agreement last said: a yes counts while it is later than the last no, and `active` is the
 * result. A structure is identified by its actor, a network by its page, since a directory may learn of one before the
 * other.
 */
export const agreements = ({ integer, strictByKey }: Dialect): Statements => `
create table agreement (
  kind text not null check (kind in ('member-of')),
  subject_uri text not null,
  object_uri text not null,
  subject_name text not null default '',
  offer_id text,
  subject_at text,
  object_at text,
  ended_at text,
  ended_by text check (ended_by in ('subject', 'object')),
  answered_at text,
  answer_told_at text,
  answer_read_at text,
  active ${integer} not null generated always as (
    case when subject_at > coalesce(ended_at, '') and object_at > coalesce(ended_at, '')
      then 1 else 0 end) stored,
  primary key (object_uri, subject_uri, kind),
  check ((ended_at is null) = (ended_by is null))
) ${strictByKey};
create index agreement_of_subject on agreement (subject_uri, active);
`
