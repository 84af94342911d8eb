import type { Dialect, Statements } from '../dialect.ts'

/**
 * Networks (heads of structures), their members and their managers. `network` holds ours and those of others
 * (`peer_id`); one that ended keeps its row, since its slug is never given again. `network_member` holds what each side
 * last said: a yes counts while it is later than the last no, and `active` is the result. A structure is identified by
 * its actor, a network by its page, since a directory may learn of one before the other.
 */
export const networks = ({ integer, strict, strictByKey }: Dialect): Statements => `
create table network (
  id text primary key,
  uri text not null unique,
  slug text not null unique check (slug <> ''),
  name text not null,
  presentation text not null default '',
  website text,
  actor_uri text not null,
  organization_id text references organization,
  peer_id text references peer on delete cascade,
  created_at text not null,
  updated_at text not null,
  ended_at text
) ${strict};
create index network_peer on network (peer_id);

create table network_member (
  network_uri text not null,
  structure_uri text not null,
  structure_name text not null default '',
  offer_id text,
  structure_at text,
  network_at text,
  ended_at text,
  ended_by text check (ended_by in ('structure', 'network')),
  active ${integer} not null generated always as (
    case when structure_at > coalesce(ended_at, '') and network_at > coalesce(ended_at, '')
      then 1 else 0 end) stored,
  primary key (network_uri, structure_uri),
  check ((ended_at is null) = (ended_by is null))
) ${strictByKey};
create index network_member_structure on network_member (structure_uri, active);

create table network_manager (
  network_id text not null references network on delete cascade,
  account_id text not null references account on delete cascade,
  created_at text not null,
  primary key (network_id, account_id)
) ${strictByKey};
create index network_manager_account on network_manager (account_id);
`
