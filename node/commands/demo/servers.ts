import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { type Config, ConfigError, readConfig } from '../../config.ts'
import type { Context } from '../../context.ts'
import { PROJECT_ROOT } from '../../program/project-root.ts'
import { openDatabaseOf } from '../../server/site-database.ts'
import { onParentGone } from '../../settings/process-settings.ts'

/** The servers of the demonstration: processes of this program, with settings of their own. */

export type Environment = Record<string, string>

/** What servers take over from the demonstration: where libraries are, and how much freed memory is kept. */
const INHERITED = ['LD_LIBRARY_PATH', 'MALLOC_ARENA_MAX', 'MALLOC_TRIM_THRESHOLD_']

type OneServer = {
  role: string
  port: number
  data: string
  /** The environment of the demonstration itself. */
  env: Readonly<Record<string, string | undefined>>
}

/** Returns the settings of one server of the demonstration. */
export const environment = ({ role, port, data, env }: OneServer): Environment => ({
  ...Object.fromEntries(
    INHERITED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  ),
  CAFE_IA_ROLE: role,
  CAFE_IA_ORIGIN: `http://127.0.0.1:${port}`,
  CAFE_IA_PORT: String(port),
  CAFE_IA_DATA: data,
  CAFE_IA_ALLOW_LOOPBACK: '1',
  CAFE_IA_LOG: 'warning',
})

/** Opens the database of a server that is not running, works with it, and closes it also after an error. */
export async function withDatabase<T>(
  env: Environment,
  work: (context: Pick<Context, 'db' | 'config' | 'now'>) => Promise<T>,
): Promise<T> {
  const config: Config = readConfig(env)
  const db = await openDatabaseOf(config)
  try {
    return await work({ db, config, now: () => Temporal.Now.instant() })
  } finally {
    await db.destroy()
  }
}

/**
 * Starts a server, with the flags of this process; resolves when the server says that it listens, since an answer on its
 * port could come from another program.
 */
export function run(env: Environment, children: ChildProcess[]): Promise<void> {
  const { promise, resolve: listens, reject } = Promise.withResolvers<void>()
  const main = join(PROJECT_ROOT, 'dist/main.js')
  const child = spawn(process.execPath, [...process.execArgv, main, 'start'], {
    env,
    // The channel ends the server where this process is killed.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  children.push(child)
  child.stdout?.once('data', () => listens())
  child.once('exit', () => reject(new ConfigError(`demo : ${env.CAFE_IA_ORIGIN} n’a pas démarré`)))
  return promise
}

export type Stopped = { promise: Promise<void>; isStopped: () => boolean; end: () => void }

/** Waits for a signal, for the end of the launcher (`bin/cafe-ia`), or for one of the servers to end by itself. */
export function watchForEnd(children: ChildProcess[]): Stopped {
  const { promise, resolve: stop } = Promise.withResolvers<void>()
  let isStopped = false
  const end = () => {
    isStopped = true
    stop()
  }
  // A terminal signals every process of the group, and npm signals again: a second signal must not end this one early.
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  onParentGone(end)
  const watch = setInterval(() => {
    if (children.some((child) => child.exitCode !== null)) {
      process.exitCode = 1
      end()
    }
  }, 200)
  promise.finally(() => clearInterval(watch))
  return { promise, isStopped: () => isStopped, end }
}

/** Asks these processes to end by SIGTERM and resolves once all have; one that has already ended is no error. */
export async function stopAll(children: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    children.map((child) => {
      const { promise, resolve: gone } = Promise.withResolvers<void>()
      if (child.exitCode !== null || child.signalCode !== null) return undefined
      child.once('exit', () => gone())
      child.kill('SIGTERM')
      return promise
    }),
  )
}

const WAIT_MS = 60_000

/**
 * Asks a question ten times a second until the answer is true; a question that throws counts as false. It returns early
 * when the demonstration is stopped, and throws ConfigError after its time.
 */
export async function until(question: () => Promise<boolean>, stopped: Stopped, what: string) {
  const end = Date.now() + WAIT_MS
  while (Date.now() < end) {
    if (stopped.isStopped()) return
    if (await question().catch(() => false)) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new ConfigError(`demo : trop longtemps attendu (${what})`)
}
