import type { Dialect, Statements } from '../dialect.ts'

/**
 * What is not shown, by whom. `hidden_object` is what the team or a referent of this directory hides of what others
 * publish, by its address, so that nothing that its server says or does brings it back; of a profile that was erased
 * the address is an HMAC and the reason empty; `territory` is that of the mandate under which a referent hid it, null where
 * the team did. `hidden_elsewhere` is what is ours and a directory no longer shows: a
 * café, a profile or our structure; `told_at` is when our team was mailed, `seen_at` when it said that it had seen it.
 */
export const hiddenObjects = ({ strict, strictByKey }: Dialect): Statements => `
create table hidden_object (
  uri text primary key,
  kind text not null check (kind in ('cafe', 'facilitator', 'structure', 'report', 'question')),
  reason text not null,
  at text not null,
  territory text
) ${strictByKey};

create table hidden_elsewhere (
  cafe_id text references cafe on delete cascade,
  facilitator_id text references facilitator on delete cascade,
  organization_id text references organization on delete cascade,
  directory text not null,
  reason text not null,
  at text not null,
  told_at text,
  seen_at text,
  check (
    (cafe_id is not null and facilitator_id is null and organization_id is null)
    or (cafe_id is null and facilitator_id is not null and organization_id is null)
    or (cafe_id is null and facilitator_id is null and organization_id is not null)
  ),
  unique (cafe_id, directory),
  unique (facilitator_id, directory),
  unique (organization_id, directory)
) ${strict};
`
