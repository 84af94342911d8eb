import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Context } from '../../context.ts'
import { type BackupState, backupFileName, isBackupDue } from '../../domain/values/backup-state.ts'
import { findProgramFile } from '../../project-root.ts'
import { findBackupState, saveBackupState } from '../../store/backup/backup-state.ts'
import { ifAlone } from '../../store/database/locks.ts'
import { backupFoldersOf, prepareFolder } from './backup-folders.ts'
import { toBackupProblem } from './backup-problem.ts'
import type { BackupAnswer, BackupOrder } from './backup-worker.ts'
import { copyBackup, openFolder, removeOldBackups } from './destination.ts'
import { removeOldPictures } from './picture-store.ts'

type DailyContext = Pick<Context, 'db' | 'config' | 'now'>

/** Makes the backup of the day when it is due; asked each hour. */
export async function createDueBackup(context: DailyContext): Promise<void> {
  const { db, config, now } = context
  if (!config.backups.areDaily || config.database === ':memory:') return
  if (!isBackupDue(await findBackupState(db), now())) return
  await ifAlone(db, 'backup', () => backUp(context))
}

/**
 * Makes a backup into the folder of the server's own, looks at it as if it were restored, copies it to the second folder
 * and takes away those that are too many. What went wrong is kept for the team, and the next hour tries again.
 */
async function backUp({ db, config, now }: DailyContext): Promise<void> {
  const begun = now()
  const known = await findBackupState(db)
  const state: BackupState = {
    since: known?.since ?? begun,
    last: known?.last,
    problem: undefined,
    toldAt: known?.toldAt,
    copyFailingSince: known?.copyFailingSince,
  }
  const { passphrase } = config.backups
  const [folder = '', ...others] = backupFoldersOf(config)
  const file = backupFileName(begun, passphrase !== undefined)
  const order: BackupOrder = {
    ...{ database: config.database, data: config.data, passphrase },
    file: join(folder, file),
    arePicturesBeside: true,
    now: begun.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString(),
  }
  const answer = await prepareFolder(folder)
    .then(() => runWorker(order))
    .catch((error) => ({ problem: sentenceOf(error, order.file) }))
  if ('problem' in answer) return saveBackupState(db, { ...state, problem: answer.problem })
  const last = { at: begun, file, bytes: answer.bytes }
  await removeOld(folder, begun)
  const problems: string[] = []
  // Its client is loaded where the setting asks for it.
  const storage =
    config.backups.s3 && (await import('./s3-storage.ts')).openS3Storage(config.backups.s3, config)
  for (const to of [...others.map(openFolder), ...(storage ? [storage] : [])])
    await copyBackup({ folder, name: file }, to, begun).catch((error) => {
      problems.push(sentenceOf(error, join(to.title, file)))
    })
  await storage?.close()
  const [problem] = problems
  const copyFailingSince = problem === undefined ? undefined : (state.copyFailingSince ?? begun)
  await saveBackupState(db, { ...state, last, problem, copyFailingSince, toldAt: undefined })
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

/** @internal Pages wait for nothing of it. */
export async function runWorker(order: BackupOrder): Promise<BackupAnswer> {
  const worker = new Worker(PROGRAM, { workerData: order, env: {}, execArgv: [] })
  // A server that stops does not wait for it; what it leaves is taken away the next time.
  worker.unref()
  const [answer] = (await once(worker, 'message')) as [BackupAnswer]
  return answer
}
