import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInvitationCode } from '../../node/commands/invitation.ts'
import { ensureOrganization } from '../../node/commands/sign-in-link.ts'
import { createApiToken } from '../../node/commands/token.ts'
import { type Config, readConfig } from '../../node/config.ts'
import { openDatabaseOf } from '../../node/server/site-database.ts'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { MAIN } from './built-program.ts'
import { createTestDatabase } from './database.ts'
import { type FrontDoor, openFrontDoor } from './front-door.ts'
import { checkLogs } from './logs.ts'
import { freePort } from './ports.ts'

/** A process of a server, as an operator starts it, that can be killed. */
type Process = {
  name: string
  /** The address at which it answers by itself; undefined for a worker. */
  address: string | undefined
  /** Starts it, also after a death; resolves when it answers or says that it works. */
  start: () => Promise<void>
  /** Sends SIGKILL: no handler runs, and nothing is finished. */
  kill: () => Promise<void>
  /** Sends SIGTERM; resolves with how it ended and after how long. */
  terminate: () => Promise<{ code: number | null; milliseconds: number }>
}

/** One server: one process that does everything, or several behind its address. */
export type ServerProcess = Omit<Process, 'name' | 'address'> & {
  origin: string
  config: Config
  processes: readonly Process[]
  /** Opens its database beside it or after it. */
  withDatabase: <T>(work: (db: OpenDatabase) => Promise<T>) => Promise<T>
  token: string
  /** Makes one code that admits one place. */
  invite: () => Promise<string>
  /** The output of its processes on stderr. */
  log: string[]
  /**
   * Removes everything of it.
   * @throws Error when its log names anybody whom its database knows.
   */
  remove: () => Promise<void>
}

type Kind = 'all' | 'web' | 'worker'

export async function prepareServer(options: {
  role: 'hub' | 'node'
  folder: string
  hub?: string
  /** Each process has a data folder of its own; several processes need PostgreSQL. */
  kinds?: readonly Kind[]
}): Promise<ServerProcess> {
  const { role, folder, hub, kinds = ['all'] } = options
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const data = join(folder, role)
  const database = await createTestDatabase(data)
  const isAlone = kinds.length === 1
  const env = {
    CAFE_IA_ROLE: role,
    CAFE_IA_ORIGIN: origin,
    CAFE_IA_PORT: String(port),
    CAFE_IA_DATA: data,
    ...database.setting,
    CAFE_IA_ALLOW_LOOPBACK: '1',
    CAFE_IA_TRUST_PROXY: '127.0.0.1',
    CAFE_IA_LOG: 'warning',
    ...(hub && { CAFE_IA_HUB: hub }),
  }
  const config = readConfig(env)
  const now = () => Temporal.Now.instant()
  const log: string[] = []

  async function withDatabase<T>(work: (db: OpenDatabase) => Promise<T>): Promise<T> {
    const db = await openDatabaseOf(config)
    try {
      return await work(db)
    } finally {
      await db.destroy()
    }
  }

  const processes: Process[] = []
  for (const [index, kind] of kinds.entries()) {
    const name = `${role} ${kind} ${index}`
    const own = {
      CAFE_IA_PROCESS: kind,
      CAFE_IA_PORT: String(isAlone ? port : await freePort()),
      CAFE_IA_DATA: join(folder, name),
    }
    processes.push(createProcess(name, isAlone ? env : { ...env, ...own }, log))
  }
  const addresses = processes.flatMap(({ address }) => address ?? [])
  let door: FrontDoor | undefined

  const token = await withDatabase(async (db) => {
    await ensureOrganization({ db, config, now })
    return createApiToken({ db, now }, 'test')
  })
  const all = <T>(work: (process: Process) => Promise<T>) => Promise.all(processes.map(work))
  return {
    origin,
    config,
    processes,
    token,
    log,
    withDatabase,
    invite: () => withDatabase((db) => createInvitationCode({ db, config, now }, 'un lieu')),
    start: async () => {
      if (!isAlone) door ??= await openFrontDoor(port, addresses)
      await all((process) => process.start())
    },
    kill: async () => void (await all((process) => process.kill())),
    terminate: async () => {
      const ends = await all((process) => process.terminate())
      const failed = ends.find(({ code }) => code !== 0)
      return {
        code: failed ? failed.code : 0,
        milliseconds: Math.max(...ends.map(({ milliseconds }) => milliseconds)),
      }
    },
    remove: async () => {
      await Promise.allSettled(processes.map((process) => process.kill()))
      await door?.close()
      const lines = log.join('').split('\n').filter(Boolean)
      const checked = lines.length > 0 ? withDatabase((db) => checkLogs(db, lines)) : undefined
      await Promise.resolve(checked).finally(() => database.remove())
    },
  }
}

function createProcess(name: string, env: Record<string, string>, log: string[]): Process {
  let child: ChildProcess | undefined
  const address =
    env.CAFE_IA_PROCESS === 'worker' ? undefined : `http://127.0.0.1:${env.CAFE_IA_PORT}`

  async function end(signal: 'SIGKILL' | 'SIGTERM') {
    const ending = child
    child = undefined
    if (!ending) throw new Error(`${name} does not run`)
    const start = Date.now()
    ending.kill(signal)
    if (ending.exitCode === null && ending.signalCode === null) await once(ending, 'exit')
    return { code: ending.exitCode, milliseconds: Date.now() - start }
  }

  return {
    name,
    address,
    start: async () => {
      const started = spawn(process.execPath, [MAIN, 'start'], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = started
      let hasSpoken = false
      started.stdout?.once('data', () => {
        hasSpoken = true
      })
      started.stderr?.on('data', (chunk) => log.push(`${name}: ${chunk}`))
      const deadline = Date.now() + 90_000
      while (Date.now() < deadline) {
        if (started.exitCode !== null) throw new Error(`${name} ended: ${log.join('')}`)
        // The server prints when it listens: an answer before that comes from another program.
        if (hasSpoken && (!address || (await isUp(address)))) return
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      throw new Error(`${name} does not answer: ${log.join('')}`)
    },
    kill: async () => void (await end('SIGKILL')),
    terminate: () => end('SIGTERM'),
  }
}

const isUp = (origin: string): Promise<boolean> =>
  fetch(`${origin}/healthz`).then(
    (response) => response.ok,
    () => false,
  )
