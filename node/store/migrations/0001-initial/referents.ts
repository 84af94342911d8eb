import type { Dialect, Statements } from '../dialect.ts'

/**
 * Referents. `referent` is the mandate, from the proposal to its end; `referent_consent` has the exact text that the
 * person agreed to; `by_handed_link` marks what was said by a link that the team handed over, perhaps by somebody else.
 */
export const referents = ({ integer, strict }: Dialect): Statements => `
create table referent (
  id text primary key,
  territory text not null check (length(territory) between 2 and 12),
  name text not null check (name <> ''),
  title text not null check (title in ('référente', 'référent', 'neutre')),
  email text,
  account_id text references account on delete set null,
  organization_id text references organization on delete cascade,
  facilitator_uri text,
  proposed_by text not null,
  proposed_domain text,
  state text not null check (state in ('proposed', 'consented', 'appointed', 'declined', 'ended')),
  starts_on text not null,
  ends_on text not null,
  asked_ends_on text,
  proposed_at text not null,
  consented_at text,
  appointed_at text,
  ended_at text,
  end_reason text check (end_reason in ('resigned', 'ended', 'expired', 'disowned')),
  last_seen_at text,
  escalated_at text,
  told_on text,
  reminded_days ${integer},
  check (ends_on > starts_on),
  check (asked_ends_on is null or (state = 'appointed' and asked_ends_on > starts_on)),
  check (state not in ('consented', 'appointed') or consented_at is not null),
  check (state <> 'appointed' or (appointed_at is not null and email is not null and organization_id is not null)),
  check ((state in ('declined', 'ended')) = (ended_at is not null))
) ${strict};
create index referent_by_state on referent (state, territory);
create index referent_by_account on referent (account_id);
create index referent_by_profile on referent (facilitator_uri) where facilitator_uri is not null;
create unique index referent_once on referent (territory, email)
  where email is not null and state in ('proposed', 'consented', 'appointed');

create table referent_consent (
  id text primary key,
  referent_id text not null references referent on delete cascade,
  act text not null check (act in ('consented', 'declined', 'resigned')),
  text text not null,
  lang text not null,
  by_handed_link ${integer} not null check (by_handed_link in (0, 1)),
  at text not null
) ${strict};
create index referent_consent_of on referent_consent (referent_id);

create table joining_advice (
  peer_id text not null references peer on delete cascade,
  referent_id text not null references referent on delete cascade,
  reason text not null,
  at text not null,
  primary key (peer_id, referent_id)
) ${strict};
`

/**
 * `attestation` keeps the signed text, byte for byte, until it is revoked; its row stays until it would have expired,
 * for the list of revocations; `home` is the origin of the server that received it. `held_attestation` is what another
 * directory signed about somebody of this server.
 */
export const attestations = ({ strict }: Dialect): Statements => `
create table attestation (
  id text primary key,
  referent_id text references referent on delete set null,
  uri text not null unique,
  home text,
  body text not null,
  issued_at text not null,
  expires_at text not null,
  revoked_at text,
  check ((revoked_at is null) = (body <> ''))
) ${strict};
create index attestation_of on attestation (referent_id);

create table held_attestation (
  uri text primary key,
  issuer text not null,
  subject_uri text not null,
  territory text not null,
  body text not null,
  starts_at text not null,
  expires_at text not null,
  received_at text not null
) ${strict};
create index held_attestation_of on held_attestation (subject_uri);
`
