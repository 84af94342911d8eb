import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import { VERSION } from '../../program/version.ts'
import { checkWritable } from '../../store/database/health.ts'
import { countWaitingDeliveries } from '../../store/queues/deliveries.ts'
import { addressOf } from './middleware.ts'
import { findSiteState, type SiteState } from './site-state.ts'

/**
 * The routes for monitoring: `/healthz` for a load balancer (503 where nothing can be saved) and for whoever watches
 * (`troubles`), `/metrics` for Prometheus on the machine itself. `countFailures` gives the requests that failed lately.
 */
export function healthRoutes(context: Context, countFailures: () => number) {
  // A monitor asks every few seconds; the check writes, and an SD card is to be spared.
  const checkNow = rememberFor(60_000, () => checkWritable(context.db, context.now()))
  // Anybody may ask, as often as they like; counting reads every delivery that waits.
  const countNow = rememberFor(1_000, () => countWaitingDeliveries(context.db))
  const look = rememberFor(1_000, () => findSiteState(context, countFailures()))
  return new Hono<{ Bindings: Partial<HttpBindings> }>()
    .get('/healthz', async (c) => {
      c.header('Cache-Control', 'no-store')
      try {
        await checkNow()
        const { troubles, backup } = await look()
        const waiting = await countNow()
        const status = troubles.length === 0 ? 'ok' : 'troubled'
        return c.json({
          ...{ status, troubles, version: VERSION, role: roleOf(context), waiting, backup },
        })
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        return c.json({ status: 'failing', reasons: [reason] }, 503)
      }
    })
    .get('/metrics', async (c) => {
      if (!isFromThisMachine(c, context.config)) return c.notFound()
      const isWritable = await checkNow().then(
        () => true,
        () => false,
      )
      const lines = metricsOf({ ...(await look()), isWritable, waiting: await countNow() }).flatMap(
        ([name, value, type]) => [`# TYPE ${name} ${type}`, `${name} ${value}`],
      )
      return c.text(`${lines.join('\n')}\n`, 200, { 'content-type': 'text/plain; version=0.0.4' })
    })
}

type Metric = [name: string, value: number, type: 'gauge' | 'counter']

const metricsOf = ({
  isWritable,
  waiting,
  troubles,
  freeBytes,
  failures,
  backup,
}: SiteState & { isWritable: boolean; waiting: number }): Metric[] => [
  ['cafe_ia_writable', isWritable ? 1 : 0, 'gauge'],
  ['cafe_ia_deliveries_waiting', waiting, 'gauge'],
  ['cafe_ia_sending_held', troubles.includes('sending-held') ? 1 : 0, 'gauge'],
  ['cafe_ia_sending_late', troubles.includes('sending-late') ? 1 : 0, 'gauge'],
  ['cafe_ia_pages_closed', troubles.includes('pages-closed') ? 1 : 0, 'gauge'],
  ['cafe_ia_failed_requests', failures, 'gauge'],
  ...(freeBytes === undefined
    ? []
    : [['cafe_ia_disk_free_bytes', freeBytes, 'gauge'] satisfies Metric]),
  ['cafe_ia_backup_late', backup.isLate ? 1 : 0, 'gauge'],
  ['cafe_ia_backup_copy_failing', backup.isCopyFailing ? 1 : 0, 'gauge'],
  [
    'cafe_ia_backup_last_timestamp_seconds',
    backup.lastAt ? Date.parse(backup.lastAt) / 1000 : 0,
    'gauge',
  ],
  ['process_resident_memory_bytes', process.memoryUsage().rss, 'gauge'],
  ['process_uptime_seconds', Math.round(process.uptime()), 'counter'],
]

/**
 * Returns whether the request comes from this machine and was forwarded by nobody: a web server says that it forwards,
 * or passes on the name under which visitors know the site. One on this machine that does neither looks like whoever
 * asks from here.
 */
function isFromThisMachine(
  c: HonoContext<{ Bindings: Partial<HttpBindings> }>,
  config: Context['config'],
): boolean {
  const { headers } = c.req.raw
  const isForwarded = [...headers.keys()].some((name) => FORWARDED.test(name))
  const isForUs = /^(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?$/i.test(headers.get('host') ?? '')
  return !isForwarded && isForUs && /^(?:127\.|::1$)/.test(addressOf(c.env?.incoming, config))
}

/** The headers by which proxies say that they forward, and for whom. */
const FORWARDED =
  /^(?:forwarded|via|x-forwarded(?:-.+)?|x-real-ip|x-original-.+|cf-connecting-ip|true-client-ip)$/

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
