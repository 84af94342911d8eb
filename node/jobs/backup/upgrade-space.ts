import { existsSync } from 'node:fs'
import { readdir, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Config } from '../../config.ts'
import { isPostgresUrl } from '../../store/database/address.ts'
import { measureDatabase, measureFiles } from '../../store/database/size.ts'

/**
 * The most bytes that the backup before an upgrade takes while it is made, and the bytes that are free where it is
 * stored.
 */
export type UpgradeSpace = { needed: number; free: number }

/** Bytes that a disk needs to go on working. */
const SPARE_BYTES = 64 * 1024 ** 2

/**
 * Measures the space. A copy of the database lies beside the archive, which hardly compresses pictures; those of
 * PostgreSQL are rows.
 * @throws The errors of the file system or the database.
 */
export async function measureUpgradeSpace({
  data,
  database,
}: Pick<Config, 'data' | 'database'>): Promise<UpgradeSpace> {
  const media = isPostgresUrl(database) ? 0 : await measureFolder(join(data, 'media'))
  const { bavail, bsize } = await statfs(findFolder(join(data, 'backups')))
  const needed = 2 * (await measureDatabase(database)) + media + SPARE_BYTES
  return { needed, free: bavail * bsize }
}

/** Finds this folder, or the nearest existing one above it. */
const findFolder = (folder: string): string =>
  existsSync(folder) ? folder : findFolder(dirname(folder))

async function measureFolder(folder: string): Promise<number> {
  const names = existsSync(folder) ? await readdir(folder) : []
  return measureFiles(names.map((name) => join(folder, name)))
}
