import type { Context } from '../../node/context.ts'
import { isTracked, type Peer } from '../../node/domain/federation/peer.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import { markMissing, showFoundCafe } from '../../node/store/cafes/missing-cafes.ts'
import { listPeerCafesToCome } from '../../node/store/cafes/peer-cafes.ts'
import { deleteReceivedCafe } from '../../node/store/cafes/received-cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findPeer, markBackfilled, markPeerSeen } from '../../node/store/directory/peers.ts'
import { saveTaskCursor, type Task } from '../../node/store/queues/tasks.ts'
import { giveWay } from '../../node/turns/turns.ts'
import { toOwnTerms } from '../gate/jsonld.ts'
import { EgressError } from '../remote/egress-error.ts'
import { fetchObject, readCollection } from '../remote/read-collection.ts'
import { BudgetSpentError } from '../remote/reading-budget.ts'
import type { Services } from '../services.ts'
import {
  idOf,
  isObject,
  isOfType,
  isPlainlySpelled,
  originOf,
  textOf,
  toList,
} from '../wire/json.ts'
import { isReportNote } from '../wire/reports/report-note.ts'
import { applyItem, applySome, type Item } from './apply-items.ts'
import { readFacilitators } from './read-facilitators.ts'
import { planFollowerServers } from './read-follower-servers.ts'
import { planMemberships } from './read-memberships.ts'
import { readModerators } from './read-moderators.ts'
import { readStructures } from './read-structures.ts'
import { saveSeenSoftware } from './visit.ts'

/**
 * Reads other servers: everything that they have once they are trusted, and once a day whether our cafés agree with
 * theirs.
 */

/** The work of a task; it throws when the task is to be tried again. */
export type Work = (context: Context, services: Services, task: Task) => Promise<void>

/**
 * Reads the list of upcoming cafés, then the outbox; where that has reports it is read once more for these, since it
 * gives them before their cafés. After a restart, or on the next day, it continues where it stopped.
 */
export const backfill: Work = async (context, services, task) => {
  const peer = await findPeer(context.db, task.subject)
  if (peer) await readWhole(context, services, { task, peer })
}

type PeerTask = { task: Task; peer: Peer }

async function readWhole(
  context: Context,
  services: Services,
  { task, peer }: PeerTask,
): Promise<void> {
  const actor = await fetchObject(services, peer.actorUri)
  await readModerators(context, services, { actor, peer })
  const lists = [textOf(actor.upcomingEvents), textOf(actor.outbox)].filter(
    (uri) => uri !== undefined && originOf(uri) === peer.origin,
  )
  const place = parsePlace(task.cursor)
  let { hasReports } = place
  for (
    let list = place.list;
    list < lists.length || (hasReports && list === lists.length);
    list++
  ) {
    const from = list === place.list ? place.page : undefined
    const isOfReports = list === lists.length
    const uri = from ?? lists[list] ?? lists.at(-1) ?? ''
    await readCollection(services, uri, async (items, next) => {
      await applyPage(context, services, { items, peer, isOfReports }, async (trx, hasMore) => {
        hasReports ||= hasMore
        const at = next ? { list, page: next } : { list: list + 1, page: undefined }
        const cursor = JSON.stringify({ ...at, hasReports })
        await saveTaskCursor(trx, { id: task.id, cursor }, context.now())
      })
    })
  }
  if (context.isDirectory) await readStructures(context, services, peer)
  await readFacilitators(context, services, { actor, peer })
  await markRead(context, peer)
}

const markRead = (context: Context, peer: Peer): Promise<void> =>
  context.db.transaction().execute(async (trx) => {
    await markBackfilled(trx, peer.id, context.now())
    await markPeerSeen(trx, peer.origin, context.now())
  })

type Place = { list: number; page: string | undefined; hasReports: boolean }

