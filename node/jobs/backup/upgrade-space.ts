import { existsSync } from 'node:fs'
import { readdir, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Config } from '../../config.ts'
import { isPostgresUrl } from '../../store/database/address.ts'
import { measureDatabase, measureFiles } from '../../store/database/size.ts'

/** Bytes that the backup before an upgrade takes at most while it is made, and those that are free where it goes. */
export type UpgradeSpace = { needed: number; free: number }

/** What a disk needs to go on working. */
const SPARE_BYTES = 64 * 1024 ** 2

/**
 * A copy of the database lies beside the archive, which hardly makes pictures smaller; those of a PostgreSQL are rows.
 * @throws what the file system or the database says.
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

/** That one, or the first above it that is there. */
const findFolder = (folder: string): string =>
  existsSync(folder) ? folder : findFolder(dirname(folder))

async function measureFolder(folder: string): Promise<number> {
  const names = existsSync(folder) ? await readdir(folder) : []
  return measureFiles(names.map((name) => join(folder, name)))
}
