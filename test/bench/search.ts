import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { searchCafes } from '../../node/store/search/search.ts'
import { freePort } from '../support/ports.ts'
import { makeWords } from './corpus.ts'
import { type Filled, fillDatabase, SAVED_ORIGIN } from './fill.ts'
import type { Gauge } from './helpers.ts'
import { type Answers, sendAll } from './http-load.ts'
import { formatNumber, megabytes, percentile, timeProcessor, timeRounds } from './measures.ts'
import { startHelper } from './processes.ts'
import { searchKinds, searchRequests } from './search-queries.ts'
import { portOf, settingsOf } from './stage.ts'
import { countIndexed, noteServersSeen, openFloor, sizeOfDatabase, sizeOfIndex } from './store.ts'
import { createProgress, machineText, markdownTable } from './table.ts'

export type BenchSearchOptions = {
  cafes: number
  data: string | undefined
  turns: number
  seconds: number
  /** The address of PostgreSQL, `postgres://…`; undefined means a file in the folder. */
  database: string | undefined
}

const CLIENTS = 8
/** The searches per second in the busiest hour of a directory for the whole country. */
const PER_SECOND = 90

/** Measures every kind of search over generated cafés, beside reading the same rows by id, and then over HTTP. */
export async function benchSearch({
  cafes,
  data,
  turns,
  seconds,
  database,
}: BenchSearchOptions): Promise<void> {
  const folder = data ?? mkdtempSync(join(tmpdir(), 'cafe-ia-bench-'))
  try {
    const filled = await fillDatabase(folder, {
      cafes,
      now: Temporal.Now.instant(),
      database,
    })
    report(machineText())
    report(await describe(filled))
    report(await timeKinds(filled, turns))
    await noteServersSeen(filled.db, Temporal.Now.instant())
    await filled.db.destroy()
    report(await timeOverHttp(folder, seconds, database))
  } finally {
    if (!data) rmSync(folder, { recursive: true, force: true })
  }
}

const report = (text: string) => process.stdout.write(`${text}\n\n`)

async function describe({ db, perSecond }: Filled): Promise<string> {
  const { coming, past } = await countIndexed(db)
  const index = await sizeOfIndex(db)
  return [
    `${(coming + past).toLocaleString('en')} cafés to be found, ${coming.toLocaleString('en')} of them to come.`,
    ...(perSecond ? [`Written with their index at ${formatNumber(perSecond)} cafés/s.`] : []),
    `The database has ${megabytes(await sizeOfDatabase(db))} MB, of which the index of the search is ${megabytes(index)} MB.`,
  ].join(' ')
}

async function timeKinds({ db, address }: Filled, turns: number): Promise<string> {
  const now = Temporal.Now.instant()
  const kinds = searchKinds(makeWords(), now)
  const floor = await openFloor(address)
  const progress = createProgress('searches', kinds.length)
  const rows: string[][] = []
  for (const [done, { name, queryOf }] of kinds.entries()) {
    const search = (turn: number) => searchCafes(db, { ...queryOf(turn), limit: 20 })
    const found = await idsOf(search, turns)
    const samples = await timeRounds(turns, search)
    const processor = await timeProcessor(turns, search)
    const floors = await timeRounds(turns, (turn) => floor.readCafes(found[turn] ?? []))
    rows.push([
      name,
      formatNumber(found.reduce((sum, ids) => sum + ids.length, 0) / turns),
      ...[0.5, 0.99].map((share) => formatNumber(percentile(samples, share))),
      ...[0.5, 0.99].map((share) => formatNumber(percentile(processor, share))),
      ...[0.5, 0.99].map((share) => formatNumber(percentile(floors, share))),
    ])
    progress.reach(done + 1)
  }
  progress.end()
  await floor.close()
  return markdownTable(
    [
      '20 results, ms',
      'found',
      'p50',
      'p99',
      'processor p50',
      'processor p99',
      'rows by id p50',
      'rows by id p99',
    ],
    rows,
  )
}

async function idsOf(
  search: (turn: number) => ReturnType<typeof searchCafes>,
  turns: number,
): Promise<string[][]> {
  const found: string[][] = []
  for (let turn = 0; turn < turns; turn++)
    found.push((await search(turn)).items.map(({ id }) => id))
  return found
}

/** Measures searches through the whole program in a process of its own, over plain sockets. */
async function timeOverHttp(
  folder: string,
  seconds: number,
  database: string | undefined,
): Promise<string> {
  const settings = await settingsOf('hub', folder, SAVED_ORIGIN)
  const port = portOf(settings)
  // Each query comes from its own network, as from as many people.
  const env = {
    ...settings,
    CAFE_IA_TRUST_PROXY: '127.0.0.1',
    ...(database && { CAFE_IA_DATABASE: database }),
  }
  const server = await startHelper('server', { env })
  try {
    const atRest = await server.ask<Gauge>('how')
    // An answer is kept for a while, so nobody asks what was asked before.
    await ask(port, listRequests(0), { perSecond: undefined, seconds: 2 })
    const paced = await ask(port, listRequests(1), { perSecond: PER_SECOND, seconds })
    const most = await ask(port, listRequests(2), { perSecond: undefined, seconds })
    const gauge = await server.ask<Gauge>('how')
    const floor = await timeFloor(seconds)
    const table = markdownTable(
      [
        `${CLIENTS} clients, /api/v1/cafes, 20 results`,
        'per second',
        'p50 ms',
        'p99 ms',
        'not 200',
      ],
      [
        toRow(`${PER_SECOND} a second`, paced),
        toRow('as many as are answered', most),
        toRow('bare HTTP, empty answers', floor),
      ],
    )
    return `${table}\n\nMemory of the server: ${megabytes(atRest.memory)} MB at rest, ${megabytes(gauge.memory)} MB after this load.`
  } finally {
    await server.stop()
  }
}

async function timeFloor(seconds: number): Promise<Answers> {
  const port = await freePort()
  const floor = await startHelper('floor', { env: { PORT: String(port) } })
  try {
    return await ask(port, listRequests(0), { perSecond: undefined, seconds })
  } finally {
    await floor.stop()
  }
}

/** More than a server answers while it is measured. */
const REQUESTS = 30_000

/** Returns the requests of one part of the measure. */
const listRequests = (part: number): Buffer[] =>
  searchRequests(makeWords(), (part + 1) * REQUESTS).slice(part * REQUESTS)

const ask = (
  port: number,
  requests: Buffer[],
  pace: { perSecond: number | undefined; seconds: number },
) => sendAll({ port, requests, connections: CLIENTS, ...pace })

const toRow = (name: string, { statuses, latencies, seconds }: Answers): string[] => [
  name,
  formatNumber(latencies.length / seconds),
  formatNumber(percentile(latencies, 0.5)),
  formatNumber(percentile(latencies, 0.99)),
  String(latencies.length - (statuses[200] ?? 0)),
]
