import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import { askForBeginning, type Part } from './indexed-words.ts'
import { cutToken } from './tokens.ts'

/** What a full-text index is asked for: a prefix of a word, or at least one of some tokens. */
export type Match = { beginning: string } | { anyOf: readonly string[] }

/** The SQL of one database for what the search needs beyond standard SQL. */
export type SearchDialect = {
  /** Limits to 1 a number that rounding made slightly greater; null stays null. */
  atMostOne: (value: RawBuilder<number>) => RawBuilder<number>
  /** The condition that `entry` meets a match, for searches that do not read the index of words along the dates. */
  meets: (match: Match) => RawBuilder<boolean>
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

/** Returns what FTS5 is asked for. */
const toFts5 = (match: Match): string =>
  'beginning' in match
    ? `"${match.beginning}" *`
    : `(${match.anyOf.map((token) => `"${token}"`).join(' OR ')})`

const sqlite: SearchDialect = {
  atMostOne: (value) => sql`min(1.0, ${value})`,
  meets: (match) => {
    const positions = (['coming', 'past'] as const).map((part) => {
      const index = sql.table(`search_${part}`)
      return sql`select rowid from ${index} where ${index} match ${toFts5(match)}`
    })
    return sql`entry.position in (${sql.join(positions, sql` union all `)})`
  },
  join: sql`cross join`,
  alongDates: (withPast) =>
    withPast
      ? sql`search_entry as entry not indexed`
      : sql`search_entry as entry indexed by search_entry_coming`,
  matching: (part, matches, { first, last, isCount }) => {
    const index = sql.table(`search_${part}`)
    const asked = matches.map((match) =>
      'beginning' in match ? askForBeginning(part, match.beginning) : sql`${toFts5(match)}`,
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

/** Returns a token as a query has it, as long as the index keeps it. */
const quoted = (token: string): string =>
  `'${cutToken(token).replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

const toTsquery = (match: Match): string =>
  'beginning' in match ? `${quoted(match.beginning)}:*` : `(${match.anyOf.map(quoted).join(' | ')})`

const postgres: SearchDialect = {
  // `least` ignores a null; without coordinates both values are null.
  atMostOne: (value) =>
    sql`least(case when entry.latitude is not null and entry.longitude is not null then 1.0 end, ${value})`,
  meets: (match) => sql`entry.tokens @@ ${toTsquery(match)}::tsquery`,
  join: sql`join`,
  alongDates: () => sql`search_entry as entry`,
  matching: (part, matches, { first, last }) => {
    return {
      from: sql`search_entry as entry`,
      where: sql`entry.archived = ${sql.lit(ARCHIVED[part])}
        and entry.tokens @@ ${matches.map(toTsquery).join(' & ')}::tsquery
        and entry.position between ${first} and ${last}`,
      position: sql`entry.position`,
    }
  },
}
