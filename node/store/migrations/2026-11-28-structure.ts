/**
 * Who announces cafés, here or elsewhere: a row per actor that organises one. The place is that of its address, or of
 * its last café until it says its own (`described_at`); `search_text` begins with the folded name and orders the list.
 */
export const up = {
  sqlite: `
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
  check ((organization_id is null) <> (peer_id is null))
) strict, without rowid;
create index structure_id on structure (id);
create index structure_name on structure (search_text, uri);
create index structure_departement on structure (departement);
create index structure_peer on structure (peer_id);
create index cafe_organizer on cafe (organizer_uri, ends_at);
create index cafe_departement on cafe (departement, ends_at, code_insee, status, peer_id)
  where publication = 'published' and hidden_reason is null and open_to = 'public'
`,
  postgres: `
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
  check ((organization_id is null) <> (peer_id is null))
);
create index structure_id on structure (id);
create index structure_name on structure (search_text, uri);
create index structure_departement on structure (departement);
create index structure_peer on structure (peer_id);
create index cafe_organizer on cafe (organizer_uri, ends_at);
create index cafe_departement on cafe (departement, ends_at, code_insee, status, peer_id)
  where publication = 'published' and hidden_reason is null and open_to = 'public'
`,
}
