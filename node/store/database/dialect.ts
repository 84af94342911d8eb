import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely'

/** Where the two databases differ in words; how they search is said in search/. */
export const isPostgres = (db: Pick<Kysely<unknown>, 'getExecutor'>): boolean =>
  db.getExecutor().adapter instanceof PostgresAdapter

/** That a text holds another, byte for byte. */
export const contains = (
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  column: RawBuilder<unknown>,
  text: string,
): RawBuilder<boolean> =>
  isPostgres(db)
    ? sql<boolean>`strpos(${column}, ${text}) > 0`
    : sql<boolean>`instr(${column}, ${text}) > 0`

/** That a column holds one of many texts or numbers, as one parameter whatever their number. */
export const isAmong = (
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  column: RawBuilder<unknown>,
  values: readonly string[] | readonly number[],
): RawBuilder<boolean> => {
  const type = typeof values[0] === 'number' ? sql`bigint[]` : sql`text[]`
  return isInList(db, column, { list: toListParameter(db, values), type })
}

/** The same of texts, given as `toListParameter` makes them: for queries that are prepared. */
export const isTextAmong = (
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  column: RawBuilder<unknown>,
  list: ListParameter,
): RawBuilder<boolean> => isInList(db, column, { list, type: sql`text[]` })

/** Many values as one parameter. */
export type ListParameter = readonly string[] | readonly number[] | string

export const toListParameter = (
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  values: readonly string[] | readonly number[],
): ListParameter => (isPostgres(db) ? values : JSON.stringify(values))

/**
 * A value in a join or a view. As a mere parameter SQLite looks at it to plan such a query, and so compiles it anew each
 * time that it is given; as a query of its own it does not.
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
