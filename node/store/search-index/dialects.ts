import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import { TEXT_OF_CAFE } from './index-columns.ts'
import { askForBeginning, type Part } from './indexed-words.ts'

/** What a full-text index is asked for: a prefix of a word, or at least one of some tokens. */
export type Match = { beginning: string } | { anyOf: readonly string[] }

/** The SQL of one database for what the search needs beyond standard SQL. */
export type SearchDialect = {
  /** Limits to 1 a number that rounding made slightly greater; null stays null. */
  atMostOne: (value: RawBuilder<number>) => RawBuilder<number>
  /** All words of `cafe`, folded, each with a space before it. */
  text: RawBuilder<string>
  /** How many of these texts are examined in one query: SQLite makes each of them in this process. */
  textsAtOnce: number
  /** Joins two tables in the order in which they are written, where the planner must be told. */
  join: RawBuilder<unknown>
  /** `search_entry` as `entry`, read in the order of dates, with or without the archive. */
  alongDates: (withPast: boolean) => RawBuilder<unknown>
  /**
   * `entry` for those of a part that meet all matches, between two positions. `position` is the name under which the
   * index returns them in that order without sorting. Where entries are only counted, SQLite reads them in an index.
   */
  matching: (
    part: Part,
    matches: readonly Match[],
    between: { first: number; last: number; isCount: boolean },
  ) => { from: RawBuilder<unknown>; where: RawBuilder<boolean>; position: RawBuilder<number> }
}

/** Returns in which words the search asks this database. */
export const dialectOf = (db: Database): SearchDialect => (isPostgres(db) ? postgres : sqlite)

const ARCHIVED = { coming: 0, past: 1 }

const sqlite: SearchDialect = {
  atMostOne: (value) => sql`min(1.0, ${value})`,
  text: sql.raw(TEXT_OF_CAFE),
  textsAtOnce: 8,
  join: sql`cross join`,
  alongDates: (withPast) =>
    withPast
      ? sql`search_entry as entry not indexed`
      : sql`search_entry as entry indexed by search_entry_coming`,
  matching: (part, matches, { first, last, isCount }) => {
    const index = sql.table(`search_${part}`)
    const asked = matches.map((match) =>
      'beginning' in match
        ? askForBeginning(part, match.beginning)
        : sql`${`(${match.anyOf.map((token) => `"${token}"`).join(' OR ')})`}`,
    )
    const how =
      isCount && part === 'coming'
        ? sql`indexed by search_entry_coming on entry.archived = 0 and`
        : sql`on`
    return {
      from: sql`${index} cross join search_entry as entry ${how} entry.position = ${index}.rowid`,
      where: sql`${index} match ${sql.join(asked, sql` || ' AND ' || `)} and ${index}.rowid between ${first} and ${last}`,
      position: sql`${index}.rowid`,
    }
  },
}

/** The longest token that the index keeps, see the migration that makes it. */
const TOKEN_MAX = 500

const quoted = (token: string): string =>
  `'${[...token].slice(0, TOKEN_MAX).join('').replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

const postgres: SearchDialect = {
  // `least` ignores a null; without coordinates both values are null.
  atMostOne: (value) =>
    sql`least(case when entry.latitude is not null and entry.longitude is not null then 1.0 end, ${value})`,
  text: sql`cafe.search_text`,
  textsAtOnce: 250,
  join: sql`join`,
  alongDates: () => sql`search_entry as entry`,
  matching: (part, matches, { first, last }) => {
    const asked = matches.map((match) =>
      'beginning' in match
        ? `${quoted(match.beginning)}:*`
        : `(${match.anyOf.map(quoted).join(' | ')})`,
    )
    return {
      from: sql`search_entry as entry`,
      where: sql`entry.archived = ${sql.lit(ARCHIVED[part])}
        and entry.tokens @@ ${asked.join(' & ')}::tsquery
        and entry.position between ${first} and ${last}`,
      position: sql`entry.position`,
    }
  },
}
