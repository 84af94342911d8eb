import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isPostgresUrl } from './address.ts'
import { lockFile } from './lock-file.ts'
import { tryExclusive } from './locks.ts'

const PAUSE_MS = 200

/**
 * Waits until no other process is migrating this database, however long that takes; the lock of a process that ends is
 * released.
 * @returns A function that releases it.
 * @throws The errors of the file system or the database.
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
  // The driver is loaded only where it is used.
  const { connectOnce } = await import('./postgres.ts')
  const client = connectOnce(address)
  // A connection that is cut has released the lock; code that works without it gets an error from its own connection.
  client.on('error', () => undefined)
  await client.connect()
  while (!(await tryExclusive(client, 'upgrade'))) await sleep(PAUSE_MS)
  return () => client.end()
}
