import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../config.ts'

/** Where the server's own backups and the journal of erasures lie: within the data folder first, then where copies go. */
export const backupFoldersOf = ({ data, backups }: Pick<Config, 'data' | 'backups'>): string[] => [
  join(data, 'backups'),
  ...(backups.copyFolder === undefined ? [] : [backups.copyFolder]),
]

/** What a thread or a process that was cut off has left there is taken away. */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder))
    if (/^\.(?:check-|cafe-ia-.*\.part$)/.test(name))
      await rm(join(folder, name), { recursive: true, force: true })
}

/** So that the new name survives a power cut; some file systems cannot, and need not. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().catch(() => undefined)
  await handle.close()
}
