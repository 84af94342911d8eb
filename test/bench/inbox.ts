import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { join } from 'node:path'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { freePort } from '../support/ports.ts'
import type { Gauge, SenderQuestion } from './helpers.ts'
import type { Answers } from './http-load.ts'
import { measureFlood } from './inbox-flood.ts'
import { formatNumber, megabytes, percentile } from './measures.ts'
import type { MessageKind } from './message-kinds.ts'
import { type Helper, startHelper } from './processes.ts'
import { type Ask, addSenders } from './senders.ts'
import { report, timePages, withStage } from './stage.ts'
import { startFedify } from './stock-fedify.ts'
import { countAll, listTableSizes } from './store.ts'
import { timeGroupCommits } from './store-floors.ts'
import { machineText, markdownTable } from './table.ts'

export type InboxBench = {
  /** The duration of each case. */
  seconds: number
  senders: number
  connections: number
  /** The cases to run. */
  kinds: readonly MessageKind[]
  /** The folder for a CPU profile of the server; undefined means none. */
  profile: string | undefined
  /** The address of an empty PostgreSQL database, `postgres://…`; undefined means a file. */
  database: string | undefined
}

const CASES: Record<MessageKind, string> = {
  cavage: 'Create of our own wire, draft-cavage RSA',
  rfc9421: 'the same, RFC 9421 Ed25519',
  fedify: 'the same café as Fedify writes it (LD signature and proof)',
  forged: 'forged',
}
/** The messages before the measurement; there are fewer when it takes less than a second. */
const WARM_UP = 500
const FLOOR_SECONDS_MAX = 3

/** Measures every case with a real server on loopback and its floors in between, and prints the tables. */
export const benchInbox = (options: InboxBench): Promise<void> =>
  withStage((folder, helpers) => run(folder, options, helpers))

async function run(folder: string, options: InboxBench, helpers: Helper[]): Promise<void> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const address = options.database ?? join(folder, 'cafe-ia.sqlite')
  const sender = await startHelper('sender')
  helpers.push(sender)
  const ask = <T>(question: SenderQuestion) => sender.ask<T>(question)
  const { senders, keys } = await addSenders(address, { origin, ask, count: options.senders })

  const server = await startHelper('server', {
    profile: options.profile,
    env: {
      CAFE_IA_ROLE: 'hub',
      CAFE_IA_ORIGIN: origin,
      CAFE_IA_PORT: String(port),
      CAFE_IA_DATA: folder,
      ...(options.database && { CAFE_IA_DATABASE: options.database }),
      CAFE_IA_LOG: 'error',
    },
  })
  const floorPort = await freePort()
  const floor = await startHelper('floor', { env: { PORT: String(floorPort) } })
  helpers.push(server, floor)
  const { seconds, connections } = options
  const warmUp = Math.ceil(WARM_UP * Math.min(1, seconds))
  const fedify = await startFedify(helpers, {
    path: join(folder, 'fedify.sqlite'),
    origins: senders.map((one) => one.origin),
    keys,
  })

  const rows: string[][] = []
  const beside: string[][] = []
  let accepted = 0
  for (const kind of options.kinds.filter((one) => one !== 'forged')) {
    report(`${CASES[kind]}: warming up`)
    const send = async (count: number, to: number, lasting: number) => {
      await ask({ ask: 'print', kind, count })
      return ask<Answers>({
        ask: 'send',
        port: to,
        connections,
        perSecond: undefined,
        seconds: lasting,
      })
    }
    const warm = await send(warmUp, port, 60)
    accepted += countGood(warm)
    await fedify.take(ask, { connections, seconds: 60 })
    const guess = Math.ceil((warmUp / warm.seconds) * seconds * 1.3)
    report(`${CASES[kind]}: preparing ${guess.toLocaleString('en')}`)
    const bytes = await ask<number>({ ask: 'print', kind, count: guess })
    // The first page of all makes this process load its HTTP client, which would count as the page's time.
    await timePages(origin, Math.min(1, seconds))
    await server.ask<Gauge>('how')
    const [answers, page] = await Promise.all([
      ask<Answers>({ ask: 'send', port, connections, perSecond: undefined, seconds }),
      timePages(origin, seconds),
    ])
    const gauge = await server.ask<Gauge>('how')
    const good = countGood(answers)
    accepted += good
    if (good !== answers.latencies.length)
      throw new Error(`not all were accepted: ${JSON.stringify(answers.statuses)}`)
    const bare = await timeFloor(ask, floor, { port: floorPort, connections, seconds })
    const stock = await fedify.take(ask, { connections, seconds: Math.min(5, seconds) })
    beside.push([
      CASES[kind],
      formatNumber(good / answers.seconds),
      formatNumber(stock.perSecond),
      formatNumber(good / gauge.cpuSeconds),
      formatNumber(stock.perCpuSecond),
      formatNumber(good / gauge.cpuSeconds / stock.perCpuSecond),
    ])
    rows.push([
      CASES[kind],
      formatNumber(bytes / 1000),
      formatNumber(good / answers.seconds),
      formatNumber(percentile(answers.latencies, 0.5)),
      formatNumber(percentile(answers.latencies, 0.99)),
      formatNumber(percentile(page, 0.99)),
      formatNumber((gauge.cpuSeconds * 1000) / good),
      formatNumber(gauge.lagP99),
      megabytes(gauge.memory),
      formatNumber(bare.perSecond),
      formatNumber(good / answers.seconds / bare.perSecond),
      formatNumber(good / gauge.cpuSeconds / bare.perCpuSecond),
    ])
  }
  const flood = options.kinds.includes('forged')
    ? await measureFlood({ ask, server, origin, port, seconds, connections })
    : ''
  await server.stop()
  const db = await openDatabase(address)
  const seen = await countAll(db, 'seen')
  const sizes = await sizeTable(db)
  await db.destroy()
  if (seen !== accepted) throw new Error(`${accepted} were accepted, ${seen} are committed`)
  process.stdout.write(
    `${[
      `Inbox of a directory, ${senders.length} members, ${connections} connections, ${seconds} s a case. ${machineText()}`,
      markdownTable(
        [
          'what arrives',
          'kB',
          'verified and committed /s',
          'p50 ms',
          'p99 ms',
          'page p99 ms',
          'CPU ms each',
          'loop lag p99 ms',
          'MB',
          'floor: bare HTTP /s',
          'share of it',
          'share per CPU second',
        ],
        rows,
      ),
      'Beside stock Fedify, which verifies the same messages and stores their texts, and does nothing else with them:',
      markdownTable(
        ['what arrives', 'ours /s', 'Fedify /s', 'ours per CPU s', 'Fedify per CPU s', 'ratio'],
        beside,
      ),
      flood,
      floorTable(folder),
      ...(sizes ? [sizes] : []),
      `All ${accepted.toLocaleString('en')} that were answered 202 are in the database, once.`,
    ].join('\n\n')}\n`,
  )
}

