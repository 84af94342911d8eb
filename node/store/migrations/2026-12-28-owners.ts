/**
 * Of a server that hosts many, one actor is followed: `moderator` holds whom that actor lists as such. A deletion of a café
 * that was not known here counts for the cafés of who said it (`owner_uri`), null when its server itself did.
 */
const tables = (words: string) => `
create table moderator (
  peer_id text not null references peer on delete cascade,
  actor_uri text not null,
  primary key (peer_id, actor_uri)
)${words};
create index moderator_actor on moderator (actor_uri);
alter table tombstone add column owner_uri text
`

export const up = { sqlite: tables(' strict, without rowid'), postgres: tables('') }
