import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../../context.ts'
import {
  appendErasures,
  copyErasures,
  JOURNAL_FILE,
  missingErasureLines,
} from '../../store/backup/erasure-journal.ts'
import { backupFoldersOf } from './backup-folders.ts'
import type { S3Storage } from './s3-storage.ts'

/** What the S3 storage was last given by this process; each minute it is asked for nothing. */
let sent: string | undefined

/**
 * What went in the last minute is noted beside the backups, so that none of them brings it back.
 * @throws what the file system or the storage says; what could not be noted is tried again.
 */
export async function logErasures({ db, config }: Pick<Context, 'db' | 'config'>): Promise<void> {
  const [folder = '', ...others] = backupFoldersOf(config)
  await appendErasures(db, folder)
  for (const other of others) await copyErasures(folder, other)
  const text = await readFile(join(folder, JOURNAL_FILE), 'utf8').catch(() => undefined)
  if (!config.backups.s3 || text === undefined || text === sent) return
  const { openS3Storage } = await import('./s3-storage.ts')
  const storage = openS3Storage(config.backups.s3, config)
  try {
    // The storage may have lines of before this machine was restored.
    const theirs = await storage.readText(JOURNAL_FILE)
    const all = theirs === undefined ? text : theirs + missingErasureLines(text, theirs)
    if (all !== theirs) await storage.writeText(JOURNAL_FILE, all)
    sent = text
  } finally {
    await storage.close()
  }
}

/** Adds the lines of the storage's journal to that of a folder. */
export async function fetchErasures(
  storage: Pick<S3Storage, 'readText'>,
  folder: string,
): Promise<void> {
  const theirs = await storage.readText(JOURNAL_FILE)
  if (theirs !== undefined) await copyErasures({ text: theirs }, folder)
}
