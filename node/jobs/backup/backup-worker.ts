import { parentPort, workerData } from 'node:worker_threads'
import { type BackupOrder, createCheckedBackup } from './checked-backup.ts'

/** Makes a backup in a thread of its own, so that no page waits for it. */
parentPort?.postMessage(await createCheckedBackup(workerData as BackupOrder))
