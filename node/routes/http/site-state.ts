import { statfs } from 'node:fs/promises'
import type { Context } from '../../context.ts'
import { isBackupLate } from '../../domain/backup/backup-state.ts'
import { findBackupState } from '../../store/backup/backup-state.ts'
import { isClosed } from '../../store/backup/restoration.ts'
import { toInstantText } from '../../store/database/columns.ts'
import { isHeld } from '../../store/queues/held.ts'
import { findFirstDue } from '../../store/queues/lease-deliveries.ts'

/** With less free space, a backup or a busy week may fill the disk: 500 MB. */
export const LEAST_FREE_BYTES = 500e6
/** A delivery is tried within seconds of its time: after a quarter of an hour nothing is sent. */
const LATE_MINUTES = 15
const WINDOW_MS = 3600_000

/** What is wrong with a site that still answers, as `/healthz` names it. */
type Trouble =
  | 'little-disk'
  | 'sending-held'
  | 'sending-late'
  | 'pages-closed'
  | 'backup-late'
  | 'backup-copy-failing'
  | 'requests-failing'

export type SiteState = {
  troubles: Trouble[]
  /** The bytes that are left where the data is; undefined where the system does not say. */
  freeBytes: number | undefined
  /** The number of requests of the last hour that this process could not answer because of an error of its own. */
  failures: number
  backup: { lastAt: string | null; isLate: boolean; isCopyFailing: boolean }
}

/** Counts the requests that failed within the last hour, in this process; a thousand at most. */
export function createFailureCount() {
  const times: number[] = []
  return {
    add: (): void => {
      times.push(performance.now())
      if (times.length > 1000) times.shift()
    },
    count: (): number => {
      while (times[0] !== undefined && performance.now() - times[0] > WINDOW_MS) times.shift()
      return times.length
    },
  }
}

/** Finds what an operator, or whoever watches for them, must know of a site that runs. */
export async function findSiteState(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  failures: number,
): Promise<SiteState> {
  const { db, config, now } = context
  const freeBytes = await findFreeBytes(config.data)
  const backup = await describeBackup(context)
  const late = await findFirstDue(db, now())
  const wrong: Record<Trouble, boolean> = {
    'little-disk': freeBytes !== undefined && freeBytes < LEAST_FREE_BYTES,
    'sending-held': await isHeld(db),
    'sending-late': late !== undefined && late.until(now()).total('minutes') > LATE_MINUTES,
    'pages-closed': await isClosed(db),
    'backup-late': backup.isLate,
    'backup-copy-failing': backup.isCopyFailing,
    'requests-failing': failures > 0,
  }
  return {
    troubles: (Object.keys(wrong) as Trouble[]).filter((trouble) => wrong[trouble]),
    ...{ freeBytes, failures, backup },
  }
}

const findFreeBytes = (folder: string): Promise<number | undefined> =>
  statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => undefined,
  )

/** Describes the daily backups: when the last was made, whether it is too old, and whether another place lacks it. */
async function describeBackup({
  db,
  config,
  now,
}: Pick<Context, 'db' | 'config' | 'now'>): Promise<SiteState['backup']> {
  const state = await findBackupState(db)
  return {
    lastAt: state?.last ? toInstantText(state.last.at) : null,
    isLate: config.backups.areDaily && state !== undefined && isBackupLate(state, now()),
    isCopyFailing: config.backups.areDaily && state?.copyFailingSince !== undefined,
  }
}
