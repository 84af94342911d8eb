import { randomBytes } from 'node:crypto'
import { createApiToken } from '../../node/commands/token.ts'
import { connectOnce } from '../../node/store/database/postgres.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { freePort } from '../support/ports.ts'
import type { Gauge } from './helpers.ts'
import { type Answers, sendAll } from './http-load.ts'
import { formatNumber, percentile } from './measures.ts'
import { type Helper, startHelper } from './processes.ts'
import { report, withStage } from './stage.ts'
import { machineText, markdownTable } from './table.ts'

export type WritesBench = {
  /** The address of an empty database, `postgres://…`. */
  database: string
  /** The number of programs that write at once, all with one token. */
  clients: number
  seconds: number
  profile: string | undefined
}

/** The bytes of a row of the floor: about those of a café with what is written beside it. */
const FLOOR_BYTES = 4_000

/** More requests than are answered, each second. */
const MOST_PER_SECOND = 400

/** Measures new cafés of programs with one token on PostgreSQL, beside rows that as many connections commit. */
export const benchWrites = (options: WritesBench): Promise<void> =>
  withStage((folder, helpers) => run(folder, options, helpers))

async function run(folder: string, options: WritesBench, helpers: Helper[]): Promise<void> {
  const { database, clients, seconds, profile } = options
  const port = await freePort()
  const env = {
    CAFE_IA_ORIGIN: `http://127.0.0.1:${port}`,
    CAFE_IA_PORT: String(port),
    CAFE_IA_DATA: folder,
    CAFE_IA_DATABASE: database,
    CAFE_IA_LOG: 'error',
  }
  const server = await startHelper('server', { env, profile })
  helpers.push(server)
  const db = await openDatabase(database)
  const now = Temporal.Now.instant
  const token = await createApiToken({ db, now }, 'bench').finally(() => db.destroy())
  const send = (most: number): Promise<Answers> =>
    sendAll({
      ...{ port, connections: clients, perSecond: undefined, seconds: most },
      requests: Array.from({ length: Math.ceil(MOST_PER_SECOND * most) }, (_, number) =>
        requestOf(token, number),
      ),
    })
  report('warm up')
  await send(Math.min(3, seconds))
  await server.ask<Gauge>('how')
  report('cafés')
  const answers = await send(seconds)
  const { cpuSeconds } = await server.ask<Gauge>('how')
  await server.stop()
  report('the floor')
  const floor = await timeCommits(options)
  process.stdout.write(`${toText(options, { answers, cpuSeconds, floor })}\n`)
}

function requestOf(token: string, number: number): Buffer {
  const day = Temporal.Now.plainDateISO().add({ days: 1 + (number % 300) })
  const body = JSON.stringify({
    title: `Café ${number} : premières questions`,
    descriptionMarkdown: 'On **parle** de ce que l’on en fait.',
    startsAt: `${day}T18:30:00`,
    timezone: 'Europe/Paris',
    venue: { name: 'Médiathèque', streetAddress: '1 place', postalCode: '26150', commune: 'Die' },
    registration: { mode: 'none' },
  })
  const head = [
    'POST /api/v1/cafes HTTP/1.1',
    'host: 127.0.0.1',
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** Measures how many rows a second as many connections commit, one each in a transaction, as PostgreSQL allows. */
async function timeCommits({ database, clients, seconds }: WritesBench): Promise<number> {
  const connections = Array.from({ length: clients }, () => connectOnce(database))
  await Promise.all(connections.map((each) => each.connect()))
  await connections[0]?.query('create table floor (id bigserial primary key, body bytea not null)')
  const began = performance.now()
  let rows = 0
  const write = async (connection: (typeof connections)[number]) => {
    while (performance.now() - began < seconds * 1000) {
      await connection.query('insert into floor (body) values ($1)', [randomBytes(FLOOR_BYTES)])
      rows += 1
    }
  }
  await Promise.all(connections.map(write))
  const perSecond = rows / ((performance.now() - began) / 1000)
  await connections[0]?.query('drop table floor')
  await Promise.all(connections.map((each) => each.end()))
  return perSecond
}

type Measured = { answers: Answers; cpuSeconds: number; floor: number }

function toText(
  { clients, seconds }: WritesBench,
  { answers, cpuSeconds, floor }: Measured,
): string {
  const { statuses, latencies } = answers
  const made = statuses[201] ?? 0
  const perSecond = made / answers.seconds
  const others = Object.entries(statuses).filter(([status]) => status !== '201')
  return [
    `New cafés by the API, ${clients} clients with one token, ${seconds} s, on a PostgreSQL that is on this machine, as is the load. ${machineText()}`,
    markdownTable(
      ['', 'per second', 'of the floor %', 'p50 ms', 'p99 ms', 'CPU ms each, without PostgreSQL'],
      [
        [
          'cafés',
          formatNumber(perSecond),
          formatNumber((100 * perSecond) / floor),
          formatNumber(percentile(latencies, 0.5)),
          formatNumber(percentile(latencies, 0.99)),
          formatNumber((cpuSeconds * 1000) / made),
        ],
        [
          `rows of ${FLOOR_BYTES} bytes, each its commit`,
          formatNumber(floor),
          '100',
          '–',
          '–',
          '–',
        ],
      ],
    ),
    `Other answers: ${others.map(([status, count]) => `${count} × ${status}`).join(', ') || 'none'}.`,
  ].join('\n\n')
}
