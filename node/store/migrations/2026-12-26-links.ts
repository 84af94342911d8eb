/**
 * One table for every secret link, in place of seven; an invitation keeps what it is about and loses its hash. A mail is
 * kept as the name of its template with what it says, and its links are made when it leaves: a mail that waits with a
 * secret in its text is dropped here, since that secret lay in the database. `account.entered_at` is when somebody
 * signed in with the account for the first time.
 */
const columns = `
  token_hash text primary key,
  purpose text not null check (purpose in ('sign-in', 'first-password', 'join-team', 'join-directory', 'confirm-cafe',
    'keep-alert', 'stop-alert', 'own-profile', 'mandate', 'referent-access')),
  subject text not null check (subject <> ''),
  mailed_to text check (mailed_to like '%_@_%'),
  created_at text not null,
  expires_at text,
  used_at text`

const moves = [
  `create index link_subject on link (subject, purpose)`,
  `create index link_expires_at on link (expires_at) where expires_at is not null`,
  `create index link_used_at on link (used_at) where used_at is not null`,
  `insert into link (token_hash, purpose, subject, created_at, expires_at, used_at)
select token_hash, 'sign-in', account_id, created_at, expires_at, used_at from sign_in_link`,
  `insert into link (token_hash, purpose, subject, created_at, expires_at, used_at)
select code_hash, 'join-team', id, created_at, expires_at, used_at from team_invitation`,
  // The hash of an invitation is its name from now on, where it was made before.
  `insert into link (token_hash, purpose, subject, created_at, expires_at)
select code_hash, 'join-directory', code_hash, created_at, expires_at from invitation`,
  `alter table invitation rename column code_hash to id`,
  `insert into link (token_hash, purpose, subject, mailed_to, created_at, expires_at)
select token_hash, 'confirm-cafe', cafe_id, email, confirmation_link.created_at, starts_at
from confirmation_link join account on account.id = account_id`,
  `insert into link (token_hash, purpose, subject, created_at)
select token_hash, case purpose when 'keep' then 'keep-alert' else 'stop-alert' end, alert_id, created_at from alert_link`,
  `insert into link (token_hash, purpose, subject, mailed_to, created_at, expires_at)
select token_hash, 'own-profile', facilitator_id, mailed_to, created_at, expires_at from facilitator_link`,
  `insert into link (token_hash, purpose, subject, created_at, expires_at)
select token_hash, case purpose when 'person' then 'mandate' else 'referent-access' end, referent_id, created_at, expires_at
from referent_link`,
  `alter table account add column entered_at text`,
  `update account set entered_at = created_at`,
  `update following set invitation = null where state = 'accepted'`,
  // Their keys are kept as hashes from now on.
  `delete from idempotent_answer`,
]

const HOLDS_A_SECRET = `sent_at is null and dropped_at is null and (text like '%{{%' or text like '%/administration/invitation/%'
    or text like '%/administration/confirmation/%' or text like '%/referents/mandat/%'
    or text like '%/referents/acces/%' or text like '%/animation/moi/%')`

const CONFIRMED_CAFE = `(select cafe_id from confirmation_link join account on account.id = account_id
    where account.email = mail.recipient and starts_at = mail.expires_at
    and confirmation_link.created_at = mail.created_at limit 1)`

/** What was written before is a text that is whole; the question about a café is known again by its café. */
const moveMails = (json: string) => `insert into moved_mail
select id, case when kind = 'sign_in_link' then 'sign-in' when ${CONFIRMED_CAFE} is null then 'written' else 'confirm-cafe' end,
  ${CONFIRMED_CAFE},
  case when kind = 'sign_in_link' or sent_at is not null or dropped_at is not null or ${HOLDS_A_SECRET} then '{}' else ${json} end,
  recipient, subject, created_at, due_at, expires_at, attempts, sent_at,
  case when ${HOLDS_A_SECRET} then due_at else dropped_at end,
  case when ${HOLDS_A_SECRET} then 'Ce message attendait pendant une mise à jour du site : refaites-le.' else error end,
  alert_id, facilitator_id, reply_to
from mail`

const mail = (integer: string, lineBreak: string) => `
  id text primary key,
  template text not null check (template <> ''),
  about text,
  params text not null default '{}',
  recipient text not null check (recipient like '%_@_%' and ${lineBreak.replace('?', 'recipient')} = 0),
  subject text not null default '' check (${lineBreak.replace('?', 'subject')} = 0),
  created_at text not null,
  due_at text not null,
  expires_at text not null,
  attempts ${integer} not null default 0,
  sent_at text,
  dropped_at text,
  error text,
  alert_id text references alert on delete cascade,
  facilitator_id text references facilitator on delete cascade,
  reply_to text`

const invitation = `
  id text primary key,
  organization_id text not null references organization on delete cascade,
  role text not null check (role in ('administrator', 'editor')),
  email text check (email like '%_@_%'),
  invited_by text not null references account on delete cascade,
  created_at text not null,
  expires_at text not null,
  used_at text`

const ends = [
  `drop table mail`,
  `alter table moved_mail rename to mail`,
  `create index mail_due on mail (due_at) where sent_at is null and dropped_at is null`,
  `create index mail_recipient on mail (recipient, created_at)`,
  `create index mail_about on mail (about) where about is not null`,
  `create index mail_alert on mail (alert_id) where alert_id is not null`,
  `create index mail_facilitator on mail (facilitator_id) where facilitator_id is not null`,
  ...['sign_in_link', 'confirmation_link', 'alert_link', 'facilitator_link', 'referent_link'].map(
    (table) => `drop table ${table}`,
  ),
]

export const up = {
  sqlite: [
    `create table link (${columns}\n) strict, without rowid`,
    ...moves,
    `create table moved_mail (${mail('integer', 'instr(?, char(10))')}\n) strict`,
    moveMails(`json_object('subject', subject, 'text', text)`),
    ...ends,
    `create table moved_invitation (${invitation}\n) strict`,
    `insert into moved_invitation
select id, organization_id, role, email, invited_by, created_at, expires_at, used_at from team_invitation`,
    `drop table team_invitation`,
    `alter table moved_invitation rename to team_invitation`,
  ],
  postgres: [
    `create table link (${columns}\n)`,
    ...moves,
    `create table moved_mail (${mail('bigint', 'strpos(?, chr(10))')}\n)`,
    moveMails(`json_build_object('subject', subject, 'text', text)::text`),
    ...ends,
    `alter table team_invitation drop column code_hash`,
  ],
}
