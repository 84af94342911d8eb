import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type BackupPart, RefusedBackup } from '../../domain/backup/backup.ts'
import { packPicture, unpackPicture } from '../../formats/archive/stored-picture.ts'
import { flushFolder } from './backup-folders.ts'

/**
 * The pictures of the nightly backups, each stored once: a file named by the hash of its content, in `images` beside
 * them. Its time is that of the last backup that names it, so that it is deleted with the last backup that may need it.
 */

const FOLDER = 'images'

const NAME = /^[0-9a-f]{64}(?:\.age)?$/

/**
 * Returns the name of a picture's file, `images/3f/3f…`, relative to the folder of the backups; FAT allows only some
 * thousands of files in one folder.
 */
const storedName = (sha256: string, isEncrypted: boolean): string =>
  join(FOLDER, sha256.slice(0, 2), sha256 + (isEncrypted ? '.age' : ''))

/** Returns whether a name, relative to the folder of the backups, is that of a picture beside them. */
export const isStoredPicture = (name: string): boolean => {
  const [folder, part = '', file = '', ...more] = name.split('/')
  const isFiled = folder === FOLDER && more.length === 0 && part === file.slice(0, 2)
  return isFiled && NAME.test(file)
}

/** Lists all stored pictures. A partly written one that a crash has left is deleted. */
export async function listStoredPictures(folder: string): Promise<string[]> {
  const names: string[] = []
  for (const part of await listIn(join(folder, FOLDER)))
    for (const file of await listIn(join(folder, FOLDER, part))) {
      const name = `${FOLDER}/${part}/${file}`
      if (isStoredPicture(name)) names.push(name)
      else if (/^\.?[0-9a-f]{64}(?:\.age)?\.part$/.test(file))
        await rm(join(folder, name), { force: true })
    }
  return names
}

const listIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  })

type Storing = {
  /** The folder of the backups. */
  folder: string
  parts: readonly BackupPart[]
  /** Returns the picture's file, by the part's name. */
  pathOf: (name: string) => string
  /** The key that encrypts them where the backup is encrypted. */
  key: string | undefined
  now: Temporal.Instant
}

/** Stores the pictures that are not there yet or are damaged, and notes that all of them are needed now. */
export async function savePictures(
  { folder, parts, pathOf, key, now }: Storing,
  onBytes: (more: number) => void,
): Promise<void> {
  for (const part of parts) {
    const path = join(folder, storedName(part.sha256, key !== undefined))
    const isThere = await isWhole(path, part, key)
    if (!isThere) await writeWhole(path, await packPicture(await readFile(pathOf(part.name)), key))
    // A clock that was wrong must not take a picture from backups of a later time.
    const last = isThere ? (await stat(path)).mtimeMs : 0
    const time = new Date(Math.max(last, now.epochMilliseconds))
    await utimes(path, time, time)
    onBytes(part.bytes)
  }
}

const isWhole = async (path: string, part: BackupPart, key: string | undefined) =>
  existsSync(path) && (await unpackPicture(path, part, key)) !== undefined

/** Writes a file, which gets its name once it is complete and on the disk. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const part = `${path}.part`
  const file = await open(part, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, path)
  await flushFolder(dirname(path))
}

/**
 * Reads one picture that a backup names.
 * @param input.key - The key of the backup's own database, where it has one.
 * @returns undefined where it is not there, or is damaged.
 */
export async function readStoredPicture(
  folder: string,
  part: BackupPart,
  key: string | undefined,
): Promise<Buffer | undefined> {
  for (const isEncrypted of key === undefined ? [false] : [true, false]) {
    const path = join(folder, storedName(part.sha256, isEncrypted))
    if (!existsSync(path)) continue
    const picture = await unpackPicture(path, part, isEncrypted ? key : undefined)
    if (picture) return picture
  }
  return undefined
}

/** Deletes the pictures that no backup names which is as old as `oldest` or younger. */
export async function removeOldPictures(folder: string, oldest: Temporal.Instant): Promise<void> {
  // The names of backups are only exact to the minute.
  const before = oldest.epochMilliseconds - 60_000
  for (const name of await listStoredPictures(folder)) {
    const path = join(folder, name)
    if ((await stat(path)).mtimeMs < before) await rm(path, { force: true })
  }
}

/**
 * Refuses a backup of which pictures are missing.
 * @throws RefusedBackup in one sentence.
 */
export function refuseMissing(missing: number, folder: string): void {
  if (missing > 0)
    throw new RefusedBackup(
      `Des images de cette sauvegarde manquent ou sont abîmées (${missing}) : le dossier ${join(folder, FOLDER)} doit être à côté d’elle.`,
    )
}
