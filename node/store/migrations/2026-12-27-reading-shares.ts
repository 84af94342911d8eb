/**
 * Who caused a reading, and at which host: each requester has its own line. What a peer had of us today: the budgets of
 * reading it. Readings that wait at the update count as our own.
 */
export const up = {
  sqlite: `
create table task_new (
  id integer primary key autoincrement,
  kind text not null,
  subject text not null,
  requester text not null,
  host text not null,
  cursor text,
  due_at text not null,
  lease_until text,
  attempts integer not null default 0,
  last_error text,
  created_at text not null,
  unique (kind, subject, requester)
) strict;
insert into task_new (id, kind, subject, requester, host, cursor, due_at, lease_until, attempts, last_error, created_at)
  select task.id, task.kind, task.subject, 'self',
    coalesce(
      (select peer.host from peer where peer.id = task.subject),
      case instr(substr(subject, instr(subject, '://') + 3), '/')
        when 0 then substr(subject, instr(subject, '://') + 3)
        else substr(substr(subject, instr(subject, '://') + 3), 1, instr(substr(subject, instr(subject, '://') + 3), '/') - 1)
      end),
    task.cursor, task.due_at, task.lease_until, task.attempts, task.last_error, task.due_at
  from task;
drop table task;
alter table task_new rename to task;
create index task_requester on task (requester, due_at, id);
create index task_host on task (host);
create index task_leased on task (lease_until, host) where lease_until is not null;
create table peer_day (
  peer_id text not null references peer (id) on delete cascade,
  day text not null,
  pages integer not null default 0,
  items integer not null default 0,
  bytes integer not null default 0,
  seconds integer not null default 0,
  cafes integer not null default 0,
  stopped_by text check (stopped_by in ('pages', 'empty', 'items', 'bytes', 'seconds', 'cafes')),
  primary key (peer_id, day)
) strict, without rowid
`,
  postgres: `
alter table task add column requester text not null default 'self';
alter table task add column host text not null default '';
alter table task add column created_at text;
update task set created_at = due_at,
  host = coalesce((select peer.host from peer where peer.id = task.subject), split_part(split_part(subject, '://', 2), '/', 1));
alter table task alter column created_at set not null;
alter table task alter column requester drop default;
alter table task alter column host drop default;
alter table task drop constraint task_kind_subject_key;
alter table task add unique (kind, subject, requester);
drop index task_due;
create index task_requester on task (requester, due_at, id);
create index task_host on task (host);
create index task_leased on task (lease_until, host) where lease_until is not null;
create table peer_day (
  peer_id text not null references peer (id) on delete cascade,
  day text not null,
  pages bigint not null default 0,
  items bigint not null default 0,
  bytes bigint not null default 0,
  seconds bigint not null default 0,
  cafes bigint not null default 0,
  stopped_by text check (stopped_by in ('pages', 'empty', 'items', 'bytes', 'seconds', 'cafes')),
  primary key (peer_id, day)
)
`,
}
