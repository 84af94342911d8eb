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

const facetsWith = (own: string) => `' ' || trim(${own} || coalesce(' ___k' || lower(coalesce(
    (select kind from organization where id = new.organization_id),
    (select kind from structure where uri = new.organizer_uri)
  )), '')) || ' '`

const columnsWith = (own: string): [name: string, value: string][] => [
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
  ['facets', facetsWith(own)],
]

const enter = (own: string) => `
  insert into search_entry (cafe_id, position, ${columnsWith(own)
    .map(([name]) => name)
    .join(', ')})
    select new.id, ${freePosition}, ${columnsWith(own)
      .map(([, value]) => value)
      .join(', ')}
    where ${isFindable} and not exists (select 1 from search_entry where cafe_id = new.id);`

const revise = (own: string) => `
  update search_entry set ${columnsWith(own)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')}
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

/** The index beside a café that comes or changes, on SQLite; `own` gives the tokens that its row alone tells. */
export const cafeTriggers = (own: string, changing: string): string[] => [
  `create trigger search_cafe_comes after insert on cafe begin
      ${nameSource} ${enter(own)} ${addWords} end`,
  `create trigger search_cafe_changes after update of publication, hidden_reason, starts_at, ends_at,
      wall_starts_at, wall_ends_at, open_to, organization_id, organizer_uri, peer_id, origin_host, latitude, longitude,
      ${changing} on cafe
      begin ${nameSource} ${removeWords} ${revise(own)} ${enter(own)} ${addWords} end`,
]

/** And where a structure says of what kind it is; `touch` sets a column to what it is. */
export const kindTriggers = (touch: string): string[] => [
  `create trigger search_organization_changes after update of kind on organization
      when new.kind is not old.kind begin
      update cafe set ${touch} where organization_id = new.id; end`,
  `create trigger search_structure_comes after insert on structure when new.kind is not null begin
      update cafe set ${touch} where organizer_uri = new.uri; end`,
  `create trigger search_structure_changes after update of kind on structure
      when new.kind is not old.kind begin
      update cafe set ${touch} where organizer_uri = new.uri; end`,
]

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

/** The same on PostgreSQL, whose casts round. */
const cellsOfSaid = [0, 1, 2, 3]
  .map((size) => {
    const [height, width] = [0.05 * 4 ** size, 0.07 * 4 ** size]
    return `' ___g${size}_' || trunc((said.latitude + 90) / ${height})::bigint
      || '_' || trunc((said.longitude + 180) / ${width})::bigint`
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

    ...cafeTriggers('new.search_facets', 'search_text, search_facets'),
    `create trigger search_cafe_goes after delete on cafe begin ${removeWords}
      delete from search_entry where cafe_id = old.id; end`,
    ...kindTriggers('search_facets = search_facets'),
  ],
  postgres: [
    `alter table cafe add column search_facets text not null default ''`,
    `create table search_state (
      one bigint primary key check (one = 1), horizon bigint not null)`,
    'insert into search_state (one, horizon) values (1, 0)',
    'create table search_frequent_beginning (letters text primary key)',

    `create table search_source (
      number bigint generated by default as identity primary key,
      peer_id text not null references peer on delete cascade,
      host text not null,
      shown bigint not null default 0 check (shown in (0, 1)),
      unique (peer_id, host))`,
    `create function search_is_blocked(host text) returns boolean language sql stable as $$
      select exists (
        select from blocked_domain as blocked, (
          select case when $1 like '[%' or strpos($1, ':') = 0 then $1 else split_part($1, ':', 1) end as name
        ) as bare
        where blocked.domain in ($1, bare.name)
          or right(bare.name, length(blocked.domain) + 1) = '.' || blocked.domain)
    $$`,
    `create view search_source_judged as
      select source.number, source.peer_id, (
        (peer.membership = 'member' or peer.following = 'accepted')
        and not search_is_blocked(peer.host) and not search_is_blocked(source.host))::integer as shown
      from search_source as source join peer on peer.id = source.peer_id`,
    `create function search_judge_source() returns trigger language plpgsql as $$ begin
      update search_source set shown = judged.shown from search_source_judged as judged
        where judged.number = search_source.number and search_source.number = new.number;
      return null;
    end $$`,
    `create function search_judge_peer() returns trigger language plpgsql as $$ begin
      update search_source set shown = judged.shown from search_source_judged as judged
        where judged.number = search_source.number and search_source.peer_id = new.id;
      return null;
    end $$`,
    `create function search_judge_all() returns trigger language plpgsql as $$ begin
      update search_source set shown = judged.shown from search_source_judged as judged
        where judged.number = search_source.number and search_source.shown <> judged.shown;
      return null;
    end $$`,
    `create trigger search_source_comes after insert on search_source
      for each row execute function search_judge_source()`,
    `create trigger search_peer_changes after update of membership, following, host on peer
      for each row execute function search_judge_peer()`,
    `create trigger search_domain_blocked after insert or delete on blocked_domain
      for each statement execute function search_judge_all()`,

    `create table search_entry (
      position bigint primary key,
      cafe_id text not null unique,
      starts_at bigint not null,
      ends_at bigint not null,
      starts_local bigint not null,
      ends_local bigint not null,
      latitude double precision,
      longitude double precision,
      source bigint,
      reserved bigint not null,
      archived bigint not null,
      facets text not null,
      tokens tsvector not null default '')`,
    'create index search_entry_coming on search_entry (position) where archived = 0',
    'create index search_entry_ends on search_entry (ends_at) where archived = 0',
    'create index search_entry_coming_tokens on search_entry using gin (tokens) where archived = 0',
    'create index search_entry_past_tokens on search_entry using gin (tokens) where archived = 1',

    // A token of a tsvector has at most 2046 bytes.
    `create function search_tokens_of(said cafe, facets text) returns tsvector language sql immutable as $$
      select array_to_tsvector(array(
        select distinct left(token, 500) from unnest(string_to_array(
          said.search_text || facets
            || case when said.organization_id is null then ''
               else '___s' || replace(said.organization_id, '-', '') end
            || case when said.latitude is null or said.longitude is null then '' else ${cellsOfSaid} end,
          ' ')) as token
        where token <> ''))
    $$`,
    `create function search_free_position(first bigint) returns bigint language plpgsql as $$
      declare last bigint := (
        select max(position) from search_entry where position between first and first + ${MINUTE - 1});
      begin
        if last is null then return first; end if;
        if last < first + ${MINUTE - 1} then return last + 1; end if;
        return (
          select min(taken.position) + 1 from search_entry as taken
          where taken.position >= first
            and not exists (select from search_entry as after where after.position = taken.position + 1));
      end $$`,
    `create function search_note_cafe() returns trigger language plpgsql as $$
      declare
        minute bigint := unixepoch(new.starts_at) / 60 * ${MINUTE};
        is_findable boolean := new.publication = 'published' and new.hidden_reason is null;
        place bigint;
        entry search_entry;
      begin
        if new.peer_id is not null and not exists (
          select from search_source where peer_id = new.peer_id and host = new.origin_host
        ) then
          insert into search_source (peer_id, host) values (new.peer_id, new.origin_host);
        end if;
        select position into place from search_entry where cafe_id = new.id;
        if place is not null and not (is_findable and place / ${MINUTE} * ${MINUTE} = minute) then
          delete from search_entry where cafe_id = new.id;
          place := null;
        end if;
        if not is_findable then return null; end if;
        entry.cafe_id := new.id;
        entry.starts_at := unixepoch(new.starts_at);
        entry.ends_at := unixepoch(new.ends_at);
        entry.starts_local := unixepoch(coalesce(nullif(new.wall_starts_at, ''), new.starts_at));
        entry.ends_local := unixepoch(coalesce(nullif(new.wall_ends_at, ''), new.ends_at));
        entry.latitude := new.latitude;
        entry.longitude := new.longitude;
        entry.source := (
          select number from search_source where peer_id = new.peer_id and host = new.origin_host);
        entry.reserved := (new.open_to = 'reserved')::integer;
        entry.archived := (entry.ends_at <= (select horizon from search_state))::integer;
        entry.facets := ' ' || trim(new.search_facets || coalesce(' ___k' || lower(coalesce(
          (select kind from organization where id = new.organization_id),
          (select kind from structure where uri = new.organizer_uri))), '')) || ' ';
        entry.tokens := search_tokens_of(new, entry.facets);
        if place is null then
          entry.position := search_free_position(minute);
          insert into search_entry select (entry).*;
        else
          update search_entry set starts_at = entry.starts_at, ends_at = entry.ends_at,
            starts_local = entry.starts_local, ends_local = entry.ends_local, latitude = entry.latitude,
            longitude = entry.longitude, source = entry.source, reserved = entry.reserved,
            archived = entry.archived, facets = entry.facets, tokens = entry.tokens
            where position = place;
        end if;
        return null;
      end $$`,
    `create trigger search_cafe_comes after insert on cafe for each row execute function search_note_cafe()`,
    `create trigger search_cafe_changes after update of publication, hidden_reason, starts_at, ends_at,
      wall_starts_at, wall_ends_at, open_to, organization_id, organizer_uri, peer_id, origin_host, latitude, longitude,
      search_text, search_facets on cafe for each row execute function search_note_cafe()`,
    `create function search_forget_cafe() returns trigger language plpgsql as $$ begin
      delete from search_entry where cafe_id = old.id;
      return null;
    end $$`,
    `create trigger search_cafe_goes after delete on cafe for each row execute function search_forget_cafe()`,
    `create function search_note_organization() returns trigger language plpgsql as $$ begin
      update cafe set search_facets = search_facets where organization_id = new.id;
      return null;
    end $$`,
    `create trigger search_organization_changes after update of kind on organization
      for each row when (new.kind is distinct from old.kind) execute function search_note_organization()`,
    `create function search_note_structure() returns trigger language plpgsql as $$ begin
      update cafe set search_facets = search_facets where organizer_uri = new.uri;
      return null;
    end $$`,
    `create trigger search_structure_comes after insert on structure
      for each row when (new.kind is not null) execute function search_note_structure()`,
    `create trigger search_structure_changes after update of kind on structure
      for each row when (new.kind is distinct from old.kind) execute function search_note_structure()`,
  ],
}