function parsePlace(cursor: string | undefined): Place {
  const place: unknown = cursor === undefined ? undefined : JSON.parse(cursor)
  return isObject(place)
    ? {
        list: Number(place.list),
        page: textOf(place.page),
        hasReports: place.hasReports === true,
      }
    : { list: 0, page: undefined, hasReports: false }
}

/** Reads the whole list of upcoming cafés, then the address of each café that we list and the peer no longer does. */
export const reconcile: Work = async (context, services, task) => {
  const peer = await findPeer(context.db, task.subject)
  if (!peer) return
  await planMemberships(context, peer)
  await planFollowerServers(context, peer)
  await readUpcoming(context, services, { task, peer })
}

async function readUpcoming(
  context: Context,
  services: Services,
  { task, peer }: PeerTask,
): Promise<void> {
  const { db } = context
  const actor = await fetchObject(services, peer.actorUri)
  await readModerators(context, services, { actor, peer })
  await saveSeenSoftware(context, services, peer.origin)
  if (context.isDirectory) await readStructures(context, services, peer)
  await readFacilitators(context, services, { actor, peer })
  const upcoming = textOf(actor.upcomingEvents)
  if (!upcoming || originOf(upcoming) !== peer.origin) return
  const listed = new Set<string>()
  // A list longer than a day's budget continues on the next day where it stopped, and from its beginning after its end.
  let at = task.cursor ?? upcoming
  try {
    await readCollection(services, at, async (items, next) => {
      for (const uri of await applyPage(context, services, { items, peer })) listed.add(uri)
      at = next ?? at
    })
  } catch (error) {
    if (error instanceof BudgetSpentError)
      await saveTaskCursor(db, { id: task.id, cursor: at }, context.now())
    throw error
  }
  await saveTaskCursor(db, { id: task.id, cursor: undefined }, context.now())
  const isWhole = task.cursor === undefined
  for (const uri of isWhole ? await listPeerCafesToCome(db, peer.id, context.now()) : [])
    if (!listed.has(uri)) await readCafe(context, services, { uri, peer })
  await markRead(context, peer)
}

/** Number of items of a page that are compacted before they are applied, since a page may hold thousands of them. */
const COMPACTED_AT_ONCE = 20

/**
 * Applies a page's items, a few in each transaction, then does `inTheEnd`, which hears whether there were reports; these
 * are applied in a reading of their own.
 * @returns The ids of its items.
 * @throws BudgetSpentError when the peer has used its number of cafés for the day; the signal's reason as soon as it is
 * aborted. What came before is kept, and `inTheEnd` is left out.
 */
async function applyPage(
  context: Context,
  { signal }: Pick<Services, 'signal'>,
  {
    items,
    peer,
    isOfReports = false,
  }: { items: readonly unknown[]; peer: Peer; isOfReports?: boolean },
  inTheEnd: (trx: Database, hasReports: boolean) => Promise<void> = async () => undefined,
): Promise<string[]> {
  const ids: string[] = []
  let hasReports = false
  for (let from = 0; from < items.length; from += COMPACTED_AT_ONCE) {
    const some = items.slice(from, from + COMPACTED_AT_ONCE)
    const events = await toOwnEvents(some, { peer, signal })
    const asked = events.filter(({ read }) => isReportNote(read) === isOfReports)
    hasReports ||= !isOfReports && asked.length < events.length
    for (let left: readonly Item[] = asked; left.length > 0; ) {
      signal.throwIfAborted()
      left = await applySome(context, peer, left)
    }
    ids.push(...events.map(({ read }) => idOf(read) ?? ''))
  }
  await context.db.transaction().execute((trx) => inTheEnd(trx, hasReports))
  return ids
}

/** Reads one café at its address, because it was announced, or is no longer in the list of its server. */
export const fetchOne: Work = async (context, services, { subject, cursor }) => {
  const own = await services.findTrustedPeer(new URL(subject).origin)
  const peerId = cursor ?? (own ? undefined : (await findCafeByUri(context.db, subject))?.peerId)
  const peer = peerId === undefined ? own : await findPeer(context.db, peerId)
  if (!peer) return
  const isAnotherServers = cursor !== undefined && peer.origin !== originOf(subject)
  await readCafe(context, services, { uri: subject, peer, isAnotherServers })
}

