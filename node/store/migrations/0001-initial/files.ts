import type { Dialect, Statements } from '../dialect.ts'

/**
 * Pictures that organisations have uploaded; each is stored in several sizes. Those that show a person (`of_person`)
 * are deleted when that person withdraws them, and are marked so that no cache keeps them. `kept_file` holds files as
 * rows, where several processes answer for one site and share nothing but the database (PostgreSQL); one process alone
 * has a folder for them, and the table stays empty. A long file has several parts, in order.
 */
export const files = ({ integer, bytes, strict, strictByKey, isJson }: Dialect): Statements => `
create table media (
  id text primary key check (length(id) = 32),
  organization_id text not null references organization on delete cascade,
  width ${integer} not null check (width > 0),
  height ${integer} not null check (height > 0),
  sizes text not null check (${isJson('sizes')}),
  of_person ${integer} not null default 0 check (of_person in (0, 1)),
  created_at text not null
) ${strictByKey};
create index media_organization on media (organization_id);
create index media_created_at on media (created_at);

alter table organization add column logo_id text references media;

create table kept_file (
  folder text not null,
  name text not null,
  part ${integer} not null,
  bytes ${bytes} not null,
  kept_at text not null,
  primary key (folder, name, part)
) ${strict};
`
