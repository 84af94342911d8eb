import type { Dialect, Statements } from '../dialect.ts'

/**
 * The search index. A `search_entry` is a café that can be found: `position` is the minute of its beginning, times
 * `search_state.per_minute`, plus a number within the minute, so that the order of positions is that of dates. Times are seconds since
 * 1970, those with `_local` in the time of the place. An entry is in the archive (`archived`) once its café was over by
 * `search_state.horizon`. `search_source` says which cafés of others are listed now.
 *
 * `facets` has the tokens of the filters without the mark that those in the index of words begin with.
 *
 * The words of a café and its filters are tokens: on SQLite in one of two full-text indexes, `search_coming` and
 * `search_past`, under the number of the entry; on PostgreSQL in a column of the entry.
 */
export const searchTables = (dialect: Dialect): Statements => {
  const { isPostgres, integer, real, counted, strict, strictByKey } = dialect
  return `
create table search_state (
  one ${integer} primary key check (one = 1),
  horizon ${integer} not null,
  per_minute ${integer} not null default 1048576
) ${strict};
insert into search_state (one, horizon, per_minute) values (1, 0, 8192);

create table search_frequent_beginning (
  letters text primary key
) ${strictByKey};

create table search_source (
  number ${counted},
  peer_id text not null references peer on delete cascade,
  host text not null,
  shown ${integer} not null default 0 check (shown in (0, 1)),
  hidden_since text,
  changed ${integer} not null default 0,
  changed_at text not null default '',
  unique (peer_id, host)
) ${strict};

create table search_entry (
  position ${integer} primary key,
  cafe_id text not null unique,
  starts_at ${integer} not null,
  ends_at ${integer} not null,
  starts_local ${integer} not null,
  ends_local ${integer} not null,
  latitude ${real},
  longitude ${real},
  source ${integer},
  reserved ${integer} not null,
  archived ${integer} not null,
  facets text not null
  ${isPostgres ? `, tokens tsvector not null default ''` : ''}
) ${strict};
create index search_entry_ends on search_entry (ends_at) where archived = 0;
${isPostgres ? ON_POSTGRES : ON_SQLITE}
`
}

const ON_POSTGRES = `
create index search_entry_coming on search_entry (position) where archived = 0;
create index search_entry_coming_tokens on search_entry using gin (tokens) where archived = 0;
create index search_entry_past_tokens on search_entry using gin (tokens) where archived = 1;
`

const FULL_TEXT_INDEXES = ['search_coming', 'search_past']
  .map(
    (name) => `
create virtual table ${name} using fts5 (
  words, content='', contentless_delete=1, detail=none, prefix='3',
  tokenize="ascii tokenchars '_'");
`,
  )
  .join('')

/** What follows the mark of one letter in the first facet that begins with it; null where there is none. */
function facetAt(mark: string): string {
  const from = `nullif(instr(facets, ' ${mark}'), 0) + 2`
  return `substr(facets, ${from}, instr(substr(facets, ${from}), ' ') - 1)`
}

/**
 * A search is counted in `search_entry_coming` alone: it has what decides whether most are found and held, in a quarter
 * of the room of the entries. `search_entry_territory` counts the cafés to come by territory. `search_waiting` has the
 * cafés whose words are not in the index yet, since they are added for all cafés of a transaction at its end
 * (`search-index/waiting-words.ts`).
 */
const ON_SQLITE = `
create index search_entry_coming on search_entry
  (position, ends_at, source, reserved, latitude, longitude, instr(facets, ' xc '))
  where archived = 0;
create index search_entry_territory on search_entry
  (${facetAt('d')}, ${facetAt('c')}, ends_at, source)
  where archived = 0 and reserved = 0 and instr(facets, ' xc ') = 0;
create table search_waiting (cafe_id text primary key) strict, without rowid;
${FULL_TEXT_INDEXES}`

/** The number of positions in one minute. */
export const PER_MINUTE = '(select per_minute from search_state)'

/**
 * How many minutes after its own are looked at for a café whose minute is full. The search reads as many more
 * (`LATER_MINUTES`).
 */
export const LATER = 32

/**
 * What the index holds of a café beside its words: the tokens of its structure, of its networks, and of the cells of
 * the map in which it lies. The smallest cells are about 5.5 km high and wide in France; each of the four sizes is four
 * times the one before (see `search-index/cells.ts`).
 * @param cafe - The name by which the SQL refers to the café.
 */
export const placedTokens = (cafe: string, { truncate }: Dialect): string => {
  const cells = [0, 1, 2, 3].map((size) => {
    const row = truncate(`(${cafe}.latitude + 90) / ${0.05 * 4 ** size}`)
    const column = truncate(`(${cafe}.longitude + 180) / ${0.07 * 4 ** size}`)
    return `' ___g${size}_' || ${row} || '_' || ${column}`
  })
  return `case when ${cafe}.organization_id is null then ''
      else '___s' || replace(${cafe}.organization_id, '-', '') end
    || coalesce((
      select string_agg(' ___w' || replace(network.id, '-', ''), '')
      from agreement join network on network.uri = agreement.object_uri
      where agreement.subject_uri = ${cafe}.organizer_uri and agreement.kind = 'member-of'
        and agreement.active = 1), '')
    || case when ${cafe}.latitude is null or ${cafe}.longitude is null then ''
      else ${cells.join(' || ')} end`
}

/** The token of the kind of the structure that organises the café that is being written. */
export const kindToken = `coalesce(' ___k' || lower(coalesce(
    (select kind from organization where id = new.organization_id),
    (select kind from structure where uri = new.organizer_uri))), '')`

/** The columns from which an entry is made, beside the words of the café. */
export const ENTRY_OF = `publication, hidden_reason, starts_at, ends_at, wall_starts_at, wall_ends_at, open_to,
    organization_id, organizer_uri, peer_id, origin_host, latitude, longitude`
