import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../../context.ts'
import {
  appendErasures,
  backupFoldersOf,
  copyErasures,
  JOURNAL_FILE,
  missingErasureLines,
  removeOldErasures,
  withoutOldErasures,
} from '../../store/backup/erasure-journal.ts'
import type { S3Storage } from './s3-storage.ts'

/** The journal that this process sent to the S3 storage last, so that the storage is not asked each minute. */
let sent: string | undefined

/**
 * Writes what was deleted in the last minute to the journals beside the backups, so that none of them brings it back.
 * @throws The error of the file system or the storage; what could not be written is tried again.
 */
export async function logErasures({
  db,
  config,
  now,
}: Pick<Context, 'db' | 'config' | 'now'>): Promise<void> {
  const [folder = '', ...others] = backupFoldersOf(config)
  await appendErasures(db, folder)
  for (const other of others) await copyErasures(folder, other)
  await cutOncePerDay({ db, config, now })
  const text = await readFile(join(folder, JOURNAL_FILE), 'utf8').catch(() => undefined)
  if (!config.backups.s3 || text === undefined || text === sent) return
  const { openS3Storage } = await import('./s3-storage.ts')
  const storage = openS3Storage(config.backups.s3, config)
  try {
    // The storage may have lines that are older than the restore of this machine.
    const theirs = await storage.readText(JOURNAL_FILE)
    const both = theirs === undefined ? text : theirs + missingErasureLines(text, theirs)
    const all = await withoutOldErasures(db, both, now())
    if (all !== theirs) await storage.writeText(JOURNAL_FILE, all)
    sent = text
  } finally {
    await storage.close()
  }
}

/** The day on which this process has cut the journals. */
let cutOn: string | undefined

/** Cuts off what is too old in every folder; nothing else writes there meanwhile. */
async function cutOncePerDay({
  db,
  config,
  now,
}: Pick<Context, 'db' | 'config' | 'now'>): Promise<void> {
  const today = now().toString().slice(0, 10)
  if (cutOn === today) return
  for (const folder of backupFoldersOf(config)) await removeOldErasures(db, folder, now())
  cutOn = today
}

/** Adds the lines of the storage's journal to that of a folder. */
export async function fetchErasures(
  storage: Pick<S3Storage, 'readText'>,
  folder: string,
): Promise<void> {
  const theirs = await storage.readText(JOURNAL_FILE)
  if (theirs !== undefined) await copyErasures({ text: theirs }, folder)
}
