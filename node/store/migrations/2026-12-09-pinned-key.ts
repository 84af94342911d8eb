/**
 * The keys with which the sites of the network sign what they publish, for the signed registry: also those that they
 * have given up, since what was signed before stays true.
 */
export const up = {
  sqlite: `
create table pinned_key (
  key_id text primary key,
  actor_uri text not null,
  public_pem text not null,
  first_seen_at text not null,
  retired_at text
) strict;

create index pinned_key_actor on pinned_key (actor_uri);
`,
  postgres: `
create table pinned_key (
  key_id text primary key,
  actor_uri text not null,
  public_pem text not null,
  first_seen_at text not null,
  retired_at text
);

create index pinned_key_actor on pinned_key (actor_uri);
`,
}
