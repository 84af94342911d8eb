import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../node/store/open-database.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where to ask for the address of a PostgreSQL; the first who asks waits until it runs. */
    postgresAdmin: string
  }
}

let admin: Server | undefined
let server: Promise<PostgresServer> | undefined

/**
 * One PostgreSQL for a whole run, here in the process that outlives every test file, and only if one of them asks for it.
 */
export async function setup(project: TestProject): Promise<void> {
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

/** A database with all its tables that each test copies, for making them takes longer than most tests. */
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
}
