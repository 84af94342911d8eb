import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Context } from '../../context.ts'
import {
  type BackupState,
  backupFileName,
  type CopySetting,
  isBackupDue,
} from '../../domain/backup/backup-state.ts'
import { findProgramFile } from '../../program/project-root.ts'
import { findBackupState, saveBackupState } from '../../store/backup/backup-state.ts'
import { backupFoldersOf } from '../../store/backup/erasure-journal.ts'
import { ifAlone } from '../../store/database/locks.ts'
import { prepareFolder } from './backup-folders.ts'
import { toBackupProblem } from './backup-problem.ts'
import { type BackupAnswer, type BackupOrder, createCheckedBackup } from './checked-backup.ts'
import { copyBackup, type Destination, openFolder, removeOldBackups } from './destination.ts'
import { removeOldPictures } from './picture-store.ts'

type DailyContext = Pick<Context, 'db' | 'config' | 'now'>

/**
 * Makes the backup of the day when it is due, and copies the last one again where that failed; it is called each hour.
 */
export async function createDueBackup(context: DailyContext): Promise<void> {
  const { db, config, now } = context
  if (!config.backups.areDaily || config.database === ':memory:') return
  const state = await findBackupState(db)
  if (state?.askedAt) return
  if (isBackupDue(state, now())) await ifAlone(db, 'backup', () => backUp(context, runWorker))
  else if (state?.last && state.copyFailingSince)
    await ifAlone(db, 'backup', () => copyAgain(context))
}

/** Makes a backup where somebody has asked for one; it is called each minute, and tries once. */
export async function createAskedBackup(context: DailyContext): Promise<void> {
  const { db, config } = context
  if (config.database === ':memory:' || !(await findBackupState(db))?.askedAt) return
  await ifAlone(db, 'backup', () => backUp(context, runWorker))
}

/**
 * Makes a backup now, in this thread, as each night: it is checked, and copied to all places.
 * @returns What is known of the backups then, also of why one was not made; undefined while another process makes one.
 */
export const createBackupNow = (context: DailyContext): Promise<BackupState | undefined> =>
  ifAlone(context.db, 'backup', () => backUp(context, createCheckedBackup))

/**
 * Makes a backup in the server's own folder, checks it as if it were restored, copies it to the other places and
 * deletes those that are too many. What went wrong is stored for the team, and the next hour tries again.
 */
async function backUp(
  { db, config, now }: DailyContext,
  make: (order: BackupOrder) => Promise<BackupAnswer>,
): Promise<BackupState> {
  const begun = now()
  const known = await findBackupState(db)
  const state: BackupState = {
    since: known?.since ?? begun,
    last: known?.last,
    problem: undefined,
    copyFailingSince: known?.copyFailingSince,
    copySettings: known?.copySettings,
  }
  const { passphrase } = config.backups
  const [folder = ''] = backupFoldersOf(config)
  const file = backupFileName(begun, passphrase !== undefined)
  // One of this minute is there already; its name says no more than the minute.
  const isMade = existsSync(join(folder, file)) && known?.last?.file === file
  const order: BackupOrder = {
    ...{ database: config.database, data: config.data, passphrase },
    file: join(folder, file),
    arePicturesBeside: true,
    now: begun.toString(),
  }
  const answer = await prepareFolder(folder)
    .then(() => (isMade && known?.last ? { bytes: known.last.bytes } : make(order)))
    .catch((error) => ({ problem: sentenceOf(error, order.file) }))
  const saved = async (state: BackupState) => {
    await saveBackupState(db, state)
    return state
  }
  if ('problem' in answer) return saved({ ...state, problem: answer.problem })
  const last = { at: begun, file, bytes: answer.bytes }
  await removeOld(folder, begun)
  const copied = await copyElsewhere(config, { file, now: begun })
  return saved({ ...noteCopies(state, copied, begun), last })
}

/** Copies the last backup again, so that a disk that was plugged in again has it within the hour. */
async function copyAgain({ db, config, now }: DailyContext): Promise<void> {
  const state = await findBackupState(db)
  if (!state?.last) return
  const copied = await copyElsewhere(config, { file: state.last.file, now: now() })
  await saveBackupState(db, noteCopies(state, copied, now()))
}

type Failure = { setting: CopySetting; problem: string }

const noteCopies = (
  state: BackupState,
  failures: readonly Failure[],
  now: Temporal.Instant,
): BackupState => {
  const [first] = failures
  if (!first)
    return {
      ...state,
      ...{ problem: undefined, copyFailingSince: undefined },
      copySettings: undefined,
    }
  return {
    ...state,
    problem: first.problem,
    copyFailingSince: state.copyFailingSince ?? now,
    copySettings: [...new Set(failures.map(({ setting }) => setting))],
  }
}

/** Copies the backup of this name to each other place; returns what went wrong there. */
async function copyElsewhere(
  config: Context['config'],
  { file, now }: { file: string; now: Temporal.Instant },
): Promise<Failure[]> {
  const [folder = '', ...others] = backupFoldersOf(config)
  const failures: Failure[] = []
  const copy = (setting: CopySetting, to: Destination) =>
    copyBackup({ folder, name: file }, to, now).catch((error) => {
      failures.push({ setting, problem: sentenceOf(error, join(to.title, file)) })
    })
  for (const other of others) await copy('CAFE_IA_BACKUP_COPY', openFolder(other))
  if (config.backups.s3) {
    // The client is loaded only where the setting asks for it.
    const { openS3Storage } = await import('./s3-storage.ts')
    const storage = openS3Storage(config.backups.s3, config)
    await copy('CAFE_IA_BACKUP_S3', storage).finally(() => storage.close())
  }
  return failures
}

async function removeOld(folder: string, now: Temporal.Instant): Promise<void> {
  const oldest = await removeOldBackups(openFolder(folder), await readdir(folder), now)
  if (oldest) await removeOldPictures(folder, oldest)
}

function sentenceOf(error: unknown, file: string): string {
  const problem = toBackupProblem(error, file)
  return problem instanceof Error ? problem.message : String(problem)
}

const PROGRAM = findProgramFile('node/jobs/backup/backup-worker.ts')

/**
 * Runs the thread that makes a backup; no page waits for it.
 *
 * @internal
 */
export async function runWorker(order: BackupOrder): Promise<BackupAnswer> {
  const worker = new Worker(PROGRAM, { workerData: order, env: {}, execArgv: [] })
  // A server that stops does not wait for it; what it leaves is deleted the next time.
  worker.unref()
  const [answer] = (await once(worker, 'message')) as [BackupAnswer]
  return answer
}
