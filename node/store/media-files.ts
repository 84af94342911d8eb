import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isMediaName } from '../domain/cafe-image.ts'

/** The media folder, beside the database: only files whose names this program gave. `data` is `CAFE_IA_DATA`. */

const folderOf = (data: string): string => join(data, 'media')

/** Whole or not at all: a reader never sees half a file, a crash leaves none under its name. */
export async function writeMediaFile(data: string, name: string, bytes: Uint8Array): Promise<void> {
  if (!isMediaName(name)) throw new Error(`not a name of a media file: ${name}`)
  const folder = folderOf(data)
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

/** @returns undefined for any name that is not a file of ours, without looking at the disk. */
export async function readMediaFile(
  data: string,
  name: string,
): Promise<Buffer<ArrayBuffer> | undefined> {
  if (!isMediaName(name)) return undefined
  try {
    return await readFile(join(folderOf(data), name))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Removes the files of pictures that are no longer known, last written before. Other people's files stay. */
export async function deleteMediaFiles(
  data: string,
  { known, before }: { known: ReadonlySet<string>; before: Temporal.Instant },
): Promise<void> {
  for (const name of await listFiles(folderOf(data))) {
    if (!isMediaName(name.replace(/\.part$/, '')) || known.has(name.slice(0, 32))) continue
    const path = join(folderOf(data), name)
    if ((await stat(path)).mtimeMs < before.epochMilliseconds) await rm(path, { force: true })
  }
}

/** All the files of one picture, at once. */
export async function deleteFilesOf(data: string, mediaId: string): Promise<void> {
  for (const name of await listFiles(folderOf(data)))
    if (name.startsWith(`${mediaId}-`)) await rm(join(folderOf(data), name), { force: true })
}

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
