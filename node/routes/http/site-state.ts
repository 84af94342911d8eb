import { statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'
import type { Context } from '../../context.ts'
import { isBackupLate } from '../../domain/backup/backup-state.ts'
import type { SiteState } from '../../domain/monitoring/site-state.ts'
import {
  type Disk,
  isCertificateEnding,
  isDiskNearlyFull,
  NEARLY_FULL,
  TROUBLES,
  type Trouble,
} from '../../domain/monitoring/trouble.ts'
import { findBackupState } from '../../store/backup/backup-state.ts'
import { isClosed } from '../../store/backup/restoration.ts'
import { toInstantText } from '../../store/database/columns.ts'
import { findCutOffSince, listTrackedServers } from '../../store/directory/unreachable-peers.ts'
import { findCertificate } from '../../store/monitoring/alerts.ts'
import { countFailures, findLastMeasured } from '../../store/monitoring/hour-measures.ts'
import { listFailedDeliveries } from '../../store/queues/failed-deliveries.ts'
import { isHeld } from '../../store/queues/held.ts'
import { findFirstDue } from '../../store/queues/lease-deliveries.ts'
import { countLateMails } from '../../store/queues/outgoing-mails.ts'

/** A delivery is tried within seconds of its time: after a quarter of an hour nothing is sent. */
const LATE_MINUTES = 15
/** The jobs look once an hour; a machine that was just started is given ten minutes. */
const JOBS_LATE_HOURS = 3
const STARTING_S = 600

type SiteContext = Pick<Context, 'db' | 'config' | 'now'>

/** Finds what an operator, or whoever watches for them, must know of a site that runs. */
export async function findSiteState(context: SiteContext, isWritable = true): Promise<SiteState> {
  const { db, config, now } = context
  const disk = await findDisk(config.data)
  const memory = { bytes: process.memoryUsage().rss, limit: findMemoryLimit() }
  const late = await findFirstDue(db, now())
  const lateMinutes = late ? Math.max(0, Math.floor(late.until(now()).total('minutes'))) : 0
  const isSendingHeld = await isHeld(db)
  const certificate = await findCertificate(db)
  const found = {
    ...{ disk, memory, lateMinutes, certificate },
    failures: await countFailures(db, now()),
    silent: await listSilent(db),
    undelivered: (await listFailedDeliveries(db, { now: now() })).length,
    lateMails: config.mail && !isSendingHeld ? await countLateMails(db, now()) : 0,
    ...(await describeBackup(context)),
  }
  const isCutOff = (await findCutOffSince(db)) !== undefined
  const wrong: Record<Trouble, boolean> = {
    'not-writable': !isWritable,
    'little-disk': disk !== undefined && isDiskNearlyFull(disk),
    'memory-high': memory.bytes >= NEARLY_FULL * memory.limit,
    'sending-held': isSendingHeld,
    'sending-late': lateMinutes > LATE_MINUTES,
    'not-delivered': found.undelivered > 0,
    'mails-late': found.lateMails > 0,
    'pages-closed': await isClosed(db),
    'backup-late': found.backup.isLate,
    'backup-copy-failing': found.backup.isCopyFailing,
    'certificate-ending': certificate !== undefined && isCertificateEnding(certificate, now()),
    'requests-failing': found.failures > 0,
    'jobs-late': await areJobsLate(context),
    'cut-off': isCutOff,
    // While nobody is reached, nobody else's silence is known.
    'members-silent': !isCutOff && found.silent.length > 0,
  }
  return { troubles: TROUBLES.filter((trouble) => wrong[trouble]), ...found }
}

/** Finds how full the disk of a folder is. */
const findDisk = (folder: string): Promise<Disk | undefined> =>
  statfs(folder).then(
    ({ blocks, bfree, bavail, bsize }) => ({
      ...{ usedBytes: (blocks - bfree) * bsize, totalBytes: blocks * bsize },
      freeBytes: bavail * bsize,
    }),
    () => undefined,
  )

/** Returns the bytes that this process may have: those of its container, else those of the machine. */
function findMemoryLimit(): number {
  const machine = totalmem()
  const container = process.constrainedMemory()
  return container > 0 && container < machine ? container : machine
}

const listSilent = async (db: Context['db']): Promise<string[]> =>
  (await listTrackedServers(db)).flatMap(({ origin, silentSince }) => (silentSince ? [origin] : []))

async function areJobsLate({ db, now }: SiteContext): Promise<boolean> {
  if (process.uptime() < STARTING_S) return false
  const last = await findLastMeasured(db)
  return last !== undefined && last.hour.until(now()).total('hours') > JOBS_LATE_HOURS
}

/** Describes the daily backups: when the last was made, whether it is too old, and whether another place lacks it. */
async function describeBackup({
  db,
  config,
  now,
}: SiteContext): Promise<Pick<SiteState, 'backup' | 'backupProblem'>> {
  const state = await findBackupState(db)
  const { areDaily } = config.backups
  return {
    backup: {
      lastAt: state?.last ? toInstantText(state.last.at) : null,
      isLate: areDaily && state !== undefined && isBackupLate(state, now()),
      isCopyFailing: areDaily && state?.copyFailingSince !== undefined,
    },
    backupProblem: state?.problem,
  }
}
