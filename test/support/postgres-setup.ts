import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where to ask for the address of a PostgreSQL; the first who asks waits until it runs. */
    postgresDesk: string
  }
}

let desk: Server | undefined
let server: Promise<PostgresServer> | undefined

/**
 * One PostgreSQL for a whole run, here in the process that outlives every test file, and only if one of them asks for it.
 */
export async function setup(project: TestProject): Promise<void> {
  const made = createServer((_, response) => {
    server ??= startPostgres()
    server.then(
      ({ url }) => response.end(url),
      (error) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  desk = made
  const { port } = made.address() as AddressInfo
  project.provide('postgresDesk', `http://127.0.0.1:${port}`)
}

export async function teardown(): Promise<void> {
  desk?.close()
  await (await server)?.stop()
}
