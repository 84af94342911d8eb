import type { Dialect, Statements } from '../dialect.ts'

/**
 * Actors, ours and those of others, with their keys. `pinned_key` holds the keys with which the sites of the network
 * sign what they publish, for the signed registry. It keeps former keys too, since what was signed before stays valid.
 * `actor_key_actor` serves the dates of an account's keys, which are read for each signature, since another process may
 * have changed them. `host` records which form of signature a server accepts, and whether it answers.
 */
export const actors = ({ strict, strictByKey }: Dialect): Statements => `
create table actor_key (
  key_id text primary key,
  actor text not null,
  algorithm text not null check (algorithm in ('rsa', 'ed25519')),
  private_pem text not null,
  public_pem text not null,
  created_at text not null,
  retired_at text
) ${strictByKey};
create unique index actor_key_current on actor_key (actor, algorithm) where retired_at is null;
create index actor_key_actor on actor_key (actor);

create table remote_actor (
  uri text primary key,
  host text not null,
  type text not null,
  name text not null,
  preferred_username text,
  inbox text not null,
  shared_inbox text,
  fetched_at text not null
) ${strictByKey};

create table remote_key (
  key_id text primary key,
  actor_uri text not null,
  pem text not null,
  fetched_at text not null
) ${strictByKey};
create index remote_key_actor on remote_key (actor_uri);

create table pinned_key (
  key_id text primary key,
  actor_uri text not null,
  public_pem text not null,
  first_seen_at text not null,
  retired_at text
) ${strict};
create index pinned_key_actor on pinned_key (actor_uri);

create table host (
  name text primary key,
  signature text check (signature in ('cavage', 'rfc9421')),
  software text,
  software_version text,
  software_at text,
  last_success_at text
) ${strictByKey};
create index host_software on host (software) where software is not null;
`
