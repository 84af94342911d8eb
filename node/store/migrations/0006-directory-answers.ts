import type { Dialect, Statements } from './dialect.ts'

/**
 * The answers of a directory, with their reasons. `peer.reason` says why its team refused a site or ended its
 * membership; it is null where the site left. `following.reason` is the same at the site; `told_at` is when its team
 * was mailed. `hidden_elsewhere` holds our cafés that a directory no longer shows.
 */
export const directoryAnswers = ({ strict }: Dialect): Statements => `
alter table peer add column reason text;
alter table following add column reason text;
alter table following add column told_at text;
update following set told_at = answered_at;
create table hidden_elsewhere (
  cafe_id text not null references cafe on delete cascade,
  directory text not null,
  reason text not null,
  at text not null,
  told_at text,
  primary key (cafe_id, directory)
) ${strict};
`
