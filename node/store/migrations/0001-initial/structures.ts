import type { Dialect, Statements } from '../dialect.ts'

/**
 * The organisations of this server, with their profiles. One that is suspended is hidden, and changes nothing. `shares` is
 * how many shares of the site a hosted one has (`SHARE_OF_STRUCTURE`). One that is closed keeps its row, so that its slug is
 * never given to another; `is_closing` is 1 until nothing of it is left to close. `search_text` is
 * the folded name and orders lists. `links` is a JSON array of addresses, `partners` one of names
 * with logos. The column `logo_id` is added by `files`, since a picture belongs to an organisation.
 */
export const organizations = ({ integer, strict, isJson }: Dialect): Statements => `
create table organization (
  id text primary key,
  slug text not null unique check (slug <> ''),
  name text not null check (name <> ''),
  search_text text not null,
  created_at text not null,
  updated_at text,
  shares ${integer} not null default 1 check (shares between 1 and 1000),
  suspended_at text,
  suspended_reason text check (suspended_reason <> ''),
  closed_at text,
  closed_past text check (closed_past in ('kept', 'gone')),
  is_closing ${integer} not null default 0 check (is_closing in (0, 1)),
  kind text check (kind <> ''),
  siret text check (length(siret) = 14),
  rna text check (length(rna) = 10),
  street_address text,
  postal_code text,
  commune text check (commune <> ''),
  code_insee text,
  departement text,
  region text,
  phone text,
  email text,
  website text,
  presentation_markdown text,
  presentation_html text not null default '',
  links text not null default '[]' check (${isJson('links')}),
  partners text not null default '[]' check (${isJson('partners')}),
  check ((suspended_at is null) = (suspended_reason is null)),
  check ((closed_at is null) = (closed_past is null))
) ${strict};
create index organization_closing on organization (id) where is_closing = 1;
create index organization_age on organization (created_at, id);
create index organization_name on organization (search_text, id);
`

/**
 * The structures that announce cafés, here or elsewhere: a row for each actor that organises one. The place is that of
 * its address, or of its last café until it gives its own (`described_at`). `read_at` is when its account was read
 * last, whether or not it gave a place. `search_text` begins with the folded name and orders the list.
 */
export const structures = ({ strictByKey }: Dialect): Statements => `
create table structure (
  uri text primary key,
  id text not null,
  peer_id text references peer on delete cascade,
  organization_id text references organization on delete cascade,
  name text not null check (name <> ''),
  url text not null,
  username text,
  kind text,
  street_address text,
  postal_code text,
  commune text,
  code_insee text,
  departement text,
  region text,
  website text,
  search_text text not null,
  last_word_at text not null,
  described_at text,
  read_at text,
  check ((organization_id is null) <> (peer_id is null))
) ${strictByKey};
create index structure_id on structure (id);
create index structure_name on structure (search_text, uri);
create index structure_departement on structure (departement);
create index structure_peer on structure (peer_id);
`
