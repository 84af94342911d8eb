import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../support/ports.ts'
import { makeWords } from './corpus.ts'
import { fillDatabase, SAVED_ORIGIN } from './fill.ts'
import type { Gauge } from './helpers.ts'
import { type Answers, sendAll } from './http-load.ts'
import { formatNumber, megabytes, percentile, type Samples } from './measures.ts'
import { type Helper, startHelper } from './processes.ts'
import { createRandom, type Random } from './random.ts'
import { searchRequests } from './search-queries.ts'
import { pause, portOf, report, settingsOf, timePages, withStage } from './stage.ts'
import { listSomeIds, noteServersSeen } from './store.ts'
import { machineText, markdownTable } from './table.ts'

export type PagesBench = {
  role: 'node' | 'hub'
  cafes: number
  /** The folder that keeps the cafés for the next run; undefined means none. */
  data: string | undefined
  /** The duration of each case in each round. */
  seconds: number
  /** How many times each case and its floor take turns, since the speed of a machine varies from minute to minute. */
  rounds: number
  /** The folder for a CPU profile of the server; undefined means none. */
  profile: string | undefined
}

/** More requests than a server answers in any case. */
const MOST = 1_000_000
/** More requests than a server answers when each page must be made. */
const MOST_MADE = 30_000

const repeat = (request: Buffer): Buffer[] => Array<Buffer>(MOST).fill(request)

const SITES = {
  hub: {
    title: 'directory',
    isOwn: false,
    listPath: (random: Random, words: readonly string[]) =>
      `/?q=${words[30 + random.below(3000)]}&n=${random.below(1e9)}`,
  },
  node: {
    title: 'place',
    isOwn: true,
    listPath: (random: Random) => `/cafes?n=${random.below(1e9)}`,
  },
} as const

type Case = {
  name: string
  requests: readonly Buffer[]
  connections: number
  /** The rate; undefined means as fast as the answers come. */
  perSecond?: number
  status?: number
}

/** Measures cached pages and pages that are not cached, beside plain Hono that sends the bytes of the first page. */
export const benchPages = (options: PagesBench): Promise<void> =>
  withStage((folder, helpers) => run(options.data ?? folder, options, helpers))

async function run(folder: string, options: PagesBench, helpers: Helper[]): Promise<void> {
  const { cafes, role, rounds } = options
  const { isOwn, title } = SITES[role]
  const now = Temporal.Now.instant()
  const { db } = await fillDatabase(folder, { cafes, now, ownOnly: isOwn })
  const ids = await listSomeIds(db, 20_000)
  await noteServersSeen(db, Temporal.Now.instant())
  await db.destroy()
  const settings = await settingsOf(role, folder, SAVED_ORIGIN)
  const env = { ...settings, CAFE_IA_TRUST_PROXY: '127.0.0.1' }
  const server = await startHelper('server', { env, profile: options.profile })
  helpers.push(server)
  const origin = `http://127.0.0.1:${portOf(settings)}`
  const atRest = await server.ask<Gauge>('how')
  const home = await fetchHome(origin)
  const floor = await startFloor(folder, home.bytes, helpers)

  const floorCase: Case = {
    name: 'floor: bare Hono, the bytes of the first page',
    requests: repeat(toRequest('/')),
    connections: 32,
  }
  const cases = casesOf(options, { ids, tag: home.tag })
  const measured = cases.map(() => createTally())
  const floors = createTally()
  let mostMemory = 0
  for (let round = 0; round < rounds; round++) {
    report(`round ${round + 1} of ${rounds}`)
    await measure(floor, floorCase, { options, tally: floors })
    for (const [index, each] of cases.entries()) {
      const { requests } = each
      // Each round has other pages that are not cached, so that none was requested before.
      const share = Math.floor(requests.length / rounds)
      const part = { ...each, requests: requests.slice(round * share, (round + 1) * share) }
      const to = { helper: server, port: portOf(settings) }
      const gauge = await measure(to, part, { options, tally: measured[index] ?? createTally() })
      mostMemory = Math.max(mostMemory, gauge.memory)
    }
  }
  const whole = await timeBeside(origin, () => readBytes(`${origin}/export/cafes.ics`))
  const posters = await timeBeside(origin, () => printPosters(origin, ids.slice(0, 50), server))
  process.stdout.write(
    `${[
      `Pages of a ${title} with ${cafes.toLocaleString('en')} cafés, ${rounds} rounds of ${options.seconds} s. ${machineText()}`,
      markdownTable(
        ['', '/s', 'p50 ms', 'p99 ms', 'CPU ms each', 'share of bare Hono', 'share per CPU second'],
        [
          toRow(floorCase.name, floors, floors),
          ...cases.map(({ name, perSecond }, index) =>
            toRow(name, measured[index] ?? createTally(), perSecond ? undefined : floors),
          ),
        ],
      ),
      `The first page has ${formatNumber(home.bytes.byteLength / 1000)} kB on the wire, ${formatNumber(home.size / 1000)} kB unpacked.`,
      `All cafés to come as one .ics: ${megabytes(whole.done)} MB in ${formatNumber(whole.seconds)} s; pages meanwhile took ${formatNumber(percentile(whole.pages, 0.5))} ms, ${formatNumber(Math.max(...whole.pages))} ms at most.`,
      `50 posters at once: ${formatNumber(posters.seconds)} s; pages meanwhile took ${formatNumber(percentile(posters.pages, 0.5))} ms, ${formatNumber(Math.max(...posters.pages))} ms at most; memory ${megabytes(posters.done)} MB at most.`,
      `Memory of the server: ${megabytes(atRest.memory)} MB at rest, ${megabytes(mostMemory)} MB at most under this load.`,
    ].join('\n\n')}\n`,
  )
  await server.stop()
}

