import type { Server } from 'node:http'
import { join } from 'node:path'
import { getLogger } from '@logtape/logtape'
import { signedRegistry, signPaper } from '../../federation/actors/registry.ts'
import { createFederation } from '../../federation/federation.ts'
import { createRemote } from '../../federation/peers/remote.ts'
import { type App, createApp } from '../app.ts'
import { ensureOrganization } from '../commands/sign-in-link.ts'
import { addStarterResources } from '../commands/sites/starter-resources.ts'
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
import { ANSWER_PACE } from '../sockets/answer-pace.ts'
import { PACE } from '../sockets/body-pace.ts'
import { isKnownKey } from '../store/accounts/second-factors.ts'
import { inTransaction, type OpenDatabase } from '../store/database/database.ts'
import { findSetting, saveSetting } from '../store/database/settings.ts'
import { openWorkChannel, type WorkChannel } from '../store/database/work-notifications.ts'
import { requestFollow } from '../store/directory/followings.ts'
import { KEY_FILE, loadSiteKey } from '../store/files/site-key.ts'
import { findPlannedMove, moveSite } from '../store/moves/moves.ts'
import { releaseLeases } from '../store/queues/release-leases.ts'
import { giveWay } from '../turns/turns.ts'
import { isPlannedMove, openDatabaseOf, refuseOtherOrigin } from './site-database.ts'
import { startListening } from './sockets.ts'

const logger = getLogger(['cafe-ia', 'server'])

export type RunningServer = {
  context: Context
  /** Finishes what is running; resolves when nothing runs any more. */
  stop: () => Promise<void>
}

/** What runs of a server, in the order in which it is started. */
type Parts = {
  stopping: AbortController
  server?: Server
  /** The preparation of the first pages. */
  preparing?: Promise<void>
  channel?: WorkChannel
  workers?: Workers
  stopJobs?: () => Promise<void>
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
  const parts: Parts = { stopping: new AbortController() }
  const { context, federation } = createContext(config, db, parts)
  if (config.originChosen) {
    const organization = await ensureOrganization(context)
    if (context.isDirectory) await addStarterResources(context, organization)
  }
  const app = createApp(context, federation, (failure) => logger.error('a page failed', failure))
  const stop = async () => {
    parts.stopping.abort()
    const closed = parts.server && close(parts.server)
    await Promise.all([parts.stopJobs?.(), parts.workers?.stop()])
    await federation.services.egress.close()
    await closed
    await Promise.all([app.ended(), parts.preparing])
    await parts.channel?.close()
    await db.destroy()
  }
  try {
    if (config.process !== 'worker') {
      const paces = { body: PACE, answer: ANSWER_PACE }
      parts.server = await startListening(config, app.answer, paces)
      runLater(parts, () => {
        parts.preparing = prepareFirstPages(context, app)
      })
    }
    await startWork(context, parts, federation.services)
  } catch (error) {
    await stop()
    throw error
  }
  context.wake()
  return { context, stop }
}

/** Makes the context of a server, and its federation, which use the parts that are started later. */
function createContext(config: Config, db: OpenDatabase, parts: Parts) {
  const context: Context = {
    config,
    db,
    now: () => Temporal.Now.instant(),
    isDirectory: config.role === 'hub',
    wake: () => {
      parts.workers?.enqueuing.wake()
      parts.channel?.notify()
    },
    registry: () => signedRegistry(context, federation.services.keyRing),
    signPaper: (statement) => signPaper(federation.services.keyRing, statement),
    remote: laterRemote(() => remote),
  }
  const federation = createFederation(context, {
    version: VERSION,
    signal: parts.stopping.signal,
    woken: () => parts.workers?.sending.woken() ?? Promise.resolve(),
  })
  const remote = createRemote(context, federation.services)
  return { context, federation }
}

