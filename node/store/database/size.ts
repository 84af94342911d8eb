import { stat } from 'node:fs/promises'
import { isPostgresUrl } from './address.ts'

/**
 * Returns the bytes of a database on its disk: of a path with its write-ahead log, or of a `postgres://` address; 0 for
 * one that does not exist.
 * @throws The errors of the file system or the database.
 */
export const measureDatabase = (address: string): Promise<number> =>
  isPostgresUrl(address) ? measurePostgres(address) : measureFiles([address, `${address}-wal`])

/**
 * Adds the sizes of these files, in bytes. A file that does not exist counts as 0; any other error of the file system
 * is thrown.
 */
export async function measureFiles(paths: readonly string[]): Promise<number> {
  let bytes = 0
  for (const path of paths)
    bytes += await stat(path).then(
      ({ size }) => size,
      (error) => {
        if (error.code === 'ENOENT') return 0
        throw error
      },
    )
  return bytes
}

async function measurePostgres(url: string): Promise<number> {
  // The driver is loaded only where it is used.
  const { connectOnce } = await import('./postgres.ts')
  const client = connectOnce(url)
  await client.connect()
  try {
    const { rows } = await client.query<{ bytes: number }>(
      'select pg_database_size(current_database()) as bytes',
    )
    return rows[0]?.bytes ?? 0
  } finally {
    await client.end()
  }
}
