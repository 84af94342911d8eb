import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import { isBackupLate } from '../../domain/values/backup-state.ts'
import { VERSION } from '../../program/version.ts'
import { findBackupState } from '../../store/backup/backup-state.ts'
import { toInstantText } from '../../store/database/columns.ts'
import { checkWritable } from '../../store/database/health.ts'
import { countWaitingDeliveries } from '../../store/queues/deliveries.ts'
import { addressOf } from './middleware.ts'

/** The routes for monitoring: `/healthz` for a load balancer, `/metrics` for Prometheus on the machine itself. */
export function healthRoutes(context: Context) {
  // A monitor asks every few seconds; the check writes, and an SD card is to be spared.
  const checkNow = rememberFor(60_000, () => checkWritable(context.db, context.now()))
  // Counting reads every delivery that waits, and anybody may ask, without waiting for others.
  const countNow = rememberFor(1_000, () => countWaitingDeliveries(context.db))
  return new Hono<{ Bindings: Partial<HttpBindings> }>()
    .get('/healthz', async (c) => {
      c.header('Cache-Control', 'no-store')
      try {
        await checkNow()
        const waiting = await countNow()
        const backup = await describeBackup(context)
        return c.json({ status: 'ok', version: VERSION, role: roleOf(context), waiting, backup })
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        return c.json({ status: 'failing', reasons: [reason] }, 503)
      }
    })
    .get('/metrics', async (c) => {
      if (!isFromThisMachine(c, context.config)) return c.notFound()
      const { rss } = process.memoryUsage()
      const { lastAt, isLate, isCopyFailing } = await describeBackup(context)
      const lines = [
        '# TYPE cafe_ia_deliveries_waiting gauge',
        `cafe_ia_deliveries_waiting ${await countNow()}`,
        '# TYPE cafe_ia_backup_late gauge',
        `cafe_ia_backup_late ${isLate ? 1 : 0}`,
        '# TYPE cafe_ia_backup_copy_failing gauge',
        `cafe_ia_backup_copy_failing ${isCopyFailing ? 1 : 0}`,
        '# TYPE cafe_ia_backup_last_timestamp_seconds gauge',
        `cafe_ia_backup_last_timestamp_seconds ${lastAt ? Date.parse(lastAt) / 1000 : 0}`,
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${rss}`,
        '# TYPE process_uptime_seconds counter',
        `process_uptime_seconds ${Math.round(process.uptime())}`,
      ]
      return c.text(`${lines.join('\n')}\n`, 200, { 'content-type': 'text/plain; version=0.0.4' })
    })
}

/** Describes the daily backups: when the last was made, whether it is too old, and whether another place lacks it. */
async function describeBackup({
  db,
  config,
  now,
}: Context): Promise<{ lastAt: string | null; isLate: boolean; isCopyFailing: boolean }> {
  const state = await findBackupState(db)
  return {
    lastAt: state?.last ? toInstantText(state.last.at) : null,
    isLate: config.backups.areDaily && state !== undefined && isBackupLate(state, now()),
    isCopyFailing: config.backups.areDaily && state?.copyFailingSince !== undefined,
  }
}

/**
 * Returns whether the request comes from this machine. A proxy on this machine that nobody declared looks the same, but
 * says that it forwards.
 */
function isFromThisMachine(
  c: HonoContext<{ Bindings: Partial<HttpBindings> }>,
  config: Context['config'],
): boolean {
  const forwarded = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].some((name) =>
    c.req.header(name),
  )
  const trusted = config.trustProxy.size > 0
  return (trusted || !forwarded) && /^(127\.|::1$)/.test(addressOf(c.env?.incoming, config))
}

/** Makes a function that finds anew at most once in so many milliseconds. All callers share it; a failure is not kept. */
function rememberFor<Found>(
  milliseconds: number,
  find: () => Promise<Found>,
): () => Promise<Found> {
  let known: { at: number; found: Promise<Found> } | undefined
  return () => {
    if (known && performance.now() - known.at < milliseconds) return known.found
    const asked = { at: performance.now(), found: find() }
    known = asked
    asked.found.catch(() => {
      if (known === asked) known = undefined
    })
    return asked.found
  }
}

const roleOf = (context: Context): string => (context.isDirectory ? 'hub' : 'node')