/** Starts the workers and the jobs of a process that works, and what tells those of another one that work waits. */
async function startWork(
  context: Context,
  parts: Parts,
  services: Parameters<typeof startWorkers>[1],
): Promise<void> {
  const { config, db, now } = context
  const works = config.originChosen && config.process !== 'web'
  // The lease line is opened only once the server listens: before, another server on the same data may still have its
  // leases.
  const onWork = () => parts.workers?.enqueuing.wake()
  const onFirst = () => releaseLeases(db, now())
  parts.channel = await openWorkChannel(
    db,
    config.database,
    works ? { onWork, onFirst } : undefined,
  )
  if (!works) return
  await planFirstWork(context)
  parts.workers = startWorkers(context, services, parts.stopping.signal)
  runLater(parts, () => {
    parts.stopJobs = scheduleJobs(context)
  })
}

/** The first page after a start comes before the tables that others need, and before the times of jobs. */
const LATER_MS = 300

/** Does what the first page does not need, unless the server is stopped before. */
function runLater({ stopping: { signal } }: Parts, work: () => void): void {
  const timer = setTimeout(work, LATER_MS).unref()
  signal.addEventListener('abort', () => clearTimeout(timer))
}

async function openOwnDatabase(config: Config, report?: (line: string) => void) {
  const db = await openDatabaseOf(config, report)
  try {
    await ensureOrigin(db, config, { mayMove: true })
    await ensureSiteKey(db, config, report)
    return db
  } catch (error) {
    await db.destroy()
    throw error
  }
}

/**
 * Makes the key of the site before its first backup, and reports one that is not that of the start before.
 * @throws ConfigError where there can be none, or the file is no key.
 */
async function ensureSiteKey(
  db: OpenDatabase,
  { data }: Config,
  report?: (line: string) => void,
): Promise<void> {
  const path = join(data, KEY_FILE)
  const key = await loadSiteKey(data).catch((error) => {
    throw new ConfigError(
      `CAFE_IA_DATA : la clé du site ne peut pas être lue ou faite (${error.message}) : remettez le fichier ${path} d’avant, lisible par ce compte`,
    )
  })
  if (await isKnownKey(db, key)) return
  report?.(
    `CAFE_IA_DATA : ${path} n’est pas la clé avec laquelle ce site a démarré la dernière fois. Remettez-y le fichier d’avant, ou celui de l’autre machine du site : sans lui, des codes de deuxième facteur ne sont pas reconnus (bin/cafe-ia doctor dit combien).`,
  )
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
  fetchPicture: (url, maxBytes) => made().fetchPicture(url, maxBytes),
  isInnerAddress: (url) => made().isInnerAddress(url),
  findNetwork: (address) => made().findNetwork(address),
  findStructure: (address) => made().findStructure(address),
  findFollowPage: (request) => made().findFollowPage(request),
  findAsker: (request) => made().findAsker(request),
  findRemoteFacilitators: (question) => made().findRemoteFacilitators(question),
  findDirectoryViews: (cafe) => made().findDirectoryViews(cafe),
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

/**
 * Stores the origin that is chosen first, and moves the data where a move to it is planned.
 * @throws ConfigError where the data was published under another one.
 */
export async function ensureOrigin(
  db: OpenDatabase,
  config: Config,
  { mayMove }: { mayMove: boolean },
): Promise<void> {
  const known = await findSetting(db, 'origin')
  const movesTo = await findPlannedMove(db)
  if (known !== undefined && isPlannedMove({ origin: known, movesTo }, config)) {
    if (!mayMove)
      throw new ConfigError(
        `Le déménagement vers ${config.origin} commence au démarrage du site : démarrez-le d’abord.`,
      )
    return inTransaction(db, (trx) =>
      moveSite(trx, { from: known, to: config.origin }, Temporal.Now.instant()),
    )
  }
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

/** Closes the server: running requests are answered; idle connections are closed. */
function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), 5_000).unref()
  return promise
}
