import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createInvitationCode } from '../../node/commands/invitation.ts'
import { ensureOrganization } from '../../node/commands/sign-in-link.ts'
import { createApiToken } from '../../node/commands/token.ts'
import { readConfig } from '../../node/config.ts'
import { openDatabaseOf } from '../../node/server.ts'
import type { OpenDatabase } from '../../node/store/database.ts'

const MAIN = fileURLToPath(new URL('../../dist/node/main.js', import.meta.url))

/** A server in a process of its own, as an operator starts it, that can be killed. */
export type ServerProcess = {
  origin: string
  databasePath: string
  /** Starts it, again after a death, and resolves when it answers. */
  start: () => Promise<void>
  /** kill -9: no handler runs, nothing is finished. */
  kill: () => Promise<void>
  /** SIGTERM; resolves with how it ended and after how long. */
  terminate: () => Promise<{ code: number | null; milliseconds: number }>
  /** Opens its file beside it or after it. */
  withDatabase: <T>(work: (db: OpenDatabase) => Promise<T>) => Promise<T>
  token: string
  /** One code that admits one place. */
  invite: () => Promise<string>
  /** What it wrote on stderr. */
  log: string[]
}

export async function prepareServer(options: {
  role: 'hub' | 'node'
  port: number
  folder: string
  hub?: string
}): Promise<ServerProcess> {
  const { role, port, folder, hub } = options
  if (!existsSync(MAIN)) throw new Error('run "npm run build" first')
  const origin = `http://127.0.0.1:${port}`
  const env = {
    CAFE_IA_ROLE: role,
    CAFE_IA_ORIGIN: origin,
    CAFE_IA_PORT: String(port),
    CAFE_IA_DATA: join(folder, role),
    CAFE_IA_ALLOW_LOOPBACK: '1',
    CAFE_IA_LOG: 'warning',
    ...(hub && { CAFE_IA_HUB: hub }),
  }
  const config = readConfig(env)
  const now = () => Temporal.Now.instant()
  const log: string[] = []
  let child: ChildProcess | undefined

  async function withDatabase<T>(work: (db: OpenDatabase) => Promise<T>): Promise<T> {
    const db = await openDatabaseOf(config)
    try {
      return await work(db)
    } finally {
      await db.destroy()
    }
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM') {
    const ending = child
    child = undefined
    if (!ending) throw new Error(`${origin} does not run`)
    const start = Date.now()
    ending.kill(signal)
    if (ending.exitCode === null && ending.signalCode === null) await once(ending, 'exit')
    return { code: ending.exitCode, milliseconds: Date.now() - start }
  }

  const token = await withDatabase(async (db) => {
    await ensureOrganization({ db, config, now })
    return createApiToken({ db, now }, 'test')
  })
  return {
    origin,
    databasePath: config.database,
    token,
    log,
    withDatabase,
    invite: () => withDatabase((db) => createInvitationCode({ db, config, now }, 'un lieu')),
    start: async () => {
      const started = spawn(process.execPath, [MAIN, 'start'], {
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      child = started
      started.stderr?.on('data', (chunk) => log.push(String(chunk)))
      for (let tries = 0; tries < 400; tries++) {
        if (started.exitCode !== null) throw new Error(`${origin} ended: ${log.join('')}`)
        if (await isUp(origin)) return
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      throw new Error(`${origin} does not answer: ${log.join('')}`)
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
