import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import pg from 'pg'

/** The thread of `openPostgresRows`, which asks PostgreSQL while the test's own thread waits. */

const { address, port, flag } = workerData as {
  address: string
  port: MessagePort
  flag: Int32Array<SharedArrayBuffer>
}

// Counts and sums are numbers, as they are on SQLite.
for (const type of [pg.types.builtins.INT8, pg.types.builtins.NUMERIC])
  pg.types.setTypeParser(type, Number)

const client = new pg.Client({ connectionString: address })
await client.connect()

port.on('message', async ({ text, values }: { text: string; values: unknown[] }) => {
  const answer = await client.query(text, values).then(
    ({ rows }) => ({ rows }),
    (error: Error) => ({ error: error.message }),
  )
  port.postMessage(answer)
  Atomics.store(flag, 0, 1)
  Atomics.notify(flag, 0)
})
parentPort?.postMessage('ready')
