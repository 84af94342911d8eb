import { createServer, type RequestListener, type Server } from 'node:http'
import { getLogger } from '@logtape/logtape'
import { signedRegistry } from '../../federation/actors/registry.ts'
import { createFederation } from '../../federation/federation.ts'
import { createRemote } from '../../federation/peers/remote.ts'
import { type App, createApp } from '../app.ts'
import { ensureOrganization } from '../commands/sign-in-link.ts'
import { type Config, ConfigError } from '../config.ts'
import type { Context } from '../context.ts'
import { prepareTables } from '../geo/prepare.ts'
import {
  planMissedReconciliations,
  planRestoration,
  planReturnVisits,
} from '../jobs/plan-readings.ts'
import { scheduleJobs } from '../jobs/scheduler.ts'
import { startWorkers, type Workers } from '../jobs/workers.ts'
import { VERSION } from '../program/version.ts'
import { refuseSlow, refuseUnread } from '../routes/site/errors.tsx'
import { ANSWER_PACE, watchAnswers } from '../sockets/answer-pace.ts'
import { PACE, watchBodies } from '../sockets/body-pace.ts'
import { answerUnreadRequests } from '../sockets/unread-requests.ts'
import type { OpenDatabase } from '../store/database/database.ts'
import { findSetting, saveSetting } from '../store/database/settings.ts'
import { openWorkChannel, type WorkChannel } from '../store/database/work-notifications.ts'
import { requestFollow } from '../store/directory/followings.ts'
import { releaseLeases } from '../store/queues/release-leases.ts'
import { watchArrivals } from '../turns/arrivals.ts'
import { giveWay } from '../turns/turns.ts'
import { openDatabaseOf, refuseOtherOrigin } from './site-database.ts'

const logger = getLogger(['cafe-ia', 'server'])

export type RunningServer = {
  context: Context
  /** Finishes what is running; resolves when nothing runs any more. */
  stop: () => Promise<void>
}

/**
 * Starts one server by its settings and resolves when it answers.
 * @param report - Is told in one line when the data must be migrated to this version first; stderr without it.
 * @throws ConfigError in one sentence when a setting does not fit what is stored or the machine.
 */
export async function startServer(
  config: Config,
  report?: (line: string) => void,
): Promise<RunningServer> {
  const db = await openOwnDatabase(config, report)
  const stopping = new AbortController()
  let workers: Workers | undefined
  let channel: WorkChannel | undefined
  const context: Context = {
    config,
    db,
    now: () => Temporal.Now.instant(),
    isDirectory: config.role === 'hub',
    wake: () => {
      workers?.enqueuing.wake()
      channel?.notify()
    },
    registry: () => signedRegistry(context, services.keyRing),
    remote: laterRemote(() => remote),
  }
  const federation = createFederation(context, {
    version: VERSION,
    signal: stopping.signal,
    woken: () => workers?.sending.woken() ?? Promise.resolve(),
  })
  const { services } = federation
  const remote = createRemote(context, services)
  if (config.originChosen) await ensureOrganization(context)
  const app = createApp(context, federation, (failure) => logger.error('a page failed', failure))
  const answers = config.process !== 'worker'
  const works = config.originChosen && config.process !== 'web'
  let server: Server | undefined
  let preparing: Promise<void> | undefined
  try {
    if (answers) {
      server = await listen(config, app.answer)
      const timer = setTimeout(() => {
        preparing = prepareFirstPages(context, app)
      }, PREPARED_AFTER_MS).unref()
      stopping.signal.addEventListener('abort', () => clearTimeout(timer))
    }
    // The lease line is opened only once the server listens: before, another server on the same data may still have its
    // leases.
    const onWork = () => workers?.enqueuing.wake()
    const onFirst = () => releaseLeases(db, context.now())
    channel = await openWorkChannel(db, config.database, works ? { onWork, onFirst } : undefined)
  } catch (error) {
    stopping.abort()
    await services.egress.close()
    await (server && close(server))
    await Promise.all([app.ended(), preparing])
    await db.destroy()
    throw error
  }
  if (works) {
    await planFirstWork(context)
    workers = startWorkers(context, services, stopping.signal)
  }
  let stopJobs = () => Promise.resolve()
  const scheduling = setTimeout(() => {
    if (works) stopJobs = scheduleJobs(context)
  }, PREPARED_AFTER_MS).unref()
  context.wake()
  return {
    context,
    stop: async () => {
      stopping.abort()
      clearTimeout(scheduling)
      const closed = server && close(server)
      await Promise.all([stopJobs(), workers?.stop()])
      await services.egress.close()
      await closed
      await Promise.all([app.ended(), preparing])
      await channel?.close()
      await db.destroy()
    },
  }
}