function casesOf(
  { role }: PagesBench,
  { ids, tag }: { ids: readonly string[]; tag: string },
): Case[] {
  const random = createRandom(5)
  const words = makeWords()
  const lists = Array.from({ length: MOST_MADE }, (_, turn) =>
    toRequest(SITES[role].listPath(random, words), turn),
  )
  const half = MOST_MADE / 2
  return [
    { name: 'the first page, kept', requests: repeat(toRequest('/')), connections: 32 },
    {
      name: 'the first page, kept, 500 a second',
      requests: repeat(toRequest('/')),
      connections: 32,
      perSecond: 500,
    },
    {
      name: 'not changed since (304)',
      requests: repeat(toRequest('/', 0, tag)),
      connections: 32,
      status: 304,
    },
    {
      name: 'a list that nobody asked for yet, 20 a second',
      requests: lists.slice(0, half),
      connections: 8,
      perSecond: 20,
    },
    { name: 'such lists, as many as are made', requests: lists.slice(half), connections: 8 },
    {
      name: 'the page of a café, each another',
      // A place has few cafés; after these its code would still run as V8 compiles it first.
      requests: Array.from({ length: half }, (_, turn) =>
        toRequest(`/cafes/${ids[turn % ids.length]}?n=${turn}`, turn),
      ),
      connections: 8,
    },
    {
      name: 'API, 20 cafés, each search another',
      requests: searchRequests(words, MOST_MADE),
      connections: 8,
    },
  ]
}

/** The encodings that browsers accept. */
const ENCODINGS = 'gzip, deflate, br, zstd'

