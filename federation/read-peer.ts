import type { Context } from '../node/context.ts'
import type { Peer } from '../node/domain/peer.ts'
import { isBlocked } from '../node/store/blocks.ts'
import type { Database } from '../node/store/database.ts'
import { listPeerCafesToCome } from '../node/store/peer-cafes.ts'
import { findPeer, markBackfilled, markPeerSeen } from '../node/store/peers.ts'
import { forgetCafe } from '../node/store/received-cafes.ts'
import {
  deleteTask,
  leaseTask,
  postponeTask,
  saveTaskCursor,
  type Task,
} from '../node/store/tasks.ts'
import { EgressError } from './egress.ts'
import type { Services } from './federation.ts'
import { applyEvent } from './inbox-events.ts'
import { idOf, isObject, type Json, originOf, textOf, toList } from './json.ts'
import { toOwnTerms } from './jsonld.ts'
import { fetchObject, readCollection } from './read-collection.ts'
import { planMemberships, readMemberships } from './read-memberships.ts'
import { checkPerson, copyPicture, readPeople } from './read-people.ts'
import { readStructures } from './read-structures.ts'
import { noteSoftware, visit } from './visit.ts'

/** Reading other servers: what they had before we met, and once a day whether we still agree. */

const MAX_ATTEMPTS = 40

/** A server that never answers holds up one of these for ten seconds, not everybody who comes after it. */
const AT_ONCE = 8

/** Works through the tasks that are due, several at once but one per server; resolves when none is left. */
export async function readPeers(context: Context, services: Services): Promise<void> {
  const underWay = new Map<Promise<void>, string>()
  while (!services.signal.aborted) {
    const isFull = underWay.size >= AT_ONCE
    const busy = [...underWay.values()]
    const task = isFull ? undefined : await leaseTask(context.db, { now: context.now(), busy })
    if (task) {
      const work: Promise<void> = workOn(context, services, task)
        .catch((error) => services.logger.error('task {id} failed: {error}', { ...task, error }))
        .finally(() => underWay.delete(work))
      underWay.set(work, originOf(task.subject) ?? task.subject)
    } else if (underWay.size > 0) await Promise.race([...underWay.keys(), services.woken()])
    else return
  }
  await Promise.allSettled(underWay.keys())
}

async function workOn(context: Context, services: Services, task: Task): Promise<void> {
  try {
    if (!(await isOfBlocked(context, task))) await WORK[task.kind](context, services, task)
    await deleteTask(context.db, task.id)
  } catch (error) {
    if (services.signal.aborted) return
    const message = error instanceof Error ? error.message : String(error)
    services.logger.info('{kind} of {subject} failed: {message}', { ...task, message })
    if (task.attempts >= MAX_ATTEMPTS || isFinal(error)) return deleteTask(context.db, task.id)
    const seconds = Math.min(4 * 3600, 10 * 3 ** task.attempts)
    await postponeTask(context.db, {
      id: task.id,
      error: message,
      until: context.now().add({ seconds }),
    })
  }
}

/** A server that is blocked is not asked either, whoever told us to. */
async function isOfBlocked({ db }: Context, { kind, subject }: Task): Promise<boolean> {
  const isPeer = kind === 'backfill' || kind === 'reconcile'
  const address = isPeer ? (await findPeer(db, subject))?.origin : subject
  return address !== undefined && isBlocked(db, new URL(address).host)
}

const isFinal = (error: unknown): boolean =>
  error instanceof EgressError &&
  (['blocked_address', 'scheme'].includes(error.code) || [404, 410].includes(error.status ?? 0))

type Work = (context: Context, services: Services, task: Task) => Promise<void>

/** All that is to come, then the outbox for what is over or gone; goes on after a restart where it stood. */
const backfill: Work = async (context, services, task) => {
  const peer = await findPeer(context.db, task.subject)
  if (!peer) return
  const actor = await fetchObject(services, peer.actorUri)
  const lists = [textOf(actor.upcomingEvents), textOf(actor.outbox)].filter(
    (uri) => uri !== undefined && originOf(uri) === peer.origin,
  )
  const place = parsePlace(task.cursor)
  for (let list = place.list; list < lists.length; list++) {
    const from = list === place.list ? place.page : undefined
    await readCollection(services, from ?? lists[list] ?? '', async (items, next) => {
      const events = await toOwnEvents(items, peer)
      await context.db.transaction().execute(async (trx) => {
        for (const event of events) await applyItem(trx, context, peer, event)
        const cursor = next ? { list, page: next } : { list: list + 1, page: undefined }
        await saveTaskCursor(trx, { id: task.id, cursor: JSON.stringify(cursor) }, context.now())
      })
    })
  }
  if (context.isDirectory) await readStructures(context, services, peer)
  await readPeople(context, services, { actor, peer })
  await context.db.transaction().execute(async (trx) => {
    await markBackfilled(trx, peer.id, context.now())
    await markPeerSeen(trx, peer.origin, context.now())
  })
}

