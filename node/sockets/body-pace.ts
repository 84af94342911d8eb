import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** How long a request may take to arrive; times are in milliseconds. */
export type Pace = {
  /** Within this time the whole request must have arrived, at any address. */
  grace: number
  /**
   * A form with a file in the administration may take longer, as long as it keeps coming this fast, counted from its
   * beginning.
   */
  bytesPerSecond: number
  /** How often slow requests are looked for. */
  interval: number
}

/**
 * 128 kbit/s: a photo of 10 MB arrives by any usable line (1 Mbit/s takes 90 seconds), while a connection that is only
 * held open costs its owner as much. `requestTimeout` ends them all.
 */
export const PACE: Pace = { grace: 15_000, bytesPerSecond: 16 * 1024, interval: 2_000 }

/** Returns whether people send files to this address. */
const takesFiles = ({ url = '' }: IncomingMessage): boolean =>
  /^\/administration\/(?:cafes|lieux?|import)(?:[/?]|$)/.test(url)

/**
 * Closes requests whose body does not arrive: Node has one limit for all of them, and a photo over a slow line needs
 * more time than a server should grant to strangers (CVE-2023-36461 and similar ones).
 */
export function watchBodies(
  server: Server,
  pace: Pace,
  refuse: (request: IncomingMessage) => Response,
): void {
  const arriving = new Map<
    IncomingMessage,
    { response: ServerResponse; since: number; at: number }
  >()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.complete || isBodyless(request)) return
    const { bytesRead } = request.socket
    arriving.set(request, { response, since: performance.now(), at: bytesRead })
    const forget = () => arriving.delete(request)
    request.once('end', forget).once('close', forget)
    response.once('close', forget)
  })
  const timer = setInterval(() => {
    for (const [request, { response, since, at }] of arriving) {
      const elapsed = performance.now() - since
      if (request.complete || elapsed < pace.grace) continue
      const least = (elapsed / 1000) * pace.bytesPerSecond
      if (takesFiles(request) && request.socket.bytesRead - at >= least) continue
      arriving.delete(request)
      void sendRefusal(response, refuse(request))
    }
  }, pace.interval)
  server.once('close', () => clearInterval(timer))
  timer.unref()
}

/** Answers a request that no route has answered, and closes its connection. */
export async function sendRefusal(response: ServerResponse, refusal: Response): Promise<void> {
  const text = await refusal.text()
  const headers = { ...Object.fromEntries(refusal.headers), Connection: 'close' }
  if (!response.headersSent) response.writeHead(refusal.status, headers).end(text)
  response.req.socket.destroySoon()
}

const isBodyless = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0
