import type { Dialect, Statements } from './dialect.ts'

/**
 * What a directory answers, with its reason. `peer.reason`: why its team refused a site or ended its membership; null
 * where the site left. `following.reason`: the same as the site has it; `told_at`: when its team was written to.
 * `hidden_elsewhere`: a café of ours that a directory no longer shows.
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
