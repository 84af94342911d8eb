import {
  findCutOff,
  type TrackedServer,
  unreachableNoticeOf,
  withoutCutOff,
} from '../../domain/federation/reachability.ts'
import { fromInstantText, instantOrUndefined, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'
import { isTrackedPeer } from './trusted.ts'

/** The setting with the time since which we are cut off; empty while we are not. */
const CUT_OFF = 'cut-off-since'

/** Lists each server whose word about cafés counts, once, however many of its actors we hear. */
export async function listTrackedServers(db: Database): Promise<TrackedServer[]> {
  const rows = await db
    .selectFrom('peer')
    .select((eb) => [
      'origin',
      eb.fn.max('last_seen_at').as('last_seen_at'),
      eb.fn.min('failing_since').as('failing_since'),
      eb.fn.max('visited_at').as('visited_at'),
      eb.fn.min('silent_since').as('silent_since'),
      eb.fn.min('hidden_since').as('hidden_since'),
    ])
    .where(isTrackedPeer)
    .groupBy('origin')
    .orderBy('origin')
    .execute()
  return rows.map((row) => ({
    origin: row.origin,
    lastSeenAt: instantOrUndefined(row.last_seen_at),
    failingSince: instantOrUndefined(row.failing_since),
    visitedAt: instantOrUndefined(row.visited_at),
    silentSince: instantOrUndefined(row.silent_since),
    hiddenSince: instantOrUndefined(row.hidden_since),
  }))
}

/**
 * Marks servers that have been silent for three days, and hides the upcoming cafés of those silent for thirty. Nobody
 * is marked while most fail at once, since then we do not reach the network ourselves. Any message or answer removes
 * the marks (`markPeerSeen`).
 */
export async function updateReachability(db: OpenDatabase, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (trx) => {
    const servers = await listTrackedServers(trx)
    const before = await findCutOffSince(trx)
    const cutOff = findCutOff(servers)
    if (cutOff) return before ? undefined : saveCutOff(trx, cutOff)
    if (before) {
      await saveCutOff(trx, undefined)
      return resetReachability(trx, servers, { from: before, until: now })
    }
    for (const server of servers) await mark(trx, server, now)
  })
}

/** Finds since when we are cut off from the network; undefined while we are not. */
export async function findCutOffSince(db: Database): Promise<Temporal.Instant | undefined> {
  const text = await findSetting(db, CUT_OFF)
  return text ? fromInstantText(text) : undefined
}

const saveCutOff = (trx: Database, since: Temporal.Instant | undefined): Promise<void> =>
  saveSetting(trx, CUT_OFF, since ? toInstantText(since) : '')

/** Gives servers that still fail after our own absence as much time as they had before it. */
async function resetReachability(
  trx: Database,
  servers: readonly TrackedServer[],
  cutOff: { from: Temporal.Instant; until: Temporal.Instant },
): Promise<void> {
  for (const { origin, failingSince } of servers) {
    if (!failingSince) continue
    const failing_since = toInstantText(withoutCutOff(failingSince, cutOff))
    await updateFailing(trx, origin).set({ failing_since }).execute()
  }
}

async function mark(trx: Database, server: TrackedServer, now: Temporal.Instant): Promise<void> {
  const { origin, silentSince, hiddenSince } = server
  const { isMarked, isHidden } = unreachableNoticeOf(server, now)
  if (isMarked && !silentSince)
    await updateFailing(trx, origin)
      .set((eb) => ({ silent_since: eb.ref('failing_since') }))
      .execute()
  if (isHidden && !hiddenSince)
    await updateFailing(trx, origin)
      .set({ hidden_since: toInstantText(now) })
      .execute()
}

/** Updates a server that still fails; one that answered in the meantime is left alone. */
const updateFailing = (trx: Database, origin: string) =>
  trx
    .updateTable('peer')
    .where('host', '=', new URL(origin).host)
    .where('origin', '=', origin)
    .where('failing_since', 'is not', null)

/** Finds the ETag of the actor's document at the last visit (RFC 9110 §8.8.3). */
export async function findActorEtag(db: Database, peerId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('peer')
    .select('actor_etag')
    .where('id', '=', peerId)
    .executeTakeFirst()
  return row?.actor_etag ?? undefined
}

/**
 * Stores the validator (RFC 9110, §8.8.3) of the peer's actor document for the next visit; undefined where the server
 * sends none.
 */
export async function saveActorEtag(
  db: Database,
  { peerId, etag }: { peerId: string; etag: string | undefined },
): Promise<void> {
  await db
    .updateTable('peer')
    .set({ actor_etag: etag ?? null })
    .where('id', '=', peerId)
    .execute()
}

/** Notes that the peer of this origin was visited, whether it answered or not. */
export async function saveVisit(
  db: Database,
  origin: string,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('peer')
    .set({ visited_at: toInstantText(now) })
    .where('host', '=', new URL(origin).host)
    .where('origin', '=', origin)
    .execute()
}
