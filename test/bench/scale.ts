import { cpus } from 'node:os'
import { openDatabase } from '../../node/store/open-database.ts'
import { freePort } from '../support/ports.ts'
import type { Gauge, SenderQuestion } from './helpers.ts'
import { type Answers, sendAll } from './http-load.ts'
import { formatNumber } from './measures.ts'
import { type Helper, startHelper } from './processes.ts'
import { addSenders } from './senders.ts'
import { report, withStage } from './stage.ts'
import { countAll, listSomeIds } from './store.ts'
import { machineText, markdownTable } from './table.ts'

export type ScaleBench = {
  /** The address of an empty database, `postgres://…`. */
  database: string
  /** The number of processes that share the database, one for each row. */
  processes: readonly number[]
  /** The duration of each case. */
  seconds: number
  senders: number
  connections: number
}

type Outcome = { perSecond: number; cpuMs: number; busy: number }

const WARM_UP_MOST = 300
const WARM_UP_PER_SECOND = 100
/** More pages than are answered. */
const MOST_PAGES = 30_000

/**
 * Measures the same activities and pages with one process and with several that share one PostgreSQL, without a proxy.
 */
export const benchScale = (options: ScaleBench): Promise<void> =>
  withStage((folder, helpers) => run(folder, options, helpers))

async function run(folder: string, options: ScaleBench, helpers: Helper[]): Promise<void> {
  const { database, senders: count } = options
  const origin = `http://127.0.0.1:${await freePort()}`
  const sender = await startHelper('sender')
  helpers.push(sender)
  const ask = <T>(question: SenderQuestion) => sender.ask<T>(question)
  await addSenders(database, { origin, ask, count })
  const first = Math.ceil(Math.min(WARM_UP_MOST, WARM_UP_PER_SECOND * options.seconds))
  let accepted = 0
  const rows: [number, Outcome, Outcome][] = []
  for (const processes of options.processes) {
    report(`${processes} of them`)
    const ports = await Promise.all(Array.from({ length: processes }, freePort))
    const servers: Helper[] = []
    for (const port of ports) {
      const env = {
        CAFE_IA_ROLE: 'hub',
        CAFE_IA_ORIGIN: origin,
        CAFE_IA_PORT: String(port),
        CAFE_IA_DATA: folder,
        CAFE_IA_DATABASE: database,
        CAFE_IA_TRUST_PROXY: '127.0.0.1',
        CAFE_IA_LOG: 'error',
      }
      servers.push(await startHelper('server', { env }))
    }
    helpers.push(...servers)
    const send = async (count: number, seconds: number): Promise<Answers> => {
      await ask({ ask: 'print', kind: 'cavage', count })
      const { connections } = options
      return ask({ ask: 'send', port: ports, connections, perSecond: undefined, seconds })
    }
    const warm = await send(first, 60)
    accepted += warm.statuses[202] ?? 0
    const enough = Math.ceil((first / warm.seconds) * options.seconds * 2)
    await ask({ ask: 'print', kind: 'cavage', count: enough })
    const mail = await measure(servers, 202, () => {
      const { connections, seconds } = options
      return ask({ ask: 'send', port: ports, connections, perSecond: undefined, seconds })
    })
    accepted += mail.good
    const pages = await measure(servers, 200, await pagesOf(options, ports))
    rows.push([processes, mail, pages])
    for (const server of servers) await server.stop()
  }
  const db = await openDatabase(database)
  const seen = await countAll(db, 'seen')
  await db.destroy()
  if (seen !== accepted) throw new Error(`${accepted} were accepted, ${seen} are committed`)
  process.stdout.write(`${toText(options, rows)}\n`)
}

/** Returns requests for the page of each café, each once, as many as the time allows. */
async function pagesOf(
  { database, connections, seconds }: ScaleBench,
  ports: readonly number[],
): Promise<() => Promise<Answers>> {
  const db = await openDatabase(database)
  const ids = await listSomeIds(db, MOST_PAGES)
  await db.destroy()
  let client = 0
  const requests = ids.map((id) => {
    const address = `10.${(client >> 16) & 255}.${(client >> 8) & 255}.${client++ & 255}`
    const head = `GET /cafes/${id} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-forwarded-for: ${address}`
    return Buffer.from(`${head}\r\naccept: text/html\r\n\r\n`)
  })
  return () => sendAll({ port: ports, requests, connections, perSecond: undefined, seconds })
}

async function measure(
  servers: readonly Helper[],
  status: number,
  load: () => Promise<Answers>,
): Promise<Outcome & { good: number }> {
  await readGauges(servers)
  const before = processorTimes()
  const answers = await load()
  const after = processorTimes()
  const good = answers.statuses[status] ?? 0
  if (good !== answers.latencies.length)
    throw new Error(`not all were answered ${status}: ${JSON.stringify(answers.statuses)}`)
  const gauges = await readGauges(servers)
  const cpuSeconds = gauges.reduce((sum, gauge) => sum + gauge.cpuSeconds, 0)
  return {
    good,
    perSecond: good / answers.seconds,
    cpuMs: (cpuSeconds * 1000) / good,
    busy: (after.busy - before.busy) / (after.all - before.all),
  }
}

const readGauges = (servers: readonly Helper[]): Promise<Gauge[]> =>
  Promise.all(servers.map((server) => server.ask<Gauge>('how')))

/** Returns the times of all cores since the machine started, in milliseconds. */
function processorTimes(): { busy: number; all: number } {
  const times = cpus().map((cpu) => cpu.times)
  const all = times.reduce((sum, t) => sum + t.user + t.nice + t.sys + t.irq + t.idle, 0)
  return { busy: all - times.reduce((sum, { idle }) => sum + idle, 0), all }
}

function toText({ seconds, connections }: ScaleBench, rows: [number, Outcome, Outcome][]): string {
  const [first] = rows
  const cells = (outcome: Outcome, one: Outcome | undefined) => [
    formatNumber(outcome.perSecond),
    formatNumber(outcome.perSecond / (one?.perSecond ?? outcome.perSecond)),
    formatNumber(outcome.cpuMs),
    formatNumber(outcome.busy * 100),
  ]
  return [
    `Processes of a directory on one PostgreSQL, which is on this machine, as is the load; ${connections} connections, ${seconds} s a case. ${machineText()}`,
    markdownTable(
      [
        'processes',
        'inbox /s',
        'times one',
        'CPU ms each, without PostgreSQL',
        'machine busy %',
        'pages of cafés /s',
        'times one',
        'CPU ms each',
        'machine busy %',
      ],
      rows.map(([count, mail, pages]) => [
        String(count),
        ...cells(mail, first?.[1]),
        ...cells(pages, first?.[2]),
      ]),
    ),
    'All that were answered 202 are in the database, once.',
  ].join('\n\n')
}