async function openOwnDatabase(config: Config, report?: (line: string) => void) {
  const db = await openDatabaseOf(config, report)
  try {
    await ensureOrigin(db, config)
    return db
  } catch (error) {
    await db.destroy()
    throw error
  }
}

/** Plans what was not done while the server was off, or follows from a restore. */
async function planFirstWork(context: Context): Promise<void> {
  await planMissedReconciliations(context)
  await planReturnVisits(context)
  await planRestoration(context)
  await askToJoin(context)
}

/** Returns what asks other servers, which is made after the context that it needs. */
const laterRemote = (made: () => Context['remote']): Context['remote'] => ({
  fetchCalendar: (url) => made().fetchCalendar(url),
  refetchCalendar: (url, known) => made().refetchCalendar(url, known),
  findNetwork: (address) => made().findNetwork(address),
  findStructure: (address) => made().findStructure(address),
  findFollowPage: (request) => made().findFollowPage(request),
  findAsker: (request) => made().findAsker(request),
  findRemoteFacilitators: (question) => made().findRemoteFacilitators(question),
  findDirectoryViews: (cafeUri) => made().findDirectoryViews(cafeUri),
  findRequester: (origin) => made().findRequester(origin),
})

/** Makes what the first visitors would wait for: the tables of communes, and at a directory its first page, once. */
async function prepareFirstPages(context: Context, app: App): Promise<void> {
  try {
    await prepareTables(giveWay, context)
    if (context.isDirectory) await app.makeFirstPage()
  } catch (error) {
    logger.warning('the first pages were not prepared', { error })
  }
}

/** The first page after a start comes before these tables, which take as long as a page, and before the times of jobs. */
const PREPARED_AFTER_MS = 300

/**
 * Stores the origin that is chosen first.
 * @throws ConfigError where the data was published under another one.
 */
export async function ensureOrigin(db: OpenDatabase, config: Config): Promise<void> {
  const known = await findSetting(db, 'origin')
  refuseOtherOrigin(known, config)
  if (known === undefined && config.originChosen) await saveSetting(db, 'origin', config.origin)
}

/** Asks the directory of the settings once; a restart does not undo leaving it afterwards. */
async function askToJoin({ db, config, now }: Context): Promise<void> {
  if (!config.hub) return
  if ((await findSetting(db, 'hub')) === config.hub.address) return
  await requestFollow(db, { ...config.hub, join: true }, now())
  await saveSetting(db, 'hub', config.hub.address)
}

/**
 * The maximum number of connections that wait to be accepted; a system may allow fewer. A client that finds no room
 * tries again after a second.
 */
const WAITING_MAX = 4096

function listen(config: Config, app: RequestListener): Promise<Server> {
  const { promise, resolve, reject } = Promise.withResolvers<Server>()
  const times = {
    headersTimeout: 10_000,
    // Most are closed much sooner, see `watchBodies`.
    requestTimeout: 180_000,
    connectionsCheckingInterval: 2_000,
  }
  const server = createServer(times, app)
  server.listen({ port: config.port, host: config.host, backlog: WAITING_MAX }, () =>
    resolve(server),
  )
  watchBodies(server, PACE, (request) => refuseSlow(request, config))
  watchAnswers(server, ANSWER_PACE[config.role])
  watchArrivals(server)
  answerUnreadRequests(server, (reason, languages) => refuseUnread(reason, languages, config))
  server.once('error', (error: NodeJS.ErrnoException) => {
    const used = error.code === 'EADDRINUSE'
    reject(
      used
        ? new ConfigError(
            `CAFE_IA_PORT : un autre programme écoute déjà sur ${config.host}:${config.port}`,
          )
        : new ConfigError(
            `CAFE_IA_HOST : impossible d’écouter sur ${config.host} (${error.message})`,
          ),
    )
  })
  return promise
}

/** Closes the server: running requests are answered; idle connections are closed. */
function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), 5_000).unref()
  return promise
}
