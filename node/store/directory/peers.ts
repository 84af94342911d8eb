import { randomBytes } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Peer } from '../../domain/federation/peer.ts'
import { instantOrUndefined, orNull, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import {
  isTextAmong,
  type ListParameter,
  toListParameter,
  toSubquery,
} from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'
import { retryDeliveries } from '../queues/failed-deliveries.ts'
import { enqueueTask } from '../queues/tasks.ts'
import { PEER } from '../schema/directory.ts'
import { foldWords } from '../search-index/fold-words.ts'
import { isTrackedPeer } from './trusted.ts'

/** Lists all other servers that are known here, whatever they are to us, by host. */
export async function listPeers(db: Database): Promise<Peer[]> {
  const rows = await selectPeers(db).orderBy('host').execute()
  return rows.map(PEER.fromRow)
}

/** What a list of cafés says about the server of each. */
export type CafeSource = Pick<
  Peer,
  'id' | 'host' | 'origin' | 'name' | 'silentSince' | 'hiddenSince'
>

/** Lists the peers with these ids. */
export async function listSources(db: Database, ids: readonly string[]): Promise<CafeSource[]> {
  if (ids.length === 0) return []
  const { rows } = await selectSources(db, { ids: toListParameter(db, ids) })
  return rows.map(({ silent_since, hidden_since, ...row }) => ({
    ...row,
    silentSince: instantOrUndefined(silent_since),
    hiddenSince: instantOrUndefined(hidden_since),
  }))
}

const selectSources = prepare((db, { ids }: { ids: ListParameter }) =>
  db
    .selectFrom('peer')
    .select(['id', 'host', 'origin', 'name', 'silent_since', 'hidden_since'])
    .where(isTextAmong(db, sql.ref('peer.id'), ids)),
)

/** Finds a peer by its id; undefined where it was deleted. */
export async function findPeer(db: Database, id: string): Promise<Peer | undefined> {
  const [row] = (await selectPeer(db, { id })).rows
  return row && PEER.fromRow(row)
}

const selectPeer = prepare((db, { id }: { id: string }) =>
  selectPeers(db).where('peer.id', '=', id),
)

/** Finds a peer by the address of its `instance` actor; undefined for that of any other actor of its server. */
export async function findPeerByActor(db: Database, actorUri: string): Promise<Peer | undefined> {
  const row = await selectPeers(db).where('actor_uri', '=', actorUri).executeTakeFirst()
  return row && PEER.fromRow(row)
}

/**
 * Finds a member, or an actor that we follow and that accepted, on this server, so that it can be asked. Whose word
 * counts is decided by `findPeerSpeaking`, since one origin may host many actors.
 */
export const findTrustedPeer = (db: Database, origin: string): Promise<Peer | undefined> =>
  findTrusted(db, { host: new URL(origin).host, origin })

/** Finds the same by its `host[:port]`, with either scheme. */
export const findTrustedPeerAt = (db: Database, host: string): Promise<Peer | undefined> =>
  findTrusted(db, { host })

async function findTrusted(
  db: Database,
  { host, origin }: { host: string; origin?: string },
): Promise<Peer | undefined> {
  const { rows } =
    origin === undefined
      ? await selectTrustedAt(db, { host })
      : await selectTrusted(db, { host, origin })
  return rows[0] && PEER.fromRow(rows[0])
}

/** Members come first. */
const trustedAt = (db: Database, host: string) =>
  db
    .selectFrom('peer')
    .selectAll()
    // `host` has an index.
    .where('host', '=', toSubquery(host))
    .where(isTrackedPeer)
    .orderBy((eb) => eb.case().when('membership', '=', 'member').then(0).else(1).end())
    .orderBy('actor_uri')
    .limit(1)
const selectTrustedAt = prepare((db, { host }: { host: string }) => trustedAt(db, host))
const selectTrusted = prepare((db, { host, origin }: { host: string; origin: string }) =>
  trustedAt(db, host).where('origin', '=', toSubquery(origin)),
)

/**
 * Finds the peer for which this actor speaks: that actor itself, the one that answers for its whole server, or one that
 * lists it as a moderator.
 *
 * @param server - The actor that would answer for the whole server, where one does.
 * @param alsoLeft - Whether to include members that left, since their deletions still count.
 */
export async function findPeerSpeaking(
  db: Database,
  { uri, server, alsoLeft }: { uri: string; server: string; alsoLeft: boolean },
): Promise<Peer | undefined> {
  const select = alsoLeft ? selectSpeakingOrLeft : selectSpeaking
  const [row] = (await select(db, { uri, server })).rows
  return row && PEER.fromRow(row)
}

const speaking = (alsoLeft: boolean) =>
  prepare((db, { uri, server }: { uri: string; server: string }) => {
    const moderated = db.selectFrom('moderator').select('peer_id').where('actor_uri', '=', uri)
    return selectPeers(db)
      .where((eb) => eb.or([eb('actor_uri', 'in', [uri, server]), eb('id', 'in', moderated)]))
      .where((eb) =>
        alsoLeft ? eb.or([isTrackedPeer, eb('membership', '=', 'left')]) : isTrackedPeer,
      )
      .orderBy((eb) =>
        eb
          .case()
          .when('membership', '=', 'member')
          .then(0)
          .when('actor_uri', '=', uri)
          .then(1)
          .else(2)
          .end(),
      )
      .orderBy('actor_uri')
  })
const selectSpeaking = speaking(false)
const selectSpeakingOrLeft = speaking(true)

export type PeerIdentity = {
  actorUri: string
  name: string
  software?: string | undefined
}

/** Inserts the peer, or renames the known one, whose membership is left as it was. */
export async function upsertPeer(db: Database, identity: PeerIdentity): Promise<Peer> {
  const { origin, host } = new URL(identity.actorUri)
  await db
    .insertInto('peer')
    .values({
      // Every café repeats it three times, so it is shorter than a UUID.
      id: randomBytes(8).toString('hex'),
      host,
      origin,
      actor_uri: identity.actorUri,
      ...renamed({ name: identity.name, host }),
      software: orNull(identity.software),
      membership: 'none',
      following: 'none',
      invitation: null,
      request_id: null,
      requested_at: null,
      admitted_at: null,
      left_at: null,
      last_seen_at: null,
      failing_since: null,
      last_error: null,
      backfilled_at: null,
      reconciled_at: null,
    })
    .onConflict((oc) => oc.column('actor_uri').doUpdateSet(renamed({ name: identity.name, host })))
    .execute()
  const peer = await findPeerByActor(db, identity.actorUri)
  if (!peer) throw new Error(`peer ${identity.actorUri} vanished`)
  return peer
}

/** Returns the columns of a name, which lists of sites look through and are sorted by. */
const renamed = ({ name, host }: { name: string; host: string }) => ({
  name,
  search_text: foldWords(`${name} ${host}`),
})

/** Finds or inserts the peer of this actor, named by its host until it says its name; a known one is left as it was. */
export const ensurePeer = async (db: Database, actorUri: string): Promise<Peer> =>
  (await findPeerByActor(db, actorUri)) ??
  (await upsertPeer(db, { actorUri, name: new URL(actorUri).host }))

/** Does the same as `markPeersSeen` for one origin. */
export const markPeerSeen = (db: Database, origin: string, now: Temporal.Instant): Promise<void> =>
  markPeersSeen(db, [origin], now)

/**
 * Notes that a verified message or an answer came from these origins: the peer is reachable, and the same statement
 * shows it again. One that was away for long is read as a whole at once, so that nothing of that time is lost.
 */
export async function markPeersSeen(
  db: Database,
  origins: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  if (origins.length === 0) return
  const hosts = [...new Set(origins.map((origin) => new URL(origin).host))]
  const at = {
    hosts: toListParameter(db, hosts),
    origins: toListParameter(db, origins),
  }
  await planReturns(db, at, now)
  await updateSeen(db, { ...at, seenAt: toInstantText(now) })
}

type AtOrigins = { hosts: ListParameter; origins: ListParameter }

/** Returns the condition that a peer's origin is one of these; it goes by `host`, which has an index. */
const isAtOneOf = (db: Database, { hosts, origins }: AtOrigins): RawBuilder<boolean> =>
  sql<boolean>`(${isTextAmong(db, sql.ref('host'), hosts)} and ${isTextAmong(db, sql.ref('origin'), origins)})`

const updateSeen = prepare((db, { seenAt, ...at }: AtOrigins & { seenAt: string }) =>
  db
    .updateTable('peer')
    .set({
      last_seen_at: seenAt,
      failing_since: null,
      last_error: null,
      silent_since: null,
      hidden_since: null,
    })
    .where(isAtOneOf(db, at)),
)

/** A shorter absence needs no reading, since the sender repeats what it missed. */
const AWAY_HOURS = 1

async function planReturns(db: Database, at: AtOrigins, now: Temporal.Instant): Promise<void> {
  const since = toInstantText(now.subtract({ hours: AWAY_HOURS }))
  const away = (await selectAway(db, { ...at, since })).rows
  for (const { id } of away) await enqueueTask(db, { kind: 'reconcile', subject: id }, now)
  // Deliveries that were given up meanwhile are tried again, since nothing else tells the peer what changed here.
  for (const host of new Set(away.map((peer) => peer.host))) await retryDeliveries(db, host, now)
}

const selectAway = prepare((db, { since, ...at }: AtOrigins & { since: string }) =>
  db
    .selectFrom('peer')
    .select(['id', 'host'])
    .where(isAtOneOf(db, at))
    .where('failing_since', '<=', since)
    .where(isTrackedPeer),
)

/**
 * Notes that a peer did not answer; since when it fails stays as it was. At most 300 characters of the error are
 * stored. `markPeerSeen` ends it.
 */
export async function markPeerFailing(
  db: Database,
  { origin, error }: { origin: string; error: string },
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('peer')
    .set((eb) => ({
      failing_since: eb.fn.coalesce('failing_since', eb.val(toInstantText(now))),
      last_error: error.slice(0, 300),
    }))
    // `host` has an index.
    .where('host', '=', new URL(origin).host)
    .where('origin', '=', origin)
    .execute()
}

/**
 * Notes that a peer was read as a whole. That counts as a reconciliation too; the instant of the first backfill stays.
 */
export async function markBackfilled(
  db: Database,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(now)
  await db
    .updateTable('peer')
    .set((eb) => ({
      backfilled_at: eb.fn.coalesce('backfilled_at', eb.val(at)),
      reconciled_at: at,
    }))
    .where('id', '=', id)
    .execute()
}

/**
 * Lists peers that left before this time. Their past cafés are kept and the upcoming ones hidden at once; all are
 * deleted after 30 days.
 */
export async function listPeersLeftBefore(db: Database, before: Temporal.Instant): Promise<Peer[]> {
  const rows = await selectPeers(db)
    .where('membership', '=', 'left')
    .where('following', '<>', 'accepted')
    .where('left_at', '<', toInstantText(before))
    .execute()
  return rows.map(PEER.fromRow)
}

/** Deletes what sites had written with requests that were refused before this time. */
export async function eraseRefusedRequests(db: Database, before: Temporal.Instant): Promise<void> {
  await db
    .updateTable('peer')
    .set({ invitation: null })
    .where('membership', '=', 'refused')
    .where('left_at', '<', toInstantText(before))
    .execute()
}

/** Selects peers with all their columns, for `toPeer`. */
export const selectPeers = (db: Database) => db.selectFrom('peer').selectAll('peer')

/** Converts a row with all columns of `peer`. */
export const toPeer = PEER.fromRow
/** Renames a peer as its actor calls itself now; an actor that is no peer is left alone. */
export async function renamePeer(db: Database, actorUri: string, name: string): Promise<void> {
  const { host } = new URL(actorUri)
  await db
    .updateTable('peer')
    .set(renamed({ name, host }))
    .where('actor_uri', '=', actorUri)
    .execute()
}
