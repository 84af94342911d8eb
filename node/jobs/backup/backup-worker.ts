import { parentPort, workerData } from 'node:worker_threads'
import { RefusedBackup } from '../../domain/values/backup.ts'
import { type BackupInput, createBackup } from './create-backup.ts'
import { checkBackup } from './unpack-backup.ts'

/** The order that the thread is given: what to make, and the time in ISO 8601. */
export type BackupOrder = BackupInput & { now: string }

/** The thread's answer: the bytes of the file, or why there is none, in one sentence. */
export type BackupAnswer = { bytes: number } | { problem: string }

/** Makes a backup and checks it by restoring it, in a thread of its own, so that no page waits for it. */
async function make({ now, ...input }: BackupOrder): Promise<BackupAnswer> {
  try {
    await createBackup(input, now)
    const { bytes } = await checkBackup(input)
    return { bytes }
  } catch (error) {
    if (error instanceof RefusedBackup) return { problem: error.message }
    throw error
  }
}

parentPort?.postMessage(await make(workerData as BackupOrder))
