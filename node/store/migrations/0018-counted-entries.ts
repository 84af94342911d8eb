import type { Dialect, Statements } from './dialect.ts'

/**
 * On SQLite, a search is counted in the index of the entries to come alone: it has what decides whether most are found
 * and held, in a quarter of the room of the entries, so that a thousand of them lie in few pages.
 */
export const countedEntries = ({ isPostgres }: Dialect): Statements =>
  isPostgres
    ? []
    : [
        'drop index search_entry_coming',
        `create index search_entry_coming on search_entry
          (position, ends_at, source, reserved, latitude, longitude, instr(facets, ' ___xc '))
          where archived = 0`,
      ]
