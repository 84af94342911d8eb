/**
 * The index of the search. A `search_entry` is a café that may be found: `position` is the minute of its beginning,
 * shifted by 20 bits, and a number within the minute, so that order by position is order by date. Its words and what
 * it can be filtered by are tokens of one of two full-text indexes under the same number: `search_coming`, and
 * `search_past` for what was over by `search_state.horizon`. Seconds since 1970 everywhere; `_local` by the clock of
 * the place. `search_source` says whose cafés of others count now. Triggers keep all of it, whoever writes a café.
 */

/** Positions in one minute. */
const MINUTE = 1_048_576

const minuteOfNew = `unixepoch(new.starts_at) / 60 * ${MINUTE}`

/** After the last of the minute, or at the first gap when that number is given away. */
const freePosition = `(
  select case
    when last is null then first
    when last < first + ${MINUTE - 1} then last + 1
    else (
      select min(taken.position) + 1 from search_entry as taken
      where taken.position >= first
        and not exists (select 1 from search_entry as after where after.position = taken.position + 1)
    ) end
  from (
    select ${minuteOfNew} as first, (
      select max(position) from search_entry
      where position between ${minuteOfNew} and ${minuteOfNew} + ${MINUTE - 1}
    ) as last
  ))`

const isFindable = `new.publication = 'published' and new.hidden_reason is null`

/** Over by the horizon: one of the archive. */
const isArchived = `unixepoch(new.ends_at) <= (select horizon from search_state)`

const facets = `' ' || trim(new.search_facets || coalesce(' ___k' || lower(coalesce(
    (select kind from organization where id = new.organization_id),
    (select kind from structure where uri = new.organizer_uri)
  )), '')) || ' '`

const columns: [name: string, value: string][] = [
  ['starts_at', 'unixepoch(new.starts_at)'],
  ['ends_at', 'unixepoch(new.ends_at)'],
  ['starts_local', `coalesce(unixepoch(nullif(new.wall_starts_at, '')), unixepoch(new.starts_at))`],
  ['ends_local', `coalesce(unixepoch(nullif(new.wall_ends_at, '')), unixepoch(new.ends_at))`],
  ['latitude', 'new.latitude'],
  ['longitude', 'new.longitude'],
  [
    'source',
    '(select number from search_source where peer_id = new.peer_id and host = new.origin_host)',
  ],
  ['reserved', `new.open_to = 'reserved'`],
  ['archived', isArchived],
  ['facets', facets],
]

const enter = `
  insert into search_entry (cafe_id, position, ${columns.map(([name]) => name).join(', ')})
    select new.id, ${freePosition}, ${columns.map(([, value]) => value).join(', ')}
    where ${isFindable} and not exists (select 1 from search_entry where cafe_id = new.id);`

const revise = `
  update search_entry set ${columns.map(([name, value]) => `${name} = ${value}`).join(', ')}
    where cafe_id = new.id and ${isFindable} and position / ${MINUTE} * ${MINUTE} = ${minuteOfNew};
  delete from search_entry
    where cafe_id = new.id and not (${isFindable} and position / ${MINUTE} * ${MINUTE} = ${minuteOfNew});`

const addWords = ['search_coming', 'search_past']
  .map(
    (index, archived) => `
  insert into ${index} (rowid, words)
    select entry.position, said.words from search_entry as entry
    join search_words as said on said.cafe_id = entry.cafe_id
    where entry.cafe_id = new.id and entry.archived = ${archived};`,
  )
  .join('')

const removeWords = ['search_coming', 'search_past']
  .map(
    (index, archived) => `
  delete from ${index} where rowid = (
    select position from search_entry where cafe_id = old.id and archived = ${archived});`,
  )
  .join('')

/** Of a host, with its port or without, and of the domains above it. */
const isBlocked = (host: string) => {
  const name = `case when ${host} like '[%' or instr(${host}, ':') = 0 then ${host}
    else substr(${host}, 1, instr(${host}, ':') - 1) end`
  return `exists (
    select 1 from blocked_domain as blocked where blocked.domain in (${host}, ${name})
      or substr(${name}, -length(blocked.domain) - 1) = '.' || blocked.domain)`
}