/** Makes a whole request from another network at each turn, since limits are per network. */
function toRequest(path: string, turn = 0, tag?: string): Buffer {
  const from = `10.${(turn >> 16) & 255}.${(turn >> 8) & 255}.${turn & 255}`
  const condition = tag ? `If-None-Match: ${tag}\r\n` : ''
  return Buffer.from(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Language: fr\r\nAccept-Encoding: ${ENCODINGS}\r\n${condition}X-Forwarded-For: ${from}\r\n\r\n`,
  )
}

async function fetchHome(origin: string): Promise<{ bytes: Buffer; size: number; tag: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const { get } = await import('node:http')
  const headers = { 'accept-encoding': ENCODINGS, 'accept-language': 'fr', accept: 'text/html' }
  let tag = ''
  get(`${origin}/`, { headers }, (response) => {
    const chunks: Buffer[] = []
    tag = response.headers.etag ?? ''
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('end', () => resolve(Buffer.concat(chunks)))
  }).on('error', reject)
  const bytes = await promise
  const unpacked = await (await fetch(`${origin}/`)).arrayBuffer()
  return { bytes, size: unpacked.byteLength, tag }
}

type Target = { helper: Helper; port: number }

async function startFloor(folder: string, bytes: Buffer, helpers: Helper[]): Promise<Target> {
  const port = await freePort()
  const body = join(folder, 'floor.zst')
  writeFileSync(body, bytes)
  const helper = await startHelper('hono', { env: { PORT: String(port), BODY: body } })
  helpers.push(helper)
  return { helper, port }
}

type Tally = { latencies: Samples; seconds: number; cpuSeconds: number }

const createTally = (): Tally => ({ latencies: [], seconds: 0, cpuSeconds: 0 })

async function measure(
  { helper, port }: Target,
  { name, requests, connections, perSecond, status = 200 }: Case,
  { options, tally }: { options: PagesBench; tally: Tally },
): Promise<{ memory: number }> {
  const load = { port, requests, connections, perSecond, seconds: options.seconds }
  await helper.ask('how')
  const answers: Answers = await sendAll(load)
  const gauge = await helper.ask<{ cpuSeconds: number; memory: number }>('how')
  const wrong = answers.latencies.length - (answers.statuses[status] ?? 0)
  if (wrong > 0) throw new Error(`${name}: ${JSON.stringify(answers.statuses)}`)
  for (const latency of answers.latencies) tally.latencies.push(latency)
  tally.seconds += answers.seconds
  tally.cpuSeconds += gauge.cpuSeconds
  return gauge
}

function toRow(name: string, tally: Tally, floor: Tally | undefined): string[] {
  const { latencies, seconds, cpuSeconds } = tally
  const perSecond = (of: Tally) => of.latencies.length / of.seconds
  const perCpuSecond = (of: Tally) => of.latencies.length / of.cpuSeconds
  return [
    name,
    formatNumber(latencies.length / seconds),
    formatNumber(percentile(latencies, 0.5)),
    formatNumber(percentile(latencies, 0.99)),
    formatNumber((cpuSeconds * 1000) / latencies.length),
    floor ? formatNumber(perSecond(tally) / perSecond(floor)) : '–',
    floor ? formatNumber(perCpuSecond(tally) / perCpuSecond(floor)) : '–',
  ]
}

/** Does something long, and times pages meanwhile. */
async function timeBeside<Done>(
  origin: string,
  work: () => Promise<Done>,
): Promise<{ done: Done; seconds: number; pages: Samples }> {
  const pages: Samples = []
  const state = { isOver: false }
  // What the first page of a client takes (its connection, its code) is no wait for the work.
  await timePages(origin, 0.2)
  const began = performance.now()
  const reading = (async () => {
    while (!state.isOver) pages.push(...(await timePages(origin, 0.2, 20)))
  })()
  const done = await work()
  const seconds = (performance.now() - began) / 1000
  state.isOver = true
  await reading
  return { done, seconds, pages }
}

async function readBytes(address: string, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(address, { headers })
  if (!response.ok) throw new Error(`${address} answered ${response.status}`)
  let bytes = 0
  for await (const chunk of response.body ?? []) bytes += chunk.byteLength
  return bytes
}

/** Asks for so many posters at once, each for another network, and returns the most memory that the server had. */
async function printPosters(origin: string, ids: readonly string[], server: Helper) {
  const posters = ids.map((id, index) =>
    readBytes(`${origin}/cafes/${id}/affiche.pdf?modele=chaleureux`, {
      'x-forwarded-for': `10.9.${index}.1`,
    }),
  )
  const state = { isOver: false, memory: 0 }
  const watching = (async () => {
    while (!state.isOver) {
      state.memory = Math.max(state.memory, (await server.ask<Gauge>('how')).memory)
      await pause(50)
    }
  })()
  await Promise.all(posters).finally(() => {
    state.isOver = true
  })
  await watching
  return state.memory
}
