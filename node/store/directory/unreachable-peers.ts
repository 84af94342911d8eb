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

/** Since when we were cut off; empty while we are not. */
const CUT_OFF = 'cut-off-since'

/** Each server whose word about cafés counts, once, however many of its actors we hear. */
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
 * Marks who has been silent for three days and hides what those of thirty days have to come; nobody while most fail at
 * once, for then it is we who do not reach the network. Signs of life take marks away by themselves (`markPeerSeen`).
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

/** Undefined while we are not cut off from the network. */
export async function findCutOffSince(db: Database): Promise<Temporal.Instant | undefined> {
  const text = await findSetting(db, CUT_OFF)
  return text ? fromInstantText(text) : undefined
}

const saveCutOff = (trx: Database, since: Temporal.Instant | undefined): Promise<void> =>
  saveSetting(trx, CUT_OFF, since ? toInstantText(since) : '')

/** Who still fails after our own absence gets as much time as before it. */
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

/** Whoever answered in the meantime is left alone. */
const updateFailing = (trx: Database, origin: string) =>
  trx
    .updateTable('peer')
    .where('host', '=', new URL(origin).host)
    .where('origin', '=', origin)
    .where('failing_since', 'is not', null)

/** What the actor's document was known by at the last visit (RFC 9110 §8.8.3). */
export async function findActorEtag(db: Database, peerId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('peer')
    .select('actor_etag')
    .where('id', '=', peerId)
    .executeTakeFirst()
  return row?.actor_etag ?? undefined
}

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
