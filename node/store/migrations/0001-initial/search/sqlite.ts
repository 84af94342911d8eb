/** The words of an entry go with it, also where the schema deletes it with its café. */
const entryGoes = `create trigger search_entry_goes after delete on search_entry begin
  delete from search_coming where rowid = old.position and old.archived = 0; delete from search_past where rowid = old.position and old.archived = 1; end`

/** Whether a host is blocked, with its port or without, or one of the domains above it. */
const isBlocked = (host: string) => {
  const name = `case when ${host} like '[%' or instr(${host}, ':') = 0 then ${host}
    else substr(${host}, 1, instr(${host}, ':') - 1) end`
  return `exists (
    select 1 from blocked_domain as blocked where blocked.domain in (${host}, ${name})
      or substr(${name}, -length(blocked.domain) - 1) = '.' || blocked.domain)`
}

/**
 * Cafés of others count while the server that passes them on is a member or followed, and neither it nor their origin
 * is blocked.
 */
const judgedSources = `create view search_source_judged as
  select source.number, source.peer_id, (peer.membership = 'member' or peer.following = 'accepted')
      and not ${isBlocked('peer.host')} and not ${isBlocked('source.host')} as shown
    from search_source as source join peer on peer.id = source.peer_id`

const judgeAgain = (which: string) => `
  update search_source set shown = judged.shown from search_source_judged as judged
    where judged.number = search_source.number and ${which};`

const sourceTriggers = [
  `create trigger search_source_comes after insert on search_source begin
    ${judgeAgain('search_source.number = new.number')} end`,
  `create trigger search_peer_changes after update of membership, following, host on peer begin
    ${judgeAgain('search_source.peer_id = new.id')} end`,
  `create trigger search_domain_blocked after insert on blocked_domain begin ${judgeAgain('true')} end`,
  `create trigger search_domain_unblocked after delete on blocked_domain begin ${judgeAgain('true')} end`,
  `create trigger search_source_hides after insert on search_source begin
    update search_source set hidden_since = (select hidden_since from peer where peer.id = new.peer_id)
    where search_source.number = new.number; end`,
  `create trigger search_peer_hides after update of hidden_since on peer
    when new.hidden_since is not old.hidden_since begin
    update search_source set hidden_since = new.hidden_since where peer_id = new.id; end`,
]

/** What keeps the index in step on SQLite, beside `search-index/reindex-cafes.ts`: which sources are shown. */
export const searchOnSqlite = [entryGoes, judgedSources, ...sourceTriggers]