async function readCafe(
  context: Context,
  services: Services,
  {
    uri,
    peer,
    isAnotherServers = false,
  }: {
    uri: string
    peer: Peer
    /** Whether a server other than the café's own announced it, and so chose the time of this reading. */
    isAnotherServers?: boolean
  },
): Promise<void> {
  try {
    const answer = await services.egress.getJson(uri, { sign: services.sign })
    const [event] = await toEvents([answer.json], services.signal)
    // An address speaks only of the object at that address: a Delete found there could name anybody's café.
    if (!event || (event.deleted ?? idOf(event.read)) !== uri) return
    if (originOf(answer.url) !== originOf(uri)) return
    if (event.deleted !== undefined) return await deleteGone(context, uri)
    const outcome = await context.db.transaction().execute(async (trx) => {
      const known = await findCafeByUri(trx, uri)
      if (known) await showFoundCafe(trx, known, context.now())
      // The peer may have left in the meantime.
      return isTracked(await findPeer(trx, peer.id))
        ? applyItem(trx, context, peer, { ...event, isAtItsAddress: true })
        : undefined
    })
    if (outcome === 'too-many') throw new BudgetSpentError('cafes')
  } catch (error) {
    const status = error instanceof EgressError ? error.status : undefined
    if (status === 410) return await deleteGone(context, uri)
    if (status !== 404) throw error
    // A server that announces during the minutes in which the café's server answers 404 for everything could otherwise
    // hide all its cafés.
    if (isAnotherServers) return
    // A café that its server does not find now (404) may be available again later (RFC 9110 §15.5.5).
    await context.db.transaction().execute(async (trx) => {
      const known = await findCafeByUri(trx, uri)
      if (known) await markMissing(trx, known, context.now())
    })
  }
}

/**
 * Deletes a café whose own address says that it is gone, by 410 or a Tombstone. A café that was announced before it
 * existed may still come.
 */
async function deleteGone({ db, config, now }: Context, uri: string): Promise<void> {
  const most = config.shares.deletions
  await db.transaction().execute(async (trx) => {
    if (await findCafeByUri(trx, uri))
      await deleteReceivedCafe(trx, { uri, activity: undefined, now: now(), most })
  })
}

async function toEvents(items: readonly unknown[], signal: AbortSignal): Promise<Item[]> {
  const events: Item[] = []
  for (const item of items) {
    // A page may hold thousands of items, and each takes a millisecond when its context is a foreign one.
    await giveWay()
    signal.throwIfAborted()
    if (!isObject(item)) continue
    const isDelete = isOfType(item, 'Delete')
    if (isDelete || isOfType(item, 'Tombstone')) {
      const uri = isDelete ? idOf(item.object) : idOf(item)
      if (uri && isPlainlySpelled(uri)) events.push({ read: item, written: item, deleted: uri })
      continue
    }
    const carrier = isOfType(item, 'Create') || isOfType(item, 'Update') ? item : undefined
    const [object] = carrier ? toList(carrier.object) : [item]
    if (!isObject(object)) continue
    const context = object['@context'] ?? item['@context']
    const written = { ...(context !== undefined && { '@context': context }), ...object }
    const read = await toOwnTerms(written)
    if (read)
      events.push({
        read,
        written: '@context' in object ? object : written,
        carrier,
        deleted: undefined,
      })
  }
  return events
}

/** Returns the items about cafés of the peer's own server; what a list says about those of others is not valid. */
const toOwnEvents = async (
  items: readonly unknown[],
  { peer, signal }: { peer: Peer; signal: AbortSignal },
): Promise<Item[]> =>
  (await toEvents(items, signal)).filter(
    ({ read, deleted }) => originOf(deleted ?? idOf(read)) === peer.origin,
  )
