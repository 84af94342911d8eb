import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { PROJECT_ROOT } from '../../node/program/project-root.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The address at which a PostgreSQL is asked for; the first caller waits until it runs. */
    postgresAdmin: string
    /** A SQLite file with all its tables and nothing else, which each test copies. */
    sqliteTemplate: string
  }
}

let folder: string | undefined
let admin: Server | undefined
let server: Promise<PostgresServer> | undefined

/**
 * Makes what outlives every test file: the bundle, where a source is newer than it, since commands and servers are
 * tried as operators run them; a SQLite file with all tables, and one PostgreSQL, only if a file asks for it. Making
 * the tables takes longer than most tests, so each test copies them.
 */
export async function setup(project: TestProject): Promise<void> {
  const build = [join(PROJECT_ROOT, 'bin/build-when-newer'), '--bench']
  const { status } = spawnSync(process.execPath, build, { stdio: 'inherit' })
  if (status !== 0) throw new Error('the program that the tests run could not be built')
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-template-'))
  const file = join(folder, 'cafe-ia.sqlite')
  const db = await openDatabase(file)
  await db.destroy()
  project.provide('sqliteTemplate', file)

  const made = createServer((_, response) => {
    server ??= startWithTemplate()
    server.then(
      ({ url }) => response.end(url),
      (error) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  admin = made
  const { port } = made.address() as AddressInfo
  project.provide('postgresAdmin', `http://127.0.0.1:${port}`)
}

/** Starts a PostgreSQL with a database, `with_tables`, that each test copies. */
async function startWithTemplate(): Promise<PostgresServer> {
  const started = await startPostgres()
  const client = new pg.Client({ connectionString: `${started.url}/postgres` })
  await client.connect()
  await client.query("create database with_tables template template0 locale 'C'")
  await client.end()
  const db = await openDatabase(`${started.url}/with_tables`)
  await db.destroy()
  return started
}

export async function teardown(): Promise<void> {
  admin?.close()
  await (await server)?.stop()
  if (folder) await rm(folder, { recursive: true, force: true })
}
