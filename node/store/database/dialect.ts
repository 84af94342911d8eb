import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely'

/**
 * Returns whether this is PostgreSQL. This file has the SQL in which the two databases differ; that of searches is in
 * search/.
 */
export const isPostgres = (db: Pick<Kysely<unknown>, 'getExecutor'>): boolean =>
  db.getExecutor().adapter instanceof PostgresAdapter

/** Returns the condition that a text contains another, byte for byte. */
export const contains = (
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  column: RawBuilder<unknown>,
  text: string,
): RawBuilder<boolean> =>
  isPostgres(db)
    ? sql<boolean>`strpos(${column}, ${text}) > 0`
    : sql<boolean>`instr(${column}, ${text}) > 0`

/**
 * Returns the condition that a column holds one of many texts or numbers, given as one parameter whatever their number.
 */
export const isAmong = (
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  column: RawBuilder<unknown>,
  values: readonly string[] | readonly number[],
): RawBuilder<boolean> => {
  const type = typeof values[0] === 'number' ? sql`bigint[]` : sql`text[]`
  return isInList(db, column, { list: toListParameter(db, values), type })
}

/** Returns the same condition for texts, given as `toListParameter` makes them, for prepared queries. */
export const isTextAmong = (
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  column: RawBuilder<unknown>,
  list: ListParameter,
): RawBuilder<boolean> => isInList(db, column, { list, type: sql`text[]` })

/** Returns the same condition for whole numbers. */
export const isNumberAmong = (
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  column: RawBuilder<unknown>,
  list: ListParameter,
): RawBuilder<boolean> => isInList(db, column, { list, type: sql`bigint[]` })

/** Many values as one parameter. */
export type ListParameter = readonly string[] | readonly number[] | string

/**
 * Converts a list to one parameter of a statement: an array for PostgreSQL, a JSON text for SQLite. A statement so has
 * the same text for any number of values.
 */
export const toListParameter = (
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  values: readonly string[] | readonly number[],
): ListParameter => (isPostgres(db) ? values : JSON.stringify(values))

/**
 * Returns a value as a subquery, for a join or a view. If it were a mere parameter, SQLite would look at it to plan the
 * query, and so compile the query anew each time that it is given.
 */
export const toSubquery = (value: string): RawBuilder<string> => sql<string>`(select ${value})`

const isInList = (
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  column: RawBuilder<unknown>,
  { list, type }: { list: ListParameter; type: RawBuilder<unknown> },
): RawBuilder<boolean> =>
  isPostgres(db)
    ? sql<boolean>`${column} = any(${list}::${type})`
    : sql<boolean>`${column} in (select value from json_each(${list}))`
