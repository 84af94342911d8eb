import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Finds the first of `count` consecutive ports on which nobody listens. Outgoing connections, and servers that take any
 * port, have theirs from 32768 on, where another test could take it before the caller listens on it.
 */
export async function freePort(count = 1): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000)
    const free = await Promise.all(
      Array.from({ length: count }, (_, index) => isFree(first + index)),
    )
    if (free.every(Boolean)) return first
  }
}

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer()
  const listening = once(server, 'listening').then(
    () => true,
    () => false,
  )
  server.listen(port, '127.0.0.1')
  const free = await listening
  await new Promise((done) => server.close(done))
  return free
}
