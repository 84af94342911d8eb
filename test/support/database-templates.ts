import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { PROJECT_ROOT } from '../../node/program/project-root.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The address at which a PostgreSQL is asked for; the first caller waits until it runs. */
    postgresAdmin: string
    /** The address at which an up-to-date `dist` is asked for; the first caller waits until it is built. */
    programBuilder: string
    /** A SQLite file with all its tables and nothing else, which each test copies. */
    sqliteTemplate: string
  }
}

let folder: string | undefined
let admin: Server | undefined
let server: Promise<PostgresServer> | undefined
let build: Promise<unknown> | undefined

/**
 * Makes what outlives every test file: a SQLite file with all tables and, only if a file asks for it, one PostgreSQL and
 * the program as operators run it. Making the tables takes longer than most tests, so each test copies them.
 */
export async function setup(project: TestProject): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-template-'))
  const file = join(folder, 'cafe-ia.sqlite')
  const db = await openDatabase(file)
  await db.destroy()
  project.provide('sqliteTemplate', file)

  const made = createServer(async ({ url }, response) => {
    try {
      response.end(await (url === '/postgres' ? findPostgres() : buildProgram()))
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  admin = made
  const { port } = made.address() as AddressInfo
  project.provide('postgresAdmin', `http://127.0.0.1:${port}/postgres`)
  project.provide('programBuilder', `http://127.0.0.1:${port}/program`)
}

async function findPostgres(): Promise<string> {
  server ??= startWithTemplate()
  return (await server).url
}

async function buildProgram(): Promise<undefined> {
  const builder = join(PROJECT_ROOT, 'bin/build-when-newer')
  build ??= promisify(execFile)(process.execPath, [builder, '--bench'])
  await build
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
