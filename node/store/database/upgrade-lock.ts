import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isPostgresUrl } from './address.ts'
import { lockFile } from './lock-file.ts'
import { tryExclusive } from './locks.ts'

const PAUSE_MS = 200

/**
 * Waits until no other process brings this database to its version, however long that takes; one that ends releases it.
 * @returns what lets go of it.
 * @throws what the file system or the database says.
 */
export const lockUpgrade = (address: string): Promise<() => Promise<void>> =>
  isPostgresUrl(address) ? lockPostgres(address) : lockFolder(dirname(address))

async function lockFolder(folder: string): Promise<() => Promise<void>> {
  for (;;) {
    const unlock = lockFile(join(folder, '.upgrade-lock'))
    if (unlock) return async () => unlock()
    await sleep(PAUSE_MS)
  }
}

async function lockPostgres(address: string): Promise<() => Promise<void>> {
  // The driver is read only where it is used.
  const { connectOnce } = await import('./postgres.ts')
  const client = connectOnce(address)
  // One that is cut has let go, and whoever works without it is told so by its own connection.
  client.on('error', () => undefined)
  await client.connect()
  while (!(await tryExclusive(client, 'upgrade'))) await sleep(PAUSE_MS)
  return () => client.end()
}
