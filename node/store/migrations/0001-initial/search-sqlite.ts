import { sqlite } from '../dialect.ts'
import { ENTRY_OF, kindToken, LATER, PER_MINUTE, placedTokens } from './search.ts'

/**
 * The triggers that maintain the search index on SQLite, for every writer of cafés. `cafe_words` and `cafe_facets` are
 * functions that the program adds to its connections: they are given the columns in this order
 * (`search-index/tokens.ts`).
 */
const WORDS =
  'title summary format themes audiences venue_name commune organizer_name description_html organizer_uri'.split(
    ' ',
  )
const FACETS =
  'attendance_mode status format audiences accessibility intentions languages code_insee departement region'.split(
    ' ',
  )

const of = (row: 'new' | 'cafe', columns: readonly string[]): string =>
  columns.map((column) => `${row}.${column}`).join(', ')

const viewOfWords = `create view search_words as
  select cafe.id as cafe_id,
    cafe_words(${of('cafe', WORDS)}) || replace(rtrim(entry.facets), ' ', ' ___') || ' ' || ${placedTokens('cafe', sqlite)} as words
  from search_entry as entry join cafe on cafe.id = entry.cafe_id`

const minuteOfNew = `unixepoch(new.starts_at) / 60 * ${PER_MINUTE}`

const firstGap = `(
      select min(taken.position) + 1 from search_entry as taken
      where taken.position >= first
        and not exists (select 1 from search_entry as after where after.position = taken.position + 1)
    )`

/**
 * Finds a position at the end of the next minute that has room, by one look at the last position of each: reading all
 * positions up to the first gap would take longer with each café that one server puts at one minute.
 */
const later = `coalesce(
  (select coalesce(
      (select max(position) from search_entry where position between next and next + (${PER_MINUTE} - 1)),
      next - 1) + 1
    from (select first + ${PER_MINUTE} * min(value) as next
      from json_each('[${Array.from({ length: LATER }, (_, minute) => minute + 1)}]')
      where not exists (
        select 1 from search_entry where position = first + ${PER_MINUTE} * value + (${PER_MINUTE} - 1)))),
  ${firstGap})`

/** The next free position: after the last of the minute, or in a later minute when that is full. */
const freePosition = `(
  select case
    when last is null then first
    when last < first + (${PER_MINUTE} - 1) then last + 1
    else ${later} end
  from (
    select ${minuteOfNew} as first, (
      select max(position) from search_entry
      where position between ${minuteOfNew} and ${minuteOfNew} + (${PER_MINUTE} - 1)
    ) as last
  ))`

const startsLocal = `coalesce(unixepoch(nullif(new.wall_starts_at, '')), unixepoch(new.starts_at))`

const COLUMNS = {
  starts_at: 'unixepoch(new.starts_at)',
  ends_at: 'unixepoch(new.ends_at)',
  starts_local: startsLocal,
  ends_local: `coalesce(unixepoch(nullif(new.wall_ends_at, '')),
        ${startsLocal} + unixepoch(new.ends_at) - unixepoch(new.starts_at))`,
  latitude: 'new.latitude',
  longitude: 'new.longitude',
  source:
    '(select number from search_source where peer_id = new.peer_id and host = new.origin_host)',
  reserved: `new.open_to = 'reserved'`,
  archived: `unixepoch(new.ends_at) <= (select horizon from search_state)`,
  facets: `replace(' ' || trim(cafe_facets(${of('new', FACETS)}) || ${kindToken}) || ' ', ' ___', ' ')`,
}

const isFindable = `new.publication = 'published' and new.hidden_reason is null`
const isInItsMinute = `position / ${PER_MINUTE} * ${PER_MINUTE} = ${minuteOfNew}`

const nameSource = `
  insert into search_source (peer_id, host)
    select new.peer_id, new.origin_host where new.peer_id is not null and not exists (
      select 1 from search_source where peer_id = new.peer_id and host = new.origin_host);`

const enter = `
  insert into search_entry (cafe_id, position, ${Object.keys(COLUMNS).join(', ')})
    select new.id, ${freePosition}, ${Object.values(COLUMNS).join(', ')}
    where ${isFindable} and not exists (select 1 from search_entry where cafe_id = new.id);`

const revise = `
  update search_entry set ${Object.entries(COLUMNS)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')}
    where cafe_id = new.id and ${isFindable} and ${isInItsMinute};
  delete from search_entry where cafe_id = new.id and not (${isFindable} and ${isInItsMinute});`

const INDEXES = ['search_coming', 'search_past']

/** Inside a trigger, the outer statement decides how conflicts are handled, so there must be none. */
const wait = `
  insert into search_waiting (cafe_id) select new.id where ${isFindable}
    and not exists (select 1 from search_waiting where cafe_id = new.id);`

const removeWords = INDEXES.map(
  (index, archived) => `
  delete from ${index} where rowid = (
    select position from search_entry where cafe_id = old.id and archived = ${archived});`,
).join('')

/** An update that leaves a row of `cafe` unchanged makes its entry anew. */
const writeAgain = 'update cafe set publication = publication where'

const wordColumns = [...new Set([...WORDS, ...FACETS])].filter(
  (column) => column !== 'organizer_uri',
)

const cafeTriggers = [
  `create trigger search_cafe_comes after insert on cafe begin ${nameSource} ${enter} ${wait} end`,
  `create trigger search_cafe_changes after update of ${ENTRY_OF}, ${wordColumns.join(', ')} on cafe
    begin ${nameSource} ${removeWords} ${revise} ${enter} ${wait} end`,
  `create trigger search_cafe_goes after delete on cafe begin ${removeWords}
    delete from search_entry where cafe_id = old.id; end`,
  `create trigger search_organization_changes after update of kind on organization
    when new.kind is not old.kind begin ${writeAgain} organization_id = new.id; end`,
  `create trigger search_structure_comes after insert on structure
    when new.kind is not null begin ${writeAgain} organizer_uri = new.uri; end`,
  `create trigger search_structure_changes after update of kind on structure
    when new.kind is not old.kind begin ${writeAgain} organizer_uri = new.uri; end`,
]

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

export const searchOnSqlite = [viewOfWords, judgedSources, ...cafeTriggers, ...sourceTriggers]
