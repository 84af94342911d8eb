import type { Dialect, Statements } from '../../dialect.ts'

/**
 * The search index. A `search_entry` is a café that can be found: `position` is the minute of its beginning, times
 * 8,192, plus a number within the minute, so that the order of positions is that of dates. Times are seconds since
 * 1970, those with `_local` in the time of the place. An entry is in the archive (`archived`) once its café was over by
 * `search_state.horizon`. `search-index/reindex-cafes.ts` writes the entries. `search_source` says which cafés of others are listed now.
 *
 * `facets` has the tokens of the filters without the mark that those in the index of words begin with, and the days on
 * which the café takes place (`search-index/former-facets.ts`).
 *
 * The words of a café and its filters are tokens: on SQLite in one of two full-text indexes, `search_coming` and
 * `search_past`, under the number of the entry; on PostgreSQL in a column of the entry.
 */
export const searchTables = (dialect: Dialect): Statements => {
  const { isPostgres, integer, real, counted, strict } = dialect
  return `
create table search_state (
  one ${integer} primary key check (one = 1),
  horizon ${integer} not null
) ${strict};
insert into search_state (one, horizon) values (1, 0);

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
  cafe_id text not null unique references cafe on delete cascade,
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
  words, content='', contentless_delete=1, detail=none, prefix='1 2 3',
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
 * of the room of the entries. `search_entry_territory` counts the cafés to come by territory.
 */
const ON_SQLITE = `
create index search_entry_coming on search_entry
  (position, ends_at, source, reserved, latitude, longitude, instr(facets, ' xc '))
  where archived = 0;
create index search_entry_territory on search_entry
  (${facetAt('d')}, ${facetAt('c')}, ends_at, source)
  where archived = 0 and reserved = 0 and instr(facets, ' xc ') = 0;
${FULL_TEXT_INDEXES}`
