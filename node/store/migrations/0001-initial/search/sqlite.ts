/** The words of an entry go with it, also where the schema deletes it with its café. */
const entryGoes = `create trigger search_entry_goes after delete on search_entry begin
  delete from search_coming where rowid = old.position and old.archived = 0; delete from search_past where rowid = old.position and old.archived = 1; end`

/** Whether a host is blocked or limited, with its port or without, or one of the domains above it. */
const isAtLevel = (level: string, host: string) => `exists (
    with recursive up (name) as (
      select ${host} union all
      select case when ${host} like '[%' or instr(${host}, ':') = 0 then ${host}
        else substr(${host}, 1, instr(${host}, ':') - 1) end
      union all select substr(up.name, instr(up.name, '.') + 1) from up where instr(up.name, '.') > 0)
    select 1 from up cross join block as blocked
      where blocked.target = up.name and blocked.level = '${level}')`

/**
 * Cafés of others count while the server that passes them on is a member or followed, and neither it nor their origin
 * is blocked. Those of a limited one are in no list, as if it had been silent since ever.
 */
const judgedSources = `create view search_source_judged as
  select source.number, source.peer_id, (peer.membership = 'member' or peer.following = 'accepted')
      and not ${isAtLevel('block', 'peer.host')} and not ${isAtLevel('block', 'source.host')} as shown,
      case when ${isAtLevel('limit', 'peer.host')} or ${isAtLevel('limit', 'source.host')}
        then '0001-01-01T00:00:00.000Z' else peer.hidden_since end as hidden_since
    from search_source as source join peer on peer.id = source.peer_id`

const judgeAgain = (which: string) => `
  update search_source set shown = judged.shown, hidden_since = judged.hidden_since
    from search_source_judged as judged where judged.number = search_source.number and ${which};`

const sourceTriggers = [
  `create trigger search_source_comes after insert on search_source begin
    ${judgeAgain('search_source.number = new.number')} end`,
  `create trigger search_peer_changes after update of membership, following, host, hidden_since on peer begin
    ${judgeAgain('search_source.peer_id = new.id')} end`,
]

/** What keeps the index in step on SQLite, beside `search-index/reindex-cafes.ts`: which sources are shown. */
export const searchOnSqlite = [entryGoes, judgedSources, ...sourceTriggers]
