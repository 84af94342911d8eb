import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  OPEN_DATA_FILES,
  type OpenData,
  type OpenDataFile,
  type OpenDataName,
} from '../domain/open-data.ts'
import type { Database } from './database.ts'
import { findSetting, saveSetting } from './settings.ts'

/** The files of open data, beside the database: a folder for each making, and one file that says which counts. */

const folderOf = (data: string): string => join(data, 'donnees-ouvertes')
const CURRENT = 'current.json'

const Current = z.object({
  folder: z.string().regex(/^[\w-]+$/),
  createdAt: z.string().transform((text) => Temporal.Instant.from(text)),
  cafes: z.int(),
  places: z.int(),
  files: z.array(
    z.object({
      name: z.enum(OPEN_DATA_FILES.map(({ name }) => name)),
      bytes: z.int(),
      sha256: z.string(),
    }),
  ),
})
type Current = z.output<typeof Current>

/** A file that is being written; its digest grows with it. */
type OpenFile = {
  write: (text: string) => Promise<void>
  close: () => Promise<OpenDataFile>
  discard: () => Promise<void>
}

export type NewOpenData = {
  files: Record<OpenDataName, OpenFile>
  /** From now on these are the files. Those before stay for whoever is reading them. */
  publish: (about: Pick<OpenData, 'createdAt' | 'cafes' | 'places'>) => Promise<void>
  abandon: () => Promise<void>
}

export async function createOpenData(data: string, now: Temporal.Instant): Promise<NewOpenData> {
  const name = `${now.epochMilliseconds}`
  const folder = join(folderOf(data), name)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const files = Object.fromEntries(
    await Promise.all(
      OPEN_DATA_FILES.map(async ({ name }) => [name, await createFile(folder, name)]),
    ),
  ) as NewOpenData['files']
  const close = () => Promise.all(OPEN_DATA_FILES.map(({ name }) => files[name].close()))
  return {
    files,
    publish: async (about) => {
      const known = await readCurrent(data)
      const current = {
        folder: name,
        ...about,
        createdAt: about.createdAt.toString(),
        files: await close(),
      }
      const unfinished = join(folderOf(data), `${CURRENT}.part`)
      await writeFile(unfinished, JSON.stringify(current), { mode: 0o600 })
      await rename(unfinished, join(folderOf(data), CURRENT))
      await deleteFoldersBut(data, [name, known?.folder])
    },
    abandon: async () => {
      await Promise.all(OPEN_DATA_FILES.map(({ name }) => files[name].discard()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function createFile(folder: string, name: OpenDataName): Promise<OpenFile> {
  const file = await open(join(folder, name), 'wx', 0o600)
  const digest = createHash('sha256')
  let bytes = 0
  return {
    write: async (text) => {
      const chunk = Buffer.from(text)
      digest.update(chunk)
      bytes += chunk.byteLength
      await file.writeFile(chunk)
    },
    close: async () => {
      await file.sync()
      await file.close()
      return { name, bytes, sha256: digest.digest('hex') }
    },
    discard: () => file.close(),
  }
}

async function deleteFoldersBut(data: string, kept: readonly (string | undefined)[]) {
  for (const entry of await readdir(folderOf(data), { withFileTypes: true }))
    if (entry.isDirectory() && /^\d+$/.test(entry.name) && !kept.includes(entry.name))
      await rm(join(folderOf(data), entry.name), { recursive: true, force: true })
}

export async function findOpenData(data: string): Promise<OpenData | undefined> {
  return readCurrent(data)
}

async function readCurrent(data: string): Promise<Current | undefined> {
  try {
    const text = await readFile(join(folderOf(data), CURRENT), 'utf8')
    return Current.parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Opens the file of this name as it is now; a later making does not change what is read from it. The caller closes
 * the handle, or lets a stream do it.
 */
export async function openOpenDataFile(data: string, name: OpenDataName) {
  const current = await readCurrent(data)
  const file = current?.files.find((file) => file.name === name)
  if (!current || !file) return undefined
  const handle = await open(join(folderOf(data), current.folder, name), 'r')
  return { handle, bytes: file.bytes, sha256: file.sha256, createdAt: current.createdAt }
}

const WANTED = 'open-data-wanted'

/** Says that the files are to be made; whoever makes them looks. */
export const wantOpenData = (db: Database, now: Temporal.Instant): Promise<void> =>
  saveSetting(db, WANTED, now.toString())

/** Somebody asked after the files of now were begun. */
export async function isOpenDataWanted(
  db: Database,
  known: OpenData | undefined,
): Promise<boolean> {
  const wanted = await findSetting(db, WANTED)
  if (wanted === undefined) return false
  return !known || Temporal.Instant.compare(Temporal.Instant.from(wanted), known.createdAt) > 0
}
