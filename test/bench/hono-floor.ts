import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createUsage } from './measures.ts'
import { answer } from './processes.ts'

/**
 * Serves the floor of any page: Hono with our options sends one text from memory, without a query. The process ends with
 * its parent.
 */
export async function serveHono({ port, file }: { port: number; file: string }): Promise<void> {
  const body = new Uint8Array(readFileSync(file))
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': String(body.byteLength),
    ...(file.endsWith('.zst') && { 'Content-Encoding': 'zstd' }),
  }
  const app = new Hono().get('/', () => new Response(body, { headers }))
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGTERM', 'disconnect'] as const) process.once(signal, () => resolve())
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () =>
    answer(createUsage()),
  ) as Server
  await ended
  server.close()
  server.closeAllConnections()
}
