/** Makes a function for triggers. */
const trigger = (name: string, body: string): string =>
  `create function ${name}() returns trigger language plpgsql as $$ begin
      ${body};
      return null;
    end $$`

/** Whether a host is blocked or limited, with its port or without, or one of the domains above it. */
const isAtLevel = `create function search_is_at_level(wanted text, host text) returns boolean
  language sql stable as $$
  select exists (
    with recursive up (name) as (
      select $2 union all
      select case when $2 like '[%' or strpos($2, ':') = 0 then $2 else split_part($2, ':', 1) end
      union all select substr(up.name, strpos(up.name, '.') + 1) from up where strpos(up.name, '.') > 0)
    select from up join block as blocked on blocked.target = up.name where blocked.level = $1)
$$`

/**
 * Cafés of others count while the server that passes them on is a member or followed, and neither it nor their origin
 * is blocked. Those of a limited one are in no list, as if it had been silent since ever.
 */
const judgedSources = `create view search_source_judged as
  select source.number, source.peer_id, (
    (peer.membership = 'member' or peer.following = 'accepted')
    and not search_is_at_level('block', peer.host)
    and not search_is_at_level('block', source.host))::integer as shown,
    case when search_is_at_level('limit', peer.host) or search_is_at_level('limit', source.host)
      then '0001-01-01T00:00:00.000Z' else peer.hidden_since end as hidden_since
  from search_source as source join peer on peer.id = source.peer_id`

const judgeAgain = (which: string) => `
  update search_source set shown = judged.shown, hidden_since = judged.hidden_since
    from search_source_judged as judged where judged.number = search_source.number and ${which}`

const sourceTriggers = [
  isAtLevel,
  judgedSources,
  trigger('search_judge_source', judgeAgain('search_source.number = new.number')),
  `create trigger search_source_comes after insert on search_source
    for each row execute function search_judge_source()`,
  trigger('search_judge_peer', judgeAgain('search_source.peer_id = new.id')),
  `create trigger search_peer_changes after update of membership, following, host, hidden_since on peer
    for each row execute function search_judge_peer()`,
]

/** What keeps the index in step on PostgreSQL, beside `search-index/reindex-cafes.ts`: which sources are shown. */
export const searchOnPostgres = sourceTriggers
