import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import type { SiteState } from '../../domain/monitoring/site-state.ts'
import type { Trouble } from '../../domain/monitoring/trouble.ts'
import { VERSION } from '../../program/version.ts'
import { checkWritable } from '../../store/database/health.ts'
import { countWaitingDeliveries } from '../../store/queues/deliveries.ts'
import { addressOf } from './middleware.ts'
import { findSiteState } from './site-state.ts'

/**
 * The routes for monitoring: `/healthz` for a load balancer (503 where nothing can be saved) and for whoever watches
 * (`troubles`), `/metrics` for Prometheus on the machine itself.
 */
export function healthRoutes(context: Context) {
  // A monitor asks every few seconds; the check writes, and an SD card is to be spared.
  const checkNow = rememberFor(60_000, () => checkWritable(context.db, context.now()))
  // Anybody may ask, as often as they like; counting reads every delivery that waits.
  const countNow = rememberFor(1_000, () => countWaitingDeliveries(context.db))
  const look = rememberFor(1_000, () => findSiteState(context))
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

type Measured = SiteState & { isWritable: boolean; waiting: number }

/** Lists every metric; docs/metrics.md says what each means. What is not known has no line. */
function metricsOf({ isWritable, waiting, troubles, ...state }: Measured): Metric[] {
  const { disk, memory, backup, certificate } = state
  const gauge = (name: string, value: number | undefined): Metric[] =>
    value === undefined ? [] : [[`cafe_ia_${name}`, value, 'gauge']]
  const flag = (name: string, trouble: Trouble) => gauge(name, troubles.includes(trouble) ? 1 : 0)
  return [
    ...gauge('writable', isWritable ? 1 : 0),
    ...gauge('troubles', troubles.length),
    ...gauge('deliveries_waiting', waiting),
    ...gauge('deliveries_late_minutes', state.lateMinutes),
    ...gauge('servers_undelivered', state.undelivered),
    ...gauge('servers_silent', state.silent.length),
    ...gauge('mails_late', state.lateMails),
    ...flag('sending_held', 'sending-held'),
    ...flag('sending_late', 'sending-late'),
    ...flag('pages_closed', 'pages-closed'),
    ...flag('cut_off', 'cut-off'),
    ...flag('jobs_late', 'jobs-late'),
    ...gauge('failed_requests', state.failures),
    ...gauge('disk_free_bytes', disk?.freeBytes),
    ...gauge('disk_used_bytes', disk?.usedBytes),
    ...gauge('disk_size_bytes', disk?.totalBytes),
    ...gauge('memory_limit_bytes', memory.limit),
    ...gauge('backup_late', backup.isLate ? 1 : 0),
    ...gauge('backup_copy_failing', backup.isCopyFailing ? 1 : 0),
    ...gauge('backup_last_timestamp_seconds', backup.lastAt ? Date.parse(backup.lastAt) / 1000 : 0),
    ...gauge(
      'certificate_end_timestamp_seconds',
      certificate && certificate.until.epochMilliseconds / 1000,
    ),
    ['process_resident_memory_bytes', memory.bytes, 'gauge'],
    ['process_uptime_seconds', Math.round(process.uptime()), 'counter'],
  ]
}

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
