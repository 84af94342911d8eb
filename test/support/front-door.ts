import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

export type FrontDoor = { close: () => Promise<void> }

/**
 * Opens what stands before several processes of one site, as Caddy or nginx would: one address, each request to the
 * next of them, and to another one when that does not accept it.
 */
export async function openFrontDoor(
  port: number,
  addresses: readonly string[],
): Promise<FrontDoor> {
  let turn = 0
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming).catch(() => undefined)
    if (!body) return
    turn += 1
    for (let tries = 0; tries < addresses.length; tries++) {
      const address = addresses[(turn + tries) % addresses.length] ?? ''
      const outcome = await pass({ incoming, outgoing, body }, address)
      if (outcome === 'passed') return
      if (outcome === 'broken') break
    }
    if (outgoing.headersSent) outgoing.destroy()
    else outgoing.writeHead(502).end()
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Exchange = { incoming: IncomingMessage; outgoing: ServerResponse; body: Buffer }

/**
 * Passes a request on. `refused`: no process accepted it, so another may be asked. `broken`: it died meanwhile, and may
 * have done the work.
 */
function pass(
  { incoming, outgoing, body }: Exchange,
  address: string,
): Promise<'passed' | 'refused' | 'broken'> {
  const { promise, resolve } = Promise.withResolvers<'passed' | 'refused' | 'broken'>()
  const { 'transfer-encoding': _, ...headers } = incoming.headers
  const client = incoming.socket.remoteAddress ?? ''
  const forwarded = request(address + incoming.url, {
    method: incoming.method ?? 'GET',
    headers: { ...headers, 'content-length': body.byteLength, 'x-forwarded-for': client },
    agent: false,
  })
  forwarded.once('response', (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers)
    response.pipe(outgoing)
    response.once('end', () => resolve('passed'))
    response.once('error', () => resolve('broken'))
  })
  forwarded.once('error', (error: NodeJS.ErrnoException) =>
    resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'broken'),
  )
  forwarded.end(body)
  return promise
}
