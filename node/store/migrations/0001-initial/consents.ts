import type { Dialect, Statements } from '../dialect.ts'

/**
 * The consents that people gave and withdrew. `consent` has a row for each field, with the text that was shown, and one
 * for each directory that the person named (`host`); `by_handed_link` marks a link that the team handed over, which
 * therefore proves no mailbox.
 *
 * A withdrawn profile leaves a `deletion` of its addresses, and a `withdrawal` with the servers that were told of it
 * (`withdrawal_server`), which its person reads by a link. `facilitator_reached` lists where something about a profile
 * or its account was ever sent. It is keyed by the hash of the address, so that it outlives the profile until every
 * receiver was asked to forget it.
 *
 * `contact_message` is a message that waits to be forwarded, to the profile's own site or to the directory that knows
 * it (`via`); when it cannot be forwarded, its sender is still to be told (`refused_at`).
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
