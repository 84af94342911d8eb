import SQLite from 'better-sqlite3'

/** A statement that was run, with the values of its parameters. */
type Asked = { sql: string; parameters: readonly unknown[] }

/**
 * Lists the statements that SQLite runs in this process during some work, in their order, whichever way the program
 * has asked for them; what begins and ends a transaction is not listed.
 */
export async function listStatements(work: () => Promise<unknown>): Promise<Asked[]> {
  const { prototype } = new SQLite(':memory:').prepare('select 1').constructor
  const { all, run } = prototype
  const asked: Asked[] = []
  const noting = (execute: (...values: unknown[]) => unknown) =>
    function (this: SQLite.Statement, ...values: unknown[]) {
      const isOfTransaction = /^(?:begin|commit|rollback)\b/i.test(this.source)
      if (!isOfTransaction) asked.push({ sql: this.source, parameters: values.flat() })
      return execute.apply(this, values)
    }
  Object.assign(prototype, { all: noting(all), run: noting(run) })
  try {
    await work()
  } finally {
    Object.assign(prototype, { all, run })
  }
  return asked
}
