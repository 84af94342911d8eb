import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Makes a folder, and deletes what a thread or a process that was interrupted has left there. */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder))
    if (/^\.(?:check-|cafe-ia-.*\.part$)/.test(name))
      await rm(join(folder, name), { recursive: true, force: true })
}

/** Flushes a folder, so that a new name survives a power cut; some file systems cannot do this, and need not. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().catch(() => undefined)
  await handle.close()
}
