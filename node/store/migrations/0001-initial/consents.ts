import type { Dialect, Statements } from '../dialect.ts'

/**
 * What people agreed to, and took back. `consent` has a row for each field, with the words that were shown, and one for
 * each directory that these named (`host`); `by_handed_link` where the link was handed over by the team, who could have
 * used it, and proves no mailbox.
 *
 * A withdrawn profile leaves the hash of its address, so that the address answers 410 and is never given to somebody
 * else; `withdrawal_server` is the report of where that was told. `facilitator_reached` is where something of a profile
 * or of its account was ever sent, by the hash of the address, so that it outlives the profile until everybody there was
 * asked to forget it. At a directory `erased_profile` keeps an old message from bringing a withdrawn profile back.
 *
 * `contact_message` waits for the minute in which it is handed on, to the profile's own site or to the directory that
 * knows it (`via`); one that cannot be handed on waits to be said so to its sender (`refused_at`).
 */
export const consents = ({ integer, strictByKey }: Dialect): Statements => `
create table consent (
  id text primary key,
  facilitator_id text not null references facilitator on delete cascade,
  field text not null,
  host text,
  level text not null check (level in ('public', 'network', 'nobody')),
  text text not null check (text <> ''),
  lang text not null check (lang in ('fr', 'en')),
  by_handed_link ${integer} not null default 0 check (by_handed_link in (0, 1)),
  at text not null,
  ended_at text,
  check ((field in ('directory', 'mandate')) = (host is not null))
) ${strictByKey};
create index consent_facilitator on consent (facilitator_id, at);

create table facilitator_reached (
  uri_hash text not null,
  inbox text not null,
  host text not null,
  kind text not null check (kind in ('profile', 'account')),
  at text not null,
  primary key (uri_hash, kind, inbox)
) ${strictByKey};

create table withdrawal (
  id text primary key,
  uri_hash text not null unique,
  actor_uri_hash text unique,
  alias_hash text unique,
  token_hash text unique,
  at text not null
) ${strictByKey};

create table withdrawal_server (
  withdrawal_id text not null references withdrawal on delete cascade,
  host text not null,
  activity_id text,
  state text not null check (state in ('waiting', 'delivered', 'confirmed', 'unanswered', 'refused')),
  at text not null,
  primary key (withdrawal_id, host)
) ${strictByKey};
create index withdrawal_server_activity on withdrawal_server (activity_id);

create table former_address (
  uri_hash text primary key,
  at text not null
) ${strictByKey};

create table erased_profile (
  uri_hash text primary key,
  at text not null
) ${strictByKey};

create table contact_message (
  id text primary key,
  profile_uri text not null,
  via text,
  name text not null,
  email text not null,
  text text not null,
  at text not null,
  refused_at text
) ${strictByKey};
`
