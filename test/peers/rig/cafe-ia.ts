import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { LEGAL_MINIMUM, NO_LEGAL_NOTICE } from '../../../node/domain/structures/legal-notice.ts'
import type { Database } from '../../../node/store/database/database.ts'
import { openDatabase } from '../../../node/store/open-database.ts'
import { COMMAND } from '../../support/built-program.ts'
import type { Namespace, RunningProcess } from './namespace.ts'
import { eventually, visit } from './visit.ts'

/** One of our servers as an operator runs it, behind the proxy and with the guard against private addresses. */
export type CafeIaServer = {
  origin: string
  /** Returns rows of its database that no page shows. */
  query(sql: string): unknown[]
  /** Runs `cafe-ia …` beside the server and returns what it prints. */
  command(...args: string[]): Promise<string>
  /** Calls the API with a token; returns the JSON of the answer, and throws when it is not a success. */
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<unknown>
  /** Sends a GET request as a fediverse server does. */
  readActivityStreams(url: string): Promise<{ status: number; json: Record<string, unknown> }>
  /** Opens its database in this process, to do what only its clock or its team does. */
  within<T>(use: (db: Database) => Promise<T>): Promise<T>
  stop(): Promise<void>
  /** Starts the server again, possibly on an empty machine, with a new token for `call`. */
  start(): Promise<void>
  /** Stops the server and deletes its data, as if its machine were lost. */
  lose(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export async function startCafeIa(
  network: Namespace,
  {
    role,
    host,
    port,
    settings,
  }: { role: 'node' | 'hub'; host: string; port: number; settings?: Record<string, string> },
): Promise<CafeIaServer> {
  const origin = `https://${host}`
  const data = join(network.folder, `data-${host}`)
  const env = {
    CAFE_IA_ROLE: role,
    CAFE_IA_ORIGIN: origin,
    CAFE_IA_PORT: String(port),
    CAFE_IA_DATA: data,
    CAFE_IA_TRUST_PROXY: '127.0.0.1',
    NODE_EXTRA_CA_CERTS: network.authority,
    ...settings,
  }
  const command = (...args: string[]) =>
    network.run({ argv: [process.execPath, COMMAND, ...args], env })

  const file = join(data, 'cafe-ia.sqlite')
  let server: RunningProcess | undefined
  let token = ''
  const start = async () => {
    server = network.start(host, { argv: [process.execPath, COMMAND, 'start'], env })
    await eventually(network, `${origin} is healthy`, async () => {
      return (await visit(network, { url: `${origin}/healthz` })).status === 200
    })
    sayWhoIsResponsible(file)
    token = (await command('token', 'create')).trim()
  }
  const stop = async () => {
    await server?.[Symbol.asyncDispose]()
    server = undefined
  }
  await start()

  return {
    origin,
    query(sql) {
      const database = new SQLite(file, { readonly: true })
      try {
        return database.prepare(sql).all()
      } finally {
        database.close()
      }
    },
    command,
    async call(method, path, body) {
      const { status, body: text } = await visit(network, {
        url: `${origin}/api/v1${path}`,
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      })
      if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${text}`)
      return text === '' ? undefined : JSON.parse(text)
    },
    async readActivityStreams(url) {
      const { status, body } = await visit(network, {
        url,
        headers: { accept: 'application/activity+json' },
      })
      return { status, json: JSON.parse(body) }
    },
    async within(use) {
      const db = await openDatabase(file)
      return use(db).finally(() => db.destroy())
    },
    stop,
    start,
    async lose() {
      await stop()
      await rm(data, { recursive: true })
    },
    [Symbol.asyncDispose]: stop,
  }
}

/**
 * Writes the legal information that a site needs before it publishes at a public address, as the settings page stores
 * it.
 */
function sayWhoIsResponsible(file: string): void {
  const legal = Object.fromEntries(LEGAL_MINIMUM.map((field) => [field, 'Ville de Die']))
  const settings = JSON.stringify({ legal: { ...NO_LEGAL_NOTICE, ...legal } })
  const database = new SQLite(file)
  try {
    database
      .prepare(`insert or replace into setting (name, value) values ('site', ?)`)
      .run(settings)
    database.prepare('update organization set email = ?').run('cafes@die.example')
  } finally {
    database.close()
  }
}
