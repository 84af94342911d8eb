import { once } from 'node:events'
import { createServer } from 'node:net'
import { ConfigError } from '../../config.ts'

/**
 * Checks that the servers of the demonstration can listen, before any of them starts.
 * @throws ConfigError in one sentence when one could not.
 */
export async function requireFreePorts(first: number, count: number): Promise<void> {
  for (let port = first; port < first + count; port++)
    if (!(await isFree(port)))
      throw new ConfigError(
        `Le port ${port} est déjà pris sur cette machine : choisissez-en d’autres avec --port.`,
      )
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
