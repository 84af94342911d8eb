import { close, fdatasync, open } from 'node:fs'
import { open as openFolder } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { joinCalls } from '../join-calls.ts'

/** Writes what was committed to the disk, in a thread of the system, so that requests are answered meanwhile. */
export type LogFlush = {
  /**
   * Resolves once everything that was committed before the call is on the disk.
   * @throws Error of the system where the disk does not take it.
   */
  flush: () => Promise<void>
  /** Resolves once the calls of `flush` so far have; undefined where none is under way. */
  underWay: () => Promise<void> | undefined
  close: () => Promise<void>
}

/**
 * Flushes the write-ahead log of a SQLite file. In WAL mode a commit is on the disk once the log is, up to its frames
 * (SQLite, "Write-Ahead Logging", §3.1). Commits that wait at the same time are flushed together. SQLite takes no lock
 * on this file, so that closing it here gives up none (fcntl(2), "Advisory record locking").
 *
 * @param path - The path of the database.
 */
export function createLogFlush(path: string): LogFlush {
  // The number of the file: a FileHandle that is collected is an error, and not every database is closed.
  let file: number | undefined
  let last: Promise<void> | undefined
  let isClosed = false
  const flushTogether = joinCalls(async () => {
    try {
      file ??= await openLog(`${path}-wal`)
    } catch (error) {
      // SQLite has written all of it into the database, and deleted it, as the last connection was closed.
      if (isClosed) return
      throw error
    }
    await promisify(fdatasync)(file)
  })
  return {
    flush: () => {
      const own = flushTogether()
      last = own
      const forget = () => {
        if (last === own) last = undefined
      }
      own.then(forget, forget)
      return own
    },
    underWay: () => last,
    close: async () => {
      isClosed = true
      while (last) await last.catch(() => undefined)
      // A commit that comes later opens the log anew, and flushes no file that has its number by then.
      const closing = file
      file = undefined
      if (closing !== undefined) await promisify(close)(closing)
    },
  }
}

/** Opens the log once its name is on the disk too, which is so once its folder is (fsync(2)). */
async function openLog(path: string): Promise<number> {
  const folder = await openFolder(dirname(path))
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
  return promisify(open)(path, 'r+')
}
