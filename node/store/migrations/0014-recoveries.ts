import type { Dialect, Statements } from './dialect.ts'

/**
 * At a directory, for members that may lose their data: the servers of a member's followers, one shared inbox for each,
 * and whether the team gives this list to the member that says that it has lost its own.
 */
export const recoveries = ({ strict }: Dialect): Statements => `
create table follower_server (
  peer_id text not null references peer (id) on delete cascade,
  host text not null,
  inbox text not null,
  missing_since text,
  primary key (peer_id, host)
) ${strict};
create table recovery (
  peer_id text not null primary key references peer (id) on delete cascade,
  asked_at text not null,
  answer text check (answer in ('granted', 'refused')),
  answered_at text,
  check ((answer is null) = (answered_at is null))
) ${strict};
`
