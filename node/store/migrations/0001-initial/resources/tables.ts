import type { Dialect, Statements } from '../../dialect.ts'

/**
 * Resources, ours and those of other servers (`peer_id`). `words` are those by which one is found, each after a space.
 * One that was deleted leaves its address in `deletion`, since no address is ever given again. `cafe_resource` has the
 * resources that cafés name, by their addresses: they may be of any server, and may be unknown here.
 */
export const resources = ({ integer, strict, strictByKey, isJson }: Dialect): Statements => `
create table resource (
  id text primary key,
  uri text not null unique,
  slug text not null unique check (slug <> ''),
  owner_uri text not null,
  owner_name text not null,
  organization_id text references organization on delete cascade,
  peer_id text references peer on delete cascade,
  title text not null,
  summary text not null,
  kind text not null,
  audiences text not null check (${isJson('audiences')}),
  group_min ${integer},
  group_max ${integer},
  minutes ${integer},
  material text not null check (${isJson('material')}),
  needs_computer ${integer} not null check (needs_computer in (0, 1)),
  level text not null,
  language text not null,
  licence text not null,
  author text not null,
  themes text not null check (${isJson('themes')}),
  description_markdown text,
  description_html text not null,
  link text,
  words text not null,
  used ${integer} not null default 0,
  created_at text not null,
  updated_at text not null,
  check ((organization_id is null) <> (peer_id is null))
) ${strict};
create index resource_organization on resource (organization_id) where organization_id is not null;
create index resource_peer on resource (peer_id) where peer_id is not null;
create index resource_used on resource (used, id);

create table cafe_resource (
  cafe_id text not null references cafe on delete cascade,
  uri text not null,
  primary key (uri, cafe_id)
) ${strictByKey};
create index cafe_resource_cafe on cafe_resource (cafe_id);
`
