import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { start } from '../../node/commands/start.ts'
import type { Config } from '../../node/config.ts'
import type { BackupOrder } from '../../node/jobs/backup/checked-backup.ts'
import { runWorker } from '../../node/jobs/backup/daily-backup.ts'
import { sendAll } from './http-load.ts'
import { createUsage, type Usage } from './measures.ts'
import type { MessageKind } from './message-kinds.ts'
import { createPress, type MessagePress, type PressSettings } from './messages.ts'
import { answer } from './processes.ts'

/** The other processes of a bench. */

export type Gauge = Usage & {
  /** Milliseconds by which the event loop was late. */
  lagP99: number
  lagMax: number
}

/** Runs a server as `cafe-ia start` does; it answers questions about its use of resources. */
export async function serveForBench(config: Config): Promise<void> {
  const lag = monitorEventLoopDelay({ resolution: 1 })
  lag.enable()
  const usage = createUsage()
  const stopped = start(config, {})
  await untilListening(config)
  answer((question: 'how' | { ask: 'backup'; order: BackupOrder }) => {
    if (question !== 'how') return runWorker(question.order)
    const gauge: Gauge = { ...usage(), lagP99: lag.percentile(99) / 1e6, lagMax: lag.max / 1e6 }
    lag.reset()
    return gauge
  })
  // The process ends with the bench that started it.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  await stopped
  process.removeAllListeners('disconnect')
  process.disconnect?.()
}

async function untilListening({ port }: Config): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const up = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (response) => response.ok,
      () => false,
    )
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('the server of the bench does not answer')
}

export type SenderQuestion =
  | { ask: 'open'; settings: Omit<PressSettings, 'rsaPem' | 'ed25519Pem'> }
  | { ask: 'print'; kind: MessageKind; count: number }
  | {
      ask: 'send'
      port: number | readonly number[]
      connections: number
      perSecond: number | undefined
      seconds: number
    }

/** Makes signed activities, keeps them, and sends them on request. */
export function sendForBench(): void {
  const pair = (type: 'rsa' | 'ed25519') => {
    const options = {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    } as const
    return type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048, ...options })
      : generateKeyPairSync('ed25519', options)
  }
  const rsa = pair('rsa')
  const ed25519 = pair('ed25519')
  let press: MessagePress | undefined
  let requests: Buffer[] = []
  answer(async (question: SenderQuestion) => {
    switch (question.ask) {
      case 'open':
        press = createPress({
          ...question.settings,
          rsaPem: rsa.privateKey,
          ed25519Pem: ed25519.privateKey,
        })
        return { rsaPem: rsa.publicKey, ed25519Pem: ed25519.publicKey }
      case 'print':
        requests = (await press?.print(question.kind, question.count)) ?? []
        return requests[0]?.length
      case 'send':
        return sendAll({ ...question, requests })
    }
  })
}

/** Serves the floor of any inbox: HTTP with the body read, and nothing done with it. */
export function serveFloor(port: number): void {
  const server = createServer((request, response) => {
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
    })
    request.on('end', () => response.writeHead(size > 0 ? 202 : 200, { 'content-length': 0 }).end())
  })
  const usage = createUsage()
  server.listen(port, '127.0.0.1', () => answer(usage))
}

/** The times at which each inbox got a request, in milliseconds of the clock. */
export type Arrivals = { path: string; at: number }[]

/** Acts as many servers on one port, which differ by their loopback address; those in `dead` never answer. */
export function serveReceivers(port: number, dead: ReadonlySet<string>): void {
  const arrivals: Arrivals = []
  const server = createServer((request, response) => {
    const [address = ''] = (request.headers.host ?? '').split(':')
    if (dead.has(address)) return
    request.resume().on('end', () => {
      if (request.method === 'POST') arrivals.push({ path: request.url ?? '', at: Date.now() })
      response.writeHead(request.method === 'POST' ? 202 : 404, { 'content-length': 0 }).end()
    })
  })
  server.listen(port, '0.0.0.0', () => answer(() => arrivals))
}
