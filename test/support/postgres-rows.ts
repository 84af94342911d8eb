import { once } from 'node:events'
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'

/** Reads the rows of a PostgreSQL while the test waits, as better-sqlite3 reads those of SQLite. */
export type PostgresRows = {
  /**
   * Runs a query.
   * @param sql - With `?` for each value, as SQLite has it.
   * @throws Error with the message of PostgreSQL.
   */
  query<Row>(sql: string, values: readonly unknown[]): Row[]
  close(): Promise<void>
}

/**
 * Opens the connection.
 * @param address - `postgres://…`, with the name of the database.
 */
export async function openPostgresRows(address: string): Promise<PostgresRows> {
  const { port1, port2 } = new MessageChannel()
  const flag = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL('./postgres-rows-worker.ts', import.meta.url), {
    workerData: { address, port: port2, flag },
    transferList: [port2],
  })
  // The worker does not keep the process alive: a test file that fails before it closes still ends.
  worker.unref()
  await once(worker, 'message')
  return {
    query: <Row>(sql: string, values: readonly unknown[]) => {
      let position = 0
      const text = sql.replaceAll('?', () => `$${++position}`)
      Atomics.store(flag, 0, 0)
      port1.postMessage({ text, values })
      if (Atomics.wait(flag, 0, 0, PATIENCE_MS) === 'timed-out')
        throw new Error(`PostgreSQL did not answer: ${sql}`)
      const { rows, error } = receiveMessageOnPort(port1)?.message ?? {}
      if (error) throw new Error(`${error}: ${sql}`)
      return rows as Row[]
    },
    close: async () => {
      await worker.terminate()
      port1.close()
    },
  }
}

const PATIENCE_MS = 20_000
