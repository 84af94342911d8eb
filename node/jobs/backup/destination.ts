import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { selectBackups, timeOfBackup } from '../../domain/backup/backup-state.ts'
import { isStoredPicture, listStoredPictures } from './picture-store.ts'

/** A place to which backups are copied: files by their names, relative to the server's own folder. */
export type Destination = {
  /** The name of the place, for the operator. */
  title: string
  /** Lists the backups and pictures that are there. */
  list: () => Promise<string[]>
  /** Stores a file there, under its name once it is complete. */
  put: (name: string, file: string) => Promise<void>
  remove: (name: string) => Promise<void>
}

/**
 * Copies backups into a folder of this machine, which is created where it is missing and which only this process's user
 * can read.
 */
export const openFolder = (folder: string): Destination => ({
  title: folder,
  list: async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return [...(await readdir(folder)), ...(await listStoredPictures(folder))]
  },
  put: (name, file) => copyWhole(file, join(folder, name)),
  remove: (name) => rm(join(folder, name), { force: true }),
})

async function copyWhole(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const part = join(dirname(to), `.${basename(to)}.part`)
  try {
    await copyFile(from, part)
    const handle = await open(part, 'r+')
    await handle.sync().finally(() => handle.close())
    await rename(part, to)
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    throw error
  }
}

/**
 * Copies the backup of this name from the server's own folder, with the pictures that are not there yet, and deletes
 * what is too many. A backup is copied after its pictures, and deleted before them.
 */
export async function copyBackup(
  { folder, name }: { folder: string; name: string },
  to: Destination,
  now: Temporal.Instant,
): Promise<void> {
  const there = await to.list()
  const known = new Set(there)
  const pictures = await listStoredPictures(folder)
  for (const picture of pictures)
    if (!known.has(picture)) await to.put(picture, join(folder, picture))
  await to.put(name, join(folder, name))
  const oldest = await removeOldBackups(to, [...there, name], now)
  const own = oldestOf(await readdir(folder))
  // A backup that is older than all that are here may need pictures that are not here.
  if (!oldest || !own || Temporal.Instant.compare(oldest, own) < 0) return
  const needed = new Set(pictures)
  for (const each of there) if (isStoredPicture(each) && !needed.has(each)) await to.remove(each)
}

/**
 * Deletes the backups that are too many.
 * @returns When the oldest one that stays was made.
 */
export async function removeOldBackups(
  place: Pick<Destination, 'remove'>,
  names: readonly string[],
  now: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const backups = [...new Set(names)].filter((name) => timeOfBackup(name) !== undefined)
  const kept = selectBackups(backups, now)
  for (const name of backups) if (!kept.includes(name)) await place.remove(name)
  return oldestOf(kept)
}

const oldestOf = (names: readonly string[]): Temporal.Instant | undefined =>
  names
    .flatMap((name) => timeOfBackup(name) ?? [])
    .sort(Temporal.Instant.compare)
    .at(0)