/** Cafés of others count while who passes them on is a member or followed, and neither it nor their origin is blocked. */
const judgedSources = `
  select source.number, source.peer_id, (peer.membership = 'member' or peer.following = 'accepted')
      and not ${isBlocked('peer.host')} and not ${isBlocked('source.host')} as shown
    from search_source as source join peer on peer.id = source.peer_id`

const judgeAgain = (which: string) => `
  update search_source set shown = judged.shown from search_source_judged as judged
    where judged.number = search_source.number and ${which};`

const nameSource = `
  insert into search_source (peer_id, host)
    select new.peer_id, new.origin_host where new.peer_id is not null and not exists (
      select 1 from search_source where peer_id = new.peer_id and host = new.origin_host);`

/** Degrees of latitude and longitude of the smallest cells, about 5.5 km in France; each size is four times the last. */
const cells = [0, 1, 2, 3]
  .map((size) => {
    const [height, width] = [0.05 * 4 ** size, 0.07 * 4 ** size]
    return `' ___g${size}_' || cast((cafe.latitude + 90) / ${height} as integer)
      || '_' || cast((cafe.longitude + 180) / ${width} as integer)`
  })
  .join(' || ')

const fullText = (name: string) => `
create virtual table ${name} using fts5 (
  words, content='', contentless_delete=1, detail=none, prefix='3',
  tokenize="ascii tokenchars '_'")`

export const up = {
  sqlite: [
    `alter table cafe add column search_facets text not null default ''`,
    `create table search_state (
      one integer primary key check (one = 1), horizon integer not null) strict`,
    'insert into search_state (one, horizon) values (1, 0)',
    'create table search_frequent_beginning (letters text primary key) strict, without rowid',

    `create table search_source (
      number integer primary key,
      peer_id text not null references peer on delete cascade,
      host text not null,
      shown integer not null default 0 check (shown in (0, 1)),
      unique (peer_id, host)) strict`,
    `create view search_source_judged as ${judgedSources}`,
    `create trigger search_source_comes after insert on search_source begin
      ${judgeAgain('search_source.number = new.number')} end`,
    `create trigger search_peer_changes after update of membership, following, host on peer begin
      ${judgeAgain('search_source.peer_id = new.id')} end`,
    `create trigger search_domain_blocked after insert on blocked_domain begin ${judgeAgain('true')} end`,
    `create trigger search_domain_unblocked after delete on blocked_domain begin ${judgeAgain('true')} end`,

    `create table search_entry (
      position integer primary key,
      cafe_id text not null unique,
      starts_at integer not null,
      ends_at integer not null,
      starts_local integer not null,
      ends_local integer not null,
      latitude real,
      longitude real,
      source integer,
      reserved integer not null,
      archived integer not null,
      facets text not null) strict`,
    'create index search_entry_coming on search_entry (position) where archived = 0',
    'create index search_entry_ends on search_entry (ends_at) where archived = 0',
    fullText('search_coming'),
    fullText('search_past'),
    `create view search_words as select cafe.id as cafe_id,
      cafe.search_text || entry.facets
        || case when cafe.organization_id is null then ''
           else '___s' || replace(cafe.organization_id, '-', '') end
        || case when cafe.latitude is null or cafe.longitude is null then '' else ${cells} end as words
      from search_entry as entry join cafe on cafe.id = entry.cafe_id`,

    `create trigger search_cafe_comes after insert on cafe begin
      ${nameSource} ${enter} ${addWords} end`,
    `create trigger search_cafe_changes after update of publication, hidden_reason, starts_at, ends_at,
      wall_starts_at, wall_ends_at, open_to, organization_id, organizer_uri, peer_id, origin_host, latitude, longitude,
      search_text, search_facets on cafe
      begin ${nameSource} ${removeWords} ${revise} ${enter} ${addWords} end`,
    `create trigger search_cafe_goes after delete on cafe begin ${removeWords}
      delete from search_entry where cafe_id = old.id; end`,
    `create trigger search_organization_changes after update of kind on organization
      when new.kind is not old.kind begin
      update cafe set search_facets = search_facets where organization_id = new.id; end`,
    `create trigger search_structure_comes after insert on structure when new.kind is not null begin
      update cafe set search_facets = search_facets where organizer_uri = new.uri; end`,
    `create trigger search_structure_changes after update of kind on structure
      when new.kind is not old.kind begin
      update cafe set search_facets = search_facets where organizer_uri = new.uri; end`,
  ],
}
