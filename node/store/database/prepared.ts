import type { Compilable, CompiledQuery, QueryResult } from 'kysely'
import type { Database } from './database.ts'
import { isPostgres } from './dialect.ts'

type Prepared<Values, Row> = {
  query: CompiledQuery<Row>
  /** The name of the value of each parameter; undefined where the query itself contains it. */
  names: readonly (keyof Values | undefined)[]
}

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
  const prepared: { [database in 'sqlite' | 'postgres']?: Prepared<Values, Row> } = {}
  return (db, values) => {
    const database = isPostgres(db) ? 'postgres' : 'sqlite'
    prepared[database] ??= compile(build, db, values)
    const { query, names } = prepared[database]
    const parameters = query.parameters.map((own, index) => {
      const name = names[index]
      return name === undefined ? own : values[name]
    })
    return db.executeQuery({ ...query, parameters })
  }
}

/** Compiles the query with an object in place of each value, by which its parameters are found. */
function compile<Values extends object, Row>(
  build: (db: Database, values: Values) => Compilable<Row>,
  db: Database,
  values: Values,
): Prepared<Values, Row> {
  const slots = new Map<unknown, keyof Values>()
  const stand = Object.fromEntries(
    Object.keys(values).map((name) => {
      const slot = { of: name }
      slots.set(slot, name as keyof Values)
      return [name, slot]
    }),
  )
  const query = build(db, stand as Values).compile()
  return { query, names: query.parameters.map((parameter) => slots.get(parameter)) }
}
