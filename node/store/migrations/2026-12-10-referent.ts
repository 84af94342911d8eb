/**
 * Referents: who answers for a territory. `referent` is the mandate, from the proposal to its end; what the person was
 * shown when they said yes is in `referent_consent`, word for word. `attestation` keeps what was signed, byte for byte,
 * until it is taken back; its row stays until it would have expired, for the list of revocations. `held_attestation` is
 * what another directory signed about somebody of this server. `journal` is every act of moderation, with its reason.
 */
const tables = [
  `create table referent (
    id text primary key,
    territory text not null check (length(territory) between 2 and 12),
    name text not null check (name <> ''),
    word text not null check (word in ('référente', 'référent', 'neutre')),
    email text,
    account_id text references account (id) on delete set null,
    facilitator_uri text,
    proposed_by text not null,
    state text not null check (state in ('proposed', 'consented', 'appointed', 'declined', 'ended')),
    starts_on text not null,
    ends_on text not null,
    proposed_at text not null,
    consented_at text,
    appointed_at text,
    ended_at text,
    end_reason text check (end_reason in ('resigned', 'ended', 'expired')),
    last_seen_at text,
    escalated_at text,
    told_on text,
    reminded_days integer,
    check (ends_on > starts_on),
    check (state not in ('consented', 'appointed') or consented_at is not null),
    check (state <> 'appointed' or (appointed_at is not null and email is not null)),
    check ((state in ('declined', 'ended')) = (ended_at is not null))
  )`,
  `create unique index referent_once on referent (territory, email)
    where email is not null and state in ('proposed', 'consented', 'appointed')`,
  'create index referent_by_state on referent (state, territory)',
  'create index referent_by_account on referent (account_id)',
  `create table referent_consent (
    id text primary key,
    referent_id text not null references referent (id) on delete cascade,
    act text not null check (act in ('consented', 'declined', 'resigned')),
    text text not null,
    lang text not null,
    at text not null
  )`,
  'create index referent_consent_of on referent_consent (referent_id)',
  `create table referent_link (
    token_hash text primary key,
    referent_id text not null references referent (id) on delete cascade,
    purpose text not null check (purpose in ('person', 'access')),
    created_at text not null,
    expires_at text
  )`,
  'create index referent_link_of on referent_link (referent_id)',
  `create table attestation (
    id text primary key,
    referent_id text references referent (id) on delete set null,
    uri text not null unique,
    body text not null,
    issued_at text not null,
    expires_at text not null,
    revoked_at text,
    check ((revoked_at is null) = (body <> ''))
  )`,
  'create index attestation_of on attestation (referent_id)',
  `create table held_attestation (
    uri text primary key,
    issuer text not null,
    subject_uri text not null,
    territory text not null,
    body text not null,
    starts_at text not null,
    expires_at text not null,
    received_at text not null
  )`,
  'create index held_attestation_of on held_attestation (subject_uri)',
  `create table joining_advice (
    peer_id text not null references peer (id) on delete cascade,
    referent_id text not null references referent (id) on delete cascade,
    reason text not null,
    at text not null,
    primary key (peer_id, referent_id)
  )`,
  `create table journal (
    id text primary key,
    at text not null,
    account_id text references account (id) on delete set null,
    who text not null,
    act text not null,
    subject text not null,
    title text not null,
    territory text not null,
    reason text not null check (reason <> '')
  )`,
]

const SHOWN = ['territory', 'name', 'word', 'facilitator_uri', 'state', 'starts_on', 'ends_on']

/** What changes pages: not that somebody was seen. */
const triggers = (end: string): string[] => [
  `create trigger content_referent_insert after insert on referent ${end}`,
  `create trigger content_referent_update after update of ${SHOWN.join(', ')} on referent ${end}`,
  `create trigger content_referent_delete after delete on referent ${end}`,
  `create trigger content_attestation_insert after insert on attestation ${end}`,
  `create trigger content_held_attestation_insert after insert on held_attestation ${end}`,
  `create trigger content_held_attestation_delete after delete on held_attestation ${end}`,
]

export const up = {
  sqlite: [
    ...tables.map((statement) =>
      statement.startsWith('create table') ? `${statement} strict` : statement,
    ),
    ...triggers('begin update content_version set version = abs(random() % 9007199254740992); end'),
  ],
  postgres: [...tables, ...triggers('for each statement execute function content_changed()')],
}
