import { countErasuresOf } from './0001-initial/erasures.ts'
import { type Dialect, type Statements, toList } from './dialect.ts'

/**
 * Adds the link that stops the mails about what waits (RFC 8058). SQLite cannot change a condition of a table, so the
 * table is made anew.
 */
export const stopMails = (dialect: Dialect): Statements => {
  const { isPostgres, strictByKey } = dialect
  const purposes = `check (purpose in ('sign-in', 'first-password', 'confirm-email', 'join-team', 'join-directory', 'confirm-cafe',
    'keep-alert', 'stop-alert', 'stop-to-do', 'own-profile', 'mandate', 'referent-access'))`
  if (isPostgres)
    return `
alter table link drop constraint link_purpose_check;
alter table link add constraint link_purpose_check ${purposes};
`
  return [
    ...toList(`create table link_anew (
  token_hash text primary key,
  purpose text not null ${purposes},
  subject text not null check (subject <> ''),
  mailed_to text check (mailed_to like '%_@_%'),
  created_at text not null,
  expires_at text,
  used_at text
) ${strictByKey};
insert into link_anew select token_hash, purpose, subject, mailed_to, created_at, expires_at, used_at from link;
drop table link;
alter table link_anew rename to link;
create index link_subject on link (subject, purpose);
create index link_expires_at on link (expires_at) where expires_at is not null;
create index link_used_at on link (used_at) where used_at is not null;
`),
    ...countErasuresOf('link', dialect),
  ]
}
