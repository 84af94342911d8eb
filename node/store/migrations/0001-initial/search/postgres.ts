/** Makes a function for triggers. */
const trigger = (name: string, body: string): string =>
  `create function ${name}() returns trigger language plpgsql as $$ begin
      ${body};
      return null;
    end $$`

/** Whether a host is blocked, with its port or without, or one of the domains above it. */
const isBlocked = `create function search_is_blocked(host text) returns boolean language sql stable as $$
  select exists (
    select from blocked_domain as blocked, (
      select case when $1 like '[%' or strpos($1, ':') = 0 then $1 else split_part($1, ':', 1) end as name
    ) as bare
    where blocked.domain in ($1, bare.name)
      or right(bare.name, length(blocked.domain) + 1) = '.' || blocked.domain)
$$`

/**
 * Cafés of others count while the server that passes them on is a member or followed, and neither it nor their origin
 * is blocked.
 */
const judgedSources = `create view search_source_judged as
  select source.number, source.peer_id, (
    (peer.membership = 'member' or peer.following = 'accepted')
    and not search_is_blocked(peer.host) and not search_is_blocked(source.host))::integer as shown
  from search_source as source join peer on peer.id = source.peer_id`

const judgeAgain = (which: string) => `
  update search_source set shown = judged.shown from search_source_judged as judged
    where judged.number = search_source.number and ${which}`

const sourceTriggers = [
  isBlocked,
  judgedSources,
  trigger('search_judge_source', judgeAgain('search_source.number = new.number')),
  `create trigger search_source_comes after insert on search_source
    for each row execute function search_judge_source()`,
  trigger('search_judge_peer', judgeAgain('search_source.peer_id = new.id')),
  `create trigger search_peer_changes after update of membership, following, host on peer
    for each row execute function search_judge_peer()`,
  trigger('search_judge_all', judgeAgain('search_source.shown <> judged.shown')),
  `create trigger search_domain_blocked after insert or delete on blocked_domain
    for each statement execute function search_judge_all()`,
  trigger(
    'search_hide_source',
    `update search_source
      set hidden_since = (select hidden_since from peer where peer.id = new.peer_id)
      where search_source.number = new.number`,
  ),
  `create trigger search_source_hides after insert on search_source
    for each row execute function search_hide_source()`,
  trigger(
    'search_hide_peer',
    'update search_source set hidden_since = new.hidden_since where peer_id = new.id',
  ),
  `create trigger search_peer_hides after update of hidden_since on peer
    for each row when (new.hidden_since is distinct from old.hidden_since) execute function search_hide_peer()`,
]

/** What keeps the index in step on PostgreSQL, beside `search-index/reindex-cafes.ts`: which sources are shown. */
export const searchOnPostgres = sourceTriggers