const countGood = ({ statuses }: Answers): number => statuses[202] ?? 0

/** Sends the last activities again, to a server that only reads them. */
async function timeFloor(
  ask: Ask,
  floor: Helper,
  { port, connections, seconds }: { port: number; connections: number; seconds: number },
): Promise<{ perSecond: number; perCpuSecond: number }> {
  const lasting = Math.min(FLOOR_SECONDS_MAX, seconds)
  const once = () =>
    ask<Answers>({ ask: 'send', port, connections, perSecond: undefined, seconds: lasting })
  await once()
  await floor.ask('how')
  const answers = await once()
  const { cpuSeconds } = await floor.ask<{ cpuSeconds: number }>('how')
  const good = countGood(answers)
  return { perSecond: good / answers.seconds, perCpuSecond: good / cpuSeconds }
}

/** Measures how many signatures one core verifies and how many commits the disk takes, without any server. */
function floorTable(folder: string): string {
  const base = Buffer.from('x'.repeat(300))
  const perSecond = (work: () => void) => {
    const end = performance.now() + 1000
    let turns = 0
    for (; performance.now() < end; turns++) work()
    return formatNumber(turns)
  }
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const ed25519 = generateKeyPairSync('ed25519')
  const byRsa = sign('sha256', base, rsa.privateKey)
  const byEd25519 = sign(null, base, ed25519.privateKey)
  const commits = timeGroupCommits(join(folder, 'floor.sqlite'), {
    groups: 100,
    rows: 128,
    bytes: 6000,
  })
  return markdownTable(
    ['floor', '/s'],
    [
      ['RSA-2048 verified', perSecond(() => verify('sha256', base, rsa.publicKey, byRsa))],
      ['Ed25519 verified', perSecond(() => verify(null, base, ed25519.publicKey, byEd25519))],
      ['SQLite, rows of 6 kB in groups of 128, synchronous=FULL', formatNumber(commits)],
    ],
  )
}

/** Returns a table of the bytes per café, of all rows that a café leaves. */
async function sizeTable(db: OpenDatabase): Promise<string> {
  const cafes = await countAll(db, 'cafe')
  if (cafes === 0) return ''
  const sizes = await listTableSizes(db)
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  return markdownTable(
    ['on the disk', 'bytes per café'],
    [
      ...sizes.slice(0, 12).map(({ name, bytes }) => [name, formatNumber(bytes / cafes)]),
      ['all', formatNumber(total / cafes)],
    ],
  )
}
