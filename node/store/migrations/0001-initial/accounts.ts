import type { Dialect, Statements } from '../dialect.ts'

/**
 * The accounts of the administration and the ways to sign in. Secrets are stored as hashes only. `entered_at` is the
 * first time that somebody signed in with the account; `asked_email` becomes valid once its mailbox has confirmed it;
 * `by_link_only` marks an account without a password, which signs in by mailed links; `stopped_mails` lists the kinds
 * of repeated mail that its person has stopped. A
 * `second_factor` counts once `confirmed_at` is set; `last_step` is the step of time of the last code that was taken. Its
 * `secret` is that of the person's application. A `link` has a purpose and a subject (the id of what it opens); a
 * `team_invitation` and an `invitation` say what their link is for. An `api_token` is deleted with the account that
 * made it; one made on the command line has no account. `act` records who did what to any of this, to the settings, to
 * a café or another form, and about others.
 */
export const accounts = ({ integer, strict, strictByKey }: Dialect): Statements => `
create table account (
  id text primary key,
  email text not null unique check (email like '%_@_%'),
  asked_email text check (asked_email like '%_@_%'),
  name text not null default '',
  password_hash text,
  created_at text not null,
  entered_at text,
  by_link_only ${integer} not null default 0 check (by_link_only = 0 or by_link_only = 1 and password_hash is null),
  to_do_mail text check (to_do_mail in ('daily', 'weekly', 'never')),
  to_do_seen_on text,
  to_do_told_on text,
  to_do_seen text,
  stopped_mails text not null default '[]'
) ${strict};

create table role (
  account_id text not null references account on delete cascade,
  organization_id text not null references organization on delete cascade,
  role text not null check (role in ('administrator', 'editor')),
  primary key (account_id, organization_id)
) ${strictByKey};

create table session (
  token_hash text primary key,
  account_id text not null references account on delete cascade,
  user_agent text not null default '',
  organization_id text references organization on delete set null,
  created_at text not null,
  last_used_at text not null,
  expires_at text not null
) ${strictByKey};

create table second_factor (
  account_id text primary key references account on delete cascade,
  secret text not null,
  created_at text not null,
  confirmed_at text,
  last_step ${integer} not null default 0
) ${strictByKey};

create table recovery_code (
  account_id text not null references account on delete cascade,
  code_hash text not null,
  primary key (account_id, code_hash)
) ${strictByKey};

create table link (
  token_hash text primary key,
  purpose text not null check (purpose in ('sign-in', 'second-step', 'first-password', 'confirm-email', 'join-team', 'join-directory', 'confirm-cafe', 'report',
    'keep-alert', 'stop-alert', 'stop-to-do', 'stop-confirm-cafe', 'stop-answers', 'stop-report', 'stop-profile-named', 'own-profile', 'mandate',
    'referent-access', 'mandate-code', 'registration', 'suggestion', 'flag', 'not-my-mandate')),
  subject text not null check (subject <> ''),
  mailed_to text check (mailed_to like '%_@_%'),
  created_at text not null,
  expires_at text,
  used_at text
) ${strictByKey};
create index link_subject on link (subject, purpose);
create index link_expires_at on link (expires_at) where expires_at is not null;
create index link_used_at on link (used_at) where used_at is not null;

create table team_invitation (
  id text primary key,
  organization_id text not null references organization on delete cascade,
  role text not null check (role in ('administrator', 'editor')),
  email text check (email like '%_@_%'),
  invited_by text not null references account on delete cascade,
  created_at text not null,
  expires_at text not null,
  used_at text
) ${strict};

create table api_token (
  id text primary key,
  organization_id text not null references organization on delete cascade,
  account_id text references account on delete cascade,
  label text not null,
  scopes text not null,
  token_hash text not null unique,
  created_at text not null,
  expires_at text,
  last_used_at text,
  revoked_at text
) ${strict};
create index api_token_by_account on api_token (account_id);

create table act (
  id text primary key,
  log text not null check (log in ('access', 'edit', 'journal')),
  at text not null,
  who text not null,
  author text not null,
  act text not null,
  subject text not null,
  about text not null,
  territory text,
  organization_id text,
  reason text not null,
  changes text,
  check (log <> 'journal' or (territory is not null and (territory = '-' or reason <> '')))
) ${strict};
create index act_by_log on act (log, at, id);
create index act_by_subject on act (subject, at, id);

create table idempotent_answer (
  token_id text not null references api_token on delete cascade,
  key text not null,
  request_hash text not null,
  status ${integer} not null,
  body text not null,
  created_at text not null,
  primary key (token_id, key)
) ${strictByKey};
`
