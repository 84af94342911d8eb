import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import {
  OPEN_DATA_FILES,
  type OpenData,
  type OpenDataFile,
  type OpenDataName,
} from '../../domain/territories/open-data.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import { findSetting, saveSetting } from '../database/settings.ts'
import {
  type FileStorage,
  folderStorage,
  rowStorage,
  type Source,
  type Writer,
} from './open-data-storage.ts'

/** The files of open data: those of each edition, and one record that names the edition that is served. */

const FOLDER = 'donnees-ouvertes'

export type OpenDataPlace = {
  db: OpenDatabase
  /** `data` is the setting `CAFE_IA_DATA`. */
  config: { data: string }
  now: () => Temporal.Instant
}

const storageOf = ({ db, config, now }: OpenDataPlace): FileStorage =>
  isPostgres(db) ? rowStorage(db, FOLDER, now) : folderStorage(join(config.data, FOLDER))

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

/** A file that is being written; its hash is updated with each text. */
type OpenFile = {
  write: (text: string) => Promise<void>
  close: () => Promise<OpenDataFile>
  discard: () => Promise<void>
}

export type NewOpenData = {
  files: Record<OpenDataName, OpenFile>
  /** Makes these the served files. Those before stay for readers that have them open. */
  publish: (about: Pick<OpenData, 'cafes' | 'places'>) => Promise<void>
  abandon: () => Promise<void>
}

/**
 * Begins a new edition of the files of open data. The caller writes each file and then calls `publish`, or `abandon`
 * where something failed. An unfinished edition of the same millisecond is removed before. At `publish`, the edition
 * that was served until then stays, and older ones are deleted.
 */
export async function createOpenData(
  place: OpenDataPlace,
  createdAt: Temporal.Instant,
): Promise<NewOpenData> {
  const storage = storageOf(place)
  const edition = `${createdAt.epochMilliseconds}`
  await storage.remove(edition)
  const files = Object.fromEntries(
    await Promise.all(
      OPEN_DATA_FILES.map(async ({ name }) => [
        name,
        measured(name, await storage.create(edition, name)),
      ]),
    ),
  ) as NewOpenData['files']
  const close = () => Promise.all(OPEN_DATA_FILES.map(({ name }) => files[name].close()))
  return {
    files,
    publish: async ({ cafes, places }) => {
      const known = await readCurrent(storage)
      const current = {
        folder: edition,
        createdAt: createdAt.toString(),
        cafes,
        places,
        files: await close(),
      }
      await storage.saveCurrent(JSON.stringify(current))
      await storage.removeBut(known ? [edition, known.folder] : [edition])
    },
    abandon: async () => {
      await Promise.all(OPEN_DATA_FILES.map(({ name }) => files[name].discard()))
      await storage.remove(edition)
    },
  }
}

function measured(name: OpenDataName, writer: Writer): OpenFile {
  const digest = createHash('sha256')
  let bytes = 0
  return {
    write: async (text) => {
      const chunk = Buffer.from(text)
      digest.update(chunk)
      bytes += chunk.byteLength
      await writer.write(chunk)
    },
    close: async () => {
      await writer.close()
      return { name, bytes, sha256: digest.digest('hex') }
    },
    discard: writer.discard,
  }
}

/** Finds the edition that is served; undefined before the first one is published. */
export const findOpenData = (place: OpenDataPlace): Promise<OpenData | undefined> =>
  readCurrent(storageOf(place))

async function readCurrent(storage: FileStorage): Promise<Current | undefined> {
  const text = await storage.readCurrent()
  return text === undefined ? undefined : Current.parse(JSON.parse(text))
}

/**
 * Opens the file of this name as it is now; the next edition does not change what is read from it. The caller closes
 * it, or lets a stream do it.
 */
export async function openOpenDataFile(
  place: OpenDataPlace,
  name: OpenDataName,
): Promise<(Source & OpenDataFile & Pick<OpenData, 'createdAt'>) | undefined> {
  const storage = storageOf(place)
  const current = await readCurrent(storage)
  const file = current?.files.find((file) => file.name === name)
  if (!current || !file) return undefined
  const source = await storage.open(current.folder, name)
  return { ...source, ...file, createdAt: current.createdAt }
}

const WANTED = 'open-data-wanted'

/** Notes that the files are to be made; the process that makes them looks for it. */
export const requestOpenData = (db: Database, now: Temporal.Instant): Promise<void> =>
  saveSetting(db, WANTED, now.toString())

/** Returns whether the files were asked for after the current ones were begun. */
export async function isOpenDataWanted(
  db: Database,
  known: OpenData | undefined,
): Promise<boolean> {
  const wanted = await findSetting(db, WANTED)
  if (wanted === undefined) return false
  return !known || Temporal.Instant.compare(Temporal.Instant.from(wanted), known.createdAt) > 0
}
