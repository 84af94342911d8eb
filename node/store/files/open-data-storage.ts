import type { FileHandle } from 'node:fs/promises'
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Database } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'
import { deleteFile, listFilesBeneath, readPart, saveFilePart } from './file-rows.ts'

/**
 * Where the files of open data lie: in a folder beside a SQLite file, and in PostgreSQL itself, which is all that the
 * processes of a site share. The name of an edition is digits; a text, `current`, names the edition that is served.
 */
export type FileStorage = {
  readCurrent: () => Promise<string | undefined>
  saveCurrent: (text: string) => Promise<void>
  create: (edition: string, name: string) => Promise<Writer>
  /** The contents that a reader reads do not change when a later edition is made. */
  open: (edition: string, name: string) => Promise<Source>
  remove: (edition: string) => Promise<void>
  removeBut: (editions: readonly string[]) => Promise<void>
}

export type Writer = {
  write: (bytes: Buffer) => Promise<void>
  /** Resolves once every byte is on the disk. */
  close: () => Promise<void>
  discard: () => Promise<void>
}

/** Its reader closes it, or a stream of it that ends. */
export type Source = {
  /** Bytes `start` to `end`, both included. */
  stream: (start: number, end: number) => Readable
  close: () => Promise<void>
}

const CURRENT = 'current.json'

/**
 * Stores the files of open data in a folder that only this process's user can read. `current.json` is written beside
 * its place and then renamed, so a crash leaves the former one.
 */
export function folderStorage(folder: string): FileStorage {
  const storage: FileStorage = {
    readCurrent: () => readWhole(join(folder, CURRENT)),
    saveCurrent: async (text) => {
      const unfinished = join(folder, `${CURRENT}.part`)
      await writeFile(unfinished, text, { mode: 0o600 })
      await rename(unfinished, join(folder, CURRENT))
    },
    create: async (edition, name) => {
      await mkdir(join(folder, edition), { recursive: true, mode: 0o700 })
      return fileWriter(await open(join(folder, edition, name), 'wx', 0o600))
    },
    open: async (edition, name) => {
      const handle = await open(join(folder, edition, name), 'r')
      return {
        stream: (start, end) => handle.createReadStream({ start, end: Math.max(end, 0) }),
        close: () => handle.close(),
      }
    },
    remove: (edition) => rm(join(folder, edition), { recursive: true, force: true }),
    removeBut: async (editions) => {
      for (const entry of await readdir(folder, { withFileTypes: true }))
        if (entry.isDirectory() && /^\d+$/.test(entry.name) && !editions.includes(entry.name))
          await storage.remove(entry.name)
    },
  }
  return storage
}

const fileWriter = (handle: FileHandle): Writer => ({
  write: (bytes) => handle.writeFile(bytes),
  close: async () => {
    await handle.sync()
    await handle.close()
  },
  discard: () => handle.close(),
})

async function readWhole(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Bytes of a row; a reader holds one row at a time. */
const PART_BYTES = 512 * 1024

/** Stores the files of open data in PostgreSQL, in parts; every process of the site reads them. */
export function rowStorage(db: Database, folder: string, now: () => Temporal.Instant): FileStorage {
  const current = `${folder}-current`
  const folderOf = (edition: string) => `${folder}/${edition}`
  const storage: FileStorage = {
    readCurrent: () => findSetting(db, current),
    saveCurrent: (text) => saveSetting(db, current, text),
    create: async (edition, name) => rowWriter(db, { folder: folderOf(edition), name }, now),
    open: async (edition, name) => ({
      stream: (start, end) =>
        Readable.from(partsOf(db, { folder: folderOf(edition), name, start, end })),
      close: async () => {},
    }),
    remove: async (edition) => {
      for (const { folder, name } of await listFilesBeneath(db, folderOf(edition)))
        await deleteFile(db, folder, name)
    },
    removeBut: async (editions) => {
      const kept = editions.map(folderOf)
      for (const file of await listFilesBeneath(db, folder))
        if (!kept.includes(file.folder)) await deleteFile(db, file.folder, file.name)
    },
  }
  return storage
}

function rowWriter(
  db: Database,
  file: { folder: string; name: string },
  now: () => Temporal.Instant,
): Writer {
  let part = 0
  let waiting = Buffer.alloc(0)
  const keep = (bytes: Buffer) => saveFilePart(db, { ...file, part: part++, bytes }, now())
  return {
    write: async (bytes) => {
      waiting = Buffer.concat([waiting, bytes])
      for (; waiting.length >= PART_BYTES; waiting = waiting.subarray(PART_BYTES))
        await keep(waiting.subarray(0, PART_BYTES))
    },
    close: async () => {
      if (waiting.length > 0) await keep(waiting)
    },
    discard: async () => {},
  }
}

/**
 * Reads a file part by part.
 * @throws Error when a part is gone: its edition was deleted two editions later.
 */
async function* partsOf(
  db: Database,
  { folder, name, start, end }: { folder: string; name: string; start: number; end: number },
): AsyncGenerator<Buffer> {
  for (let at = start; at <= end; ) {
    const part = Math.floor(at / PART_BYTES)
    const bytes = await readPart(db, { folder, name, part })
    if (!bytes) throw new Error(`${folder}/${name} has no part ${part} any more`)
    const from = at - part * PART_BYTES
    yield bytes.subarray(from, Math.min(bytes.length, end + 1 - part * PART_BYTES))
    at = (part + 1) * PART_BYTES
  }
}
