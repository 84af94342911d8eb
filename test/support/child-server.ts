import { type ChildProcess, spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import SQLite from 'better-sqlite3'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { createInvitation } from '../../node/store/directory/invitations.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { MAIN } from './built-program.ts'
import { createTestDatabase, isOnPostgres } from './database.ts'
import { checkLogs } from './logs.ts'
import { freePort } from './ports.ts'
import { openPostgresRows } from './postgres-rows.ts'

const CHILD_STATE = new URL('./child-state.mjs', import.meta.url).href

export type ChildServer = {
  origin: string
  port: number
  /** The internal failures in its log, one line of JSON each. */
  failures(): string[]
  /** Why it ended, if it did. */
  ended(): string | undefined
  /** Queries its database, which is read beside it; `?` stands for each value on both databases. */
  query<Row = Record<string, unknown>>(sql: string, ...values: unknown[]): Row[]
  /** Hashes every row of each table, so that two results show where something changed. */
  fingerprint(tables?: readonly string[]): Record<string, string>
  /** Bytes of memory that it holds, including garbage that is not collected yet. */
  readMemory(): Promise<number>
  /** Bytes that it still uses once its garbage is collected. */
  readUsedMemory(): Promise<number>
  /**
   * The most bytes of memory that it held since this was called last; on Linux only, elsewhere the bytes that it holds.
   */
  takePeakMemory(): Promise<number>
  /**
   * The longest time for which its event loop was blocked since this was called last, in milliseconds of processor
   * time.
   */
  takeLoopDelay(): Promise<number>
  /**
   * Makes a code that lets one structure join, as `cafe-ia invitation` does, without the second that starting a program
   * takes.
   */
  invite(): Promise<string>
  /** Runs `cafe-ia …` beside it, as its operator would, and returns what that prints. */
  command(...args: string[]): Promise<string>
  /**
   * Restarts it.
   * @param meanwhile - What is done to its database while it does not run.
   */
  restart(meanwhile?: (db: OpenDatabase) => Promise<unknown>): Promise<void>
  /**
   * Stops it.
   * @throws Error when its log names anybody whom its database knows.
   */
  stop(): Promise<void>
}

/** The tables that a message from outside could change, without counters and what we know of a host's software. */
const STATE = [
  'activity',
  'announced',
  'cafe',
  'cafe_document',
  'change',
  'delivery',
  'document',
  'follower',
  'following',
  'peer',
  'remote_actor',
  'remote_key',
  'seen',
  'session',
  'task',
  'deletion',
]

/** Options of its Node, and the file of the group of processes in which it runs (`createSmallMachine`). */
type Machine = { node?: readonly string[]; processes?: string | undefined }

/** Makes a process one of the group, before the program takes its place. */
const JOIN = 'echo $$ > "$0"; exec "$@"'

/**
 * Starts the compiled program as an operator does: a process of its own, with its own data, a free port and no settings
 * but these, and on PostgreSQL where the run is (`isOnPostgres`). `settings` are names without their prefix: `{ ROLE:
 * 'hub' }`. A folder given as `DATA` is removed at the end like one of its own.
 */
export async function startChildServer(
  settings: Record<string, string>,
  { node = [], processes = '/dev/null' }: Machine = {},
): Promise<ChildServer> {
  const data = settings.DATA ?? (await mkdtemp(join(tmpdir(), 'cafe-ia-child-')))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const all = { ORIGIN: origin, PORT: String(port), DATA: data, LOG: 'warning', ...settings }
  const database = await createTestDatabase(data)
  const beside = isOnPostgres ? await openPostgresRows(database.address) : undefined
  const env = {
    PATH: process.env.PATH,
    ...database.setting,
    ...Object.fromEntries(Object.entries(all).map(([name, value]) => [`CAFE_IA_${name}`, value])),
  }
  let child: ChildProcess
  let log = ''

  async function start() {
    const run = [process.execPath, ...node, '--import', CHILD_STATE, MAIN, 'start']
    child = spawn('/bin/sh', ['-c', JOIN, processes, ...run], {
      env,
      cwd: data,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    child.stderr?.setEncoding('utf8').on('data', (words: string) => {
      log += words
    })
    const deadline = Date.now() + 30_000
    while (!(await isUp(origin))) {
      if (ended() || Date.now() > deadline) throw new Error(`The server did not start: ${log}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async function end() {
    if (ended()) return
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    const [code] = await exited
    // It ends itself with 1 when something still held it after ten seconds.
    if (code !== 0) throw new Error(`The server did not end: code ${code}. ${log.slice(-2000)}`)
  }

  const ended = () =>
    child.exitCode === null && child.signalCode === null
      ? undefined
      : `code ${child.exitCode}, signal ${child.signalCode}: ${log.slice(-2000)}`

  function query<Row>(sql: string, ...values: unknown[]): Row[] {
    if (beside) return beside.query(sql, values)
    const file = new SQLite(database.address, { readonly: true })
    try {
      return file.prepare(sql).all(...values) as Row[]
    } finally {
      file.close()
    }
  }

  async function command(...args: string[]): Promise<string> {
    const run = spawn(process.execPath, [MAIN, ...args], { env, cwd: data, stdio: 'pipe' })
    run.stdin.end()
    const [out, error, [code]] = await Promise.all([
      text(run.stdout),
      text(run.stderr),
      once(run, 'close'),
    ])
    if (code !== 0) throw new Error(`cafe-ia ${args.join(' ')} ended with ${code}: ${out}${error}`)
    return out.trim()
  }

  async function withDatabase<T>(use: (db: OpenDatabase) => Promise<T>): Promise<T> {
    const db = await openDatabase(database.address)
    try {
      return await use(db)
    } finally {
      await db.destroy()
    }
  }

  const invite = () =>
    withDatabase(async (db) => {
      const organization = await findSiteStructure(db)
      const invitation = { organizationId: organization?.id ?? '', label: 'un lieu' }
      return createInvitation(db, invitation, Temporal.Now.instant())
    })

  const readMemory = async (line = 'VmRSS') => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => undefined)
    const held = status && new RegExp(`^${line}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]
    if (held) return Number(held) * 1024
    const metrics = await (await fetch(`${origin}/metrics`)).text()
    return Number(/^process_resident_memory_bytes (\d+)/m.exec(metrics)?.[1])
  }

  const ask = async (question: string) => {
    child.send(question)
    const [answer] = await once(child, 'message')
    return Number(answer)
  }
  const takeLoopDelay = () => ask('how long?')

  const remove = async () => {
    await beside?.close()
    await database.remove()
    await rm(data, { recursive: true, force: true })
  }

  let isRemoved = false
  const stop = async () => {
    // A test may have stopped it before its stage does.
    if (isRemoved) return
    isRemoved = true
    await end()
    const lines = log.split('\n').filter(Boolean)
    const checked = lines.length > 0 ? withDatabase((db) => checkLogs(db, lines)) : undefined
    await Promise.resolve(checked).finally(remove)
  }

  try {
    await start()
  } catch (error) {
    await end()
    await remove()
    throw error
  }
  return {
    origin,
    port,
    failures: () => log.split('\n').filter((line) => /"level":"(ERROR|FATAL)"/i.test(line)),
    ended: () => ended(),
    query,
    fingerprint: (tables = STATE) =>
      Object.fromEntries(
        tables.map((table) => {
          const rows = query(`select * from ${table}`).map((row) => JSON.stringify(row))
          return [table, `${rows.length} rows ${hash('sha256', rows.sort().join('\n'))}`]
        }),
      ),
    readMemory: () => readMemory(),
    readUsedMemory: () => ask('how much?'),
    takePeakMemory: async () => {
      const peak = await readMemory('VmHWM')
      // This resets the peak (proc_pid_clear_refs(5)).
      await writeFile(`/proc/${child.pid}/clear_refs`, '5').catch(() => undefined)
      return peak
    },
    takeLoopDelay,
    invite,
    command,
    restart: async (meanwhile) => {
      await end()
      if (meanwhile) await withDatabase(meanwhile)
      await start()
      // The delays of the start are not counted.
      await takeLoopDelay()
    },
    stop,
  }
}

const isUp = (origin: string): Promise<boolean> =>
  fetch(`${origin}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  )
