import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isMediaName } from '../../domain/values/image.ts'
import type { OpenDatabase } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import {
  deleteFile,
  deleteFilesBeginning,
  listFilesBefore,
  readPart,
  saveFilePart,
} from './file-rows.ts'

/**
 * Where pictures are stored, under names that this program gave: in the media folder beside a SQLite file, or in
 * PostgreSQL itself, which is all that the processes of a site share.
 */
export type MediaPlace = {
  db: OpenDatabase
  /** `data` is the setting `CAFE_IA_DATA`. */
  config: { data: string }
  now: () => Temporal.Instant
}

export const MEDIA_FOLDER = 'media'

const folderOf = (data: string): string => join(data, MEDIA_FOLDER)

/** Writes a file completely or not at all: a reader never sees half of it, and a crash leaves none under its name. */
export async function writeMediaFile(
  { db, config, now }: MediaPlace,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  if (!isMediaName(name)) throw new Error(`not a name of a media file: ${name}`)
  if (isPostgres(db)) return saveFilePart(db, { folder: MEDIA_FOLDER, name, part: 0, bytes }, now())
  const folder = folderOf(config.data)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unfinished = join(folder, `${name}.part`)
  const file = await open(unfinished, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, join(folder, name))
}

/**
 * Reads a file.
 * @returns undefined for any name that is not a file of ours, without looking at the disk.
 */
export async function readMediaFile(
  { db, config }: Omit<MediaPlace, 'now'>,
  name: string,
): Promise<Buffer<ArrayBuffer> | undefined> {
  if (!isMediaName(name)) return undefined
  return isPostgres(db)
    ? readPart(db, { folder: MEDIA_FOLDER, name, part: 0 })
    : readMediaFolder(config.data, name)
}

/** Does the same as `readMediaFile` on SQLite. */
export async function readMediaFolder(
  data: string,
  name: string,
): Promise<Buffer<ArrayBuffer> | undefined> {
  try {
    return await readFile(join(folderOf(data), name))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/**
 * Deletes the files of pictures that are no longer known and were last written before this time. Files that are not
 * ours stay.
 */
export async function deleteMediaFiles(
  { db, config }: Omit<MediaPlace, 'now'>,
  { known, before }: { known: ReadonlySet<string>; before: Temporal.Instant },
): Promise<void> {
  const isKnown = (name: string) => known.has(name.slice(0, 32))
  if (isPostgres(db)) {
    for (const name of await listFilesBefore(db, MEDIA_FOLDER, before))
      if (!isKnown(name)) await deleteFile(db, MEDIA_FOLDER, name)
    return
  }
  for (const name of await listFiles(folderOf(config.data))) {
    if (!isMediaName(name.replace(/\.part$/, '')) || isKnown(name)) continue
    const path = join(folderOf(config.data), name)
    if ((await stat(path)).mtimeMs < before.epochMilliseconds) await rm(path, { force: true })
  }
}

/** Deletes all files of one picture at once. */
export async function deleteFilesOf(
  { db, config }: Omit<MediaPlace, 'now'>,
  mediaId: string,
): Promise<void> {
  if (isPostgres(db)) return deleteFilesBeginning(db, MEDIA_FOLDER, `${mediaId}-`)
  for (const name of await listFiles(folderOf(config.data)))
    if (name.startsWith(`${mediaId}-`)) await rm(join(folderOf(config.data), name), { force: true })
}

/** Lists the names of all complete files, for a copy. */
export const listMediaFiles = async (data: string): Promise<string[]> =>
  (await listFiles(folderOf(data))).filter(isMediaName)

async function listFiles(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
