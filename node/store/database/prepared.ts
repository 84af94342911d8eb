import type { Compilable, CompiledQuery, QueryResult } from 'kysely'
import type { Database } from './database.ts'
import { isPostgres } from './dialect.ts'
import { runOnSqlite } from './sqlite-dialect.ts'

/** A parameter that is the value of this name in one of the rows. */
type Slot = { row: number; name: PropertyKey }

type Prepared<Row> = {
  query: CompiledQuery<Row>
  /** What each parameter is; undefined where the query itself contains it. */
  slots: readonly (Slot | undefined)[]
}

type Build<Values, Row> = (db: Database, rows: readonly Values[]) => Compilable<Row>
type Run<Values, Row> = (db: Database, rows: readonly Values[]) => Promise<QueryResult<Row>>

/**
 * Prepares a query that is asked for every message. It is built and compiled once for each of the two databases, which
 * takes several times as long as running it, and is run with other values each time.
 *
 * @param build - Makes the query of its values, each of which is one parameter. Its SQL may depend on the database and
 * on nothing else, and every call must give values of the same names.
 */
export function prepare<Values extends object, Row>(
  build: (db: Database, values: Values) => Compilable<Row>,
): (db: Database, values: Values) => Promise<QueryResult<Row>> {
  const run = prepareOne<Values, Row>((db, [values]) => build(db, values as Values))
  return (db, values) => run(db, [values])
}

/** The numbers of rows for which a query is compiled; any other number is written as some of these. */
const SIZES = [32, 16, 8, 4, 2, 1]

/**
 * Prepares a query that writes several rows at once, in the same way.
 * @returns A function that writes any number of rows, in their order, and gives what was returned for them.
 */
export function prepareRows<Values extends object, Row>(
  build: Build<Values, Row>,
): (db: Database, rows: readonly Values[]) => Promise<Row[]> {
  const runs = new Map(SIZES.map((size) => [size, prepareOne(build)]))
  return async (db, rows) => {
    const returned: Row[] = []
    for (let at = 0; at < rows.length; ) {
      const size = SIZES.find((one) => one <= rows.length - at) ?? 1
      const result = await runs.get(size)?.(db, rows.slice(at, at + size))
      returned.push(...(result?.rows ?? []))
      at += size
    }
    return returned
  }
}

function prepareOne<Values extends object, Row>(build: Build<Values, Row>): Run<Values, Row> {
  const prepared: { [database in 'sqlite' | 'postgres']?: Prepared<Row> } = {}
  return (db, rows) => {
    const database = isPostgres(db) ? 'postgres' : 'sqlite'
    if (!prepared[database]) {
      prepared[database] = compile(build, db, rows)
      const { sql } = prepared[database].query
      if (database === 'postgres' && !names.has(sql)) names.set(sql, `p${names.size}`)
    }
    const { query, slots } = prepared[database]
    const parameters = query.parameters.map((own, index) => {
      const slot = slots[index]
      return slot === undefined ? own : rows[slot.row]?.[slot.name as keyof Values]
    })
    const asked = { ...query, parameters }
    return database === 'sqlite' ? runOnSqlite(db, asked) : db.executeQuery(asked)
  }
}

/** The names of the queries that were compiled for PostgreSQL, by their SQL. */
const names = new Map<string, string>()

/** Returns the name under which PostgreSQL is to keep this SQL; undefined where it was not prepared. */
export const nameOfPrepared = (sql: string): string | undefined => names.get(sql)

/** Compiles the query with an object in place of each value, by which its parameters are found. */
function compile<Values extends object, Row>(
  build: Build<Values, Row>,
  db: Database,
  rows: readonly Values[],
): Prepared<Row> {
  const slots = new Map<unknown, Slot>()
  const standIns = rows.map((values, row) =>
    Object.fromEntries(
      Object.keys(values).map((name) => {
        const slot = { row, name }
        slots.set(slot, slot)
        return [name, slot]
      }),
    ),
  )
  const query = build(db, standIns as unknown as Values[]).compile()
  return { query, slots: query.parameters.map((parameter) => slots.get(parameter)) }
}
