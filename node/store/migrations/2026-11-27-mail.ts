/**
 * Mails that wait to leave, and invitations of colleagues. A `sign_in_link` has no text: its link is made when it
 * leaves, so that no secret lies here. The text of a mail that left is emptied.
 */
export const up = {
  sqlite: `
create table mail (
  id text primary key,
  kind text not null check (kind in ('message', 'sign_in_link')),
  recipient text not null check (recipient like '%_@_%' and instr(recipient, char(10)) = 0),
  subject text not null default '' check (instr(subject, char(10)) = 0),
  text text not null default '',
  created_at text not null,
  due_at text not null,
  expires_at text not null,
  attempts integer not null default 0,
  sent_at text,
  dropped_at text,
  error text
) strict;
create index mail_due on mail (due_at) where sent_at is null and dropped_at is null;
create index mail_recipient on mail (recipient, created_at);

create table team_invitation (
  id text primary key,
  code_hash text not null unique,
  organization_id text not null references organization on delete cascade,
  role text not null check (role in ('administrator', 'editor')),
  email text check (email like '%_@_%'),
  invited_by text not null references account on delete cascade,
  created_at text not null,
  expires_at text not null,
  used_at text
) strict
`,
  postgres: `
create table mail (
  id text primary key,
  kind text not null check (kind in ('message', 'sign_in_link')),
  recipient text not null check (recipient like '%_@_%' and strpos(recipient, chr(10)) = 0),
  subject text not null default '' check (strpos(subject, chr(10)) = 0),
  text text not null default '',
  created_at text not null,
  due_at text not null,
  expires_at text not null,
  attempts bigint not null default 0,
  sent_at text,
  dropped_at text,
  error text
);
create index mail_due on mail (due_at) where sent_at is null and dropped_at is null;
create index mail_recipient on mail (recipient, created_at);

create table team_invitation (
  id text primary key,
  code_hash text not null unique,
  organization_id text not null references organization on delete cascade,
  role text not null check (role in ('administrator', 'editor')),
  email text check (email like '%_@_%'),
  invited_by text not null references account on delete cascade,
  created_at text not null,
  expires_at text not null,
  used_at text
)
`,
}