type Place = { list: number; page: string | undefined }

function parsePlace(cursor: string | undefined): Place {
  if (cursor === undefined) return { list: 0, page: undefined }
  const place: unknown = JSON.parse(cursor)
  return isObject(place)
    ? { list: Number(place.list), page: textOf(place.page) }
    : { list: 0, page: undefined }
}

/** Reads what is to come whole, then asks about each café that we list and they no longer do. */
const reconcile: Work = async (context, services, task) => {
  const peer = await findPeer(context.db, task.subject)
  if (!peer) return
  const actor = await fetchObject(services, peer.actorUri)
  await noteSoftware(context, services, peer.origin)
  await planMemberships(context, peer)
  if (context.isDirectory) await readStructures(context, services, peer)
  await readPeople(context, services, { actor, peer })
  const upcoming = textOf(actor.upcomingEvents)
  if (!upcoming || originOf(upcoming) !== peer.origin) return
  const listed = new Set<string>()
  await readCollection(services, upcoming, async (items) => {
    const events = await toOwnEvents(items, peer)
    for (const { read } of events) listed.add(idOf(read) ?? '')
    await context.db.transaction().execute(async (trx) => {
      for (const event of events) await applyItem(trx, context, peer, event)
    })
  })
  for (const uri of await listPeerCafesToCome(context.db, peer.id, context.now()))
    if (!listed.has(uri)) await readCafe(context, services, { uri, peer })
  await context.db.transaction().execute(async (trx) => {
    await markBackfilled(trx, peer.id, context.now())
    await markPeerSeen(trx, peer.origin, context.now())
  })
}

/** One café by its address: announced to us, or no longer listed where it was. */
const fetchOne: Work = async (context, services, { subject, cursor }) => {
  const origin = new URL(subject).origin
  const peer = cursor ? await findPeer(context.db, cursor) : await services.findTrustedPeer(origin)
  if (peer) await readCafe(context, services, { uri: subject, peer })
}

async function readCafe(
  context: Context,
  services: Services,
  { uri, peer }: { uri: string; peer: Peer },
): Promise<void> {
  try {
    const answer = await services.egress.getJson(uri, { sign: services.sign })
    const [event] = await toEvents([answer.json])
    if (!event || idOf(event.read) !== uri || originOf(answer.url) !== originOf(uri)) return
    await context.db
      .transaction()
      .execute((trx) => applyItem(trx, context, peer, event).then(() => undefined))
  } catch (error) {
    const gone = error instanceof EgressError && [404, 410].includes(error.status ?? 0)
    if (!gone) throw error
    await context.db
      .transaction()
      .execute((trx) => forgetCafe(trx, { uri, activity: undefined, now: context.now() }))
  }
}

const WORK: Record<Task['kind'], Work> = {
  backfill,
  reconcile,
  memberships: readMemberships,
  fetch: fetchOne,
  visit,
  person: checkPerson,
  picture: copyPicture,
}

/** An item of a collection: an Event or what was done to one; both as written and in our terms. */
type Item = { read: Json; written: Json; deleted: string | undefined }

async function toEvents(items: readonly unknown[]): Promise<Item[]> {
  const events: Item[] = []
  for (const item of items) {
    if (!isObject(item)) continue
    const type = textOf(item.type)
    if (type === 'Delete' || type === 'Tombstone') {
      const uri = type === 'Delete' ? idOf(item.object) : idOf(item)
      if (uri) events.push({ read: item, written: item, deleted: uri })
      continue
    }
    const [object] = type === 'Create' || type === 'Update' ? toList(item.object) : [item]
    if (!isObject(object)) continue
    const context = object['@context'] ?? item['@context']
    const written = { '@context': context, ...object }
    const read = await toOwnTerms(written)
    if (read)
      events.push({ read, written: '@context' in object ? object : written, deleted: undefined })
  }
  return events
}

/** A list is its owner's word: what it says of another server's cafés is dropped. */
const toOwnEvents = async (items: readonly unknown[], peer: Peer): Promise<Item[]> =>
  (await toEvents(items)).filter(
    ({ read, deleted }) => originOf(deleted ?? idOf(read)) === peer.origin,
  )

async function applyItem(
  trx: Database,
  context: Context,
  peer: Peer,
  { read, written, deleted }: Item,
): Promise<void> {
  if (deleted !== undefined) {
    await forgetCafe(trx, { uri: deleted, activity: undefined, now: context.now() })
    return
  }
  await applyEvent(trx, context, { event: read, written, peer, activity: undefined })
}
