import type { Dialect, Statements } from '../dialect.ts'

/**
 * The search index. A `search_entry` is a café that can be found: `position` is the minute of its beginning, shifted by
 * 20 bits, plus a number within the minute, so that the order of positions is that of dates. Times are seconds since
 * 1970, those with `_local` in the time of the place. An entry is in the archive (`archived`) once its café was over by
 * `search_state.horizon`. `search_source` says which cafés of others are listed now.
 *
 * The words of a café and its filters are tokens: on SQLite in one of two full-text indexes, `search_coming` and
 * `search_past`, under the number of the entry; on PostgreSQL in a column of the entry.
 */
export const searchTables = (dialect: Dialect): Statements => {
  const { isPostgres, integer, real, counted, strict, strictByKey } = dialect
  return `
create table search_state (
  one ${integer} primary key check (one = 1),
  horizon ${integer} not null
) ${strict};
insert into search_state (one, horizon) values (1, 0);

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
create index search_entry_coming on search_entry (position) where archived = 0;
create index search_entry_ends on search_entry (ends_at) where archived = 0;
${isPostgres ? TOKEN_INDEXES : FULL_TEXT_INDEXES}
`
}

const TOKEN_INDEXES = `
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

/** The number of positions in one minute. */
export const MINUTE = 1_048_576

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
      from network_member join network on network.uri = network_member.network_uri
      where network_member.structure_uri = ${cafe}.organizer_uri and network_member.active = 1), '')
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
