import type { Dialect, Statements } from '../dialect.ts'

/**
 * Networks (heads of structures) and their managers. `network` holds ours and those of others (`peer_id`); one that
 * ended keeps its row, since its slug is never given again. Members are in `agreement`.
 */
export const networks = ({ strict, strictByKey }: Dialect): Statements => `
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

create table network_manager (
  network_id text not null references network on delete cascade,
  account_id text not null references account on delete cascade,
  created_at text not null,
  seen_at text,
  primary key (network_id, account_id)
) ${strictByKey};
create index network_manager_account on network_manager (account_id);
`
