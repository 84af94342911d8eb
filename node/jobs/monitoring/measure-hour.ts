import type { Context } from '../../context.ts'
import { findSiteState } from '../../routes/http/site-state.ts'
import { saveCertificate } from '../../store/monitoring/alerts.ts'
import { saveMeasure } from '../../store/monitoring/hour-measures.ts'
import { countWaitingDeliveries } from '../../store/queues/deliveries.ts'
import { readCertificate } from './certificate.ts'

/** Looks at the site once an hour, for the plots of the administration. */
export async function measureHour(context: Pick<Context, 'db' | 'config' | 'now'>): Promise<void> {
  const { db, config, now } = context
  await saveCertificate(db, await readCertificate(config))
  const { disk, memory, lateMinutes, backup } = await findSiteState(context)
  await saveMeasure(
    db,
    {
      waiting: await countWaitingDeliveries(db),
      lateMinutes,
      memoryBytes: memory.bytes,
      diskUsedBytes: disk?.usedBytes,
      diskTotalBytes: disk?.totalBytes,
      backupAt: backup.lastAt ? Temporal.Instant.from(backup.lastAt) : undefined,
      isCopyFailing: backup.isCopyFailing,
    },
    now(),
  )
}
