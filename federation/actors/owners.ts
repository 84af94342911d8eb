import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { isWholeServer, type Peer } from '../../node/domain/federation/peer.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import { deleteReceivedCafe } from '../../node/store/cafes/received-cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findPeerSpeaking } from '../../node/store/directory/peers.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { originOf } from '../wire/json.ts'
import { actorUri, INSTANCE, isNoteOf } from '../wire/uris.ts'

/**
 * The rules that say whose word counts about an object. The owner decides, not the origin: FEP-fe34 compares origins,
 * which is not enough on a server that hosts many actors. A peer is one actor that joined or is followed. The
 * `instance` of a node or directory of this software answers for every actor of its server; any other actor answers for
 * itself alone, by its own word or by that of an actor which it lists as a moderator (FEP-1b12).
 */

const serverOf = (origin: string): string => actorUri(origin, INSTANCE)

/** Returns whether this peer decides about what the actor `owner` owns. */
export const answersFor = (peer: Peer, owner: string | undefined): boolean =>
  owner !== undefined &&
  (owner === peer.actorUri || (isWholeServer(peer) && originOf(owner) === peer.origin))

/**
 * Returns whether a Note is this peer's without a look at it: only who answers for its whole server owns every Note
 * there.
 */
export const isOwnNote = (peer: Pick<Peer, 'actorUri' | 'origin'>, note: string): boolean =>
  isWholeServer(peer) && isNoteOf(note, peer.origin)

/** Finds the member or followed peer for which this actor speaks; undefined for a stranger. */
export const findSpeaker = (db: Database, uri: string): Promise<Peer | undefined> =>
  findPeerSpeaking(db, { uri, server: serverOf(new URL(uri).origin), alsoLeft: false })

/** Finds the same peer as `findSpeaker`, also among members that left, since their deletions still count. */
export const findDeleter = (db: Database, uri: string): Promise<Peer | undefined> =>
  findPeerSpeaking(db, { uri, server: serverOf(new URL(uri).origin), alsoLeft: true })

/**
 * Deletes a received café because a peer says that it is gone. Of a café that is stored here, only a peer that answers
 * for the stored organizer may say so.
 * @returns Whether the peer was entitled to delete it.
 */
export async function deleteFromPeer(
  trx: Database,
  {
    uri,
    peer,
    activity,
    most,
  }: { uri: string; peer: Peer; activity: string | undefined; most: number },
  now: Temporal.Instant,
): Promise<boolean> {
  const current = await findCafeByUri(trx, uri)
  if (current && !answersFor(peer, current.organizer.uri)) return false
  const ownerUri = isWholeServer(peer) ? undefined : peer.actorUri
  await deleteReceivedCafe(trx, { uri, activity, ownerUri, now, most })
  return true
}

/**
 * Finds a received café of the actor's own server whose organizer no peer of ours answers for: it is here only because
 * somebody else announced it. What the actors of its server say about it makes us read the café again at its address.
 */
export async function findPassedOnCafe(
  db: Database,
  { uri, actorUri }: { uri: string | undefined; actorUri: string },
): Promise<Cafe | undefined> {
  const { origin } = new URL(actorUri)
  if (uri === undefined || originOf(uri) !== origin) return undefined
  const cafe = await findCafeByUri(db, uri)
  return cafe?.peerId && !(await findSpeaker(db, cafe.organizer.uri)) ? cafe : undefined
}

type Claim = {
  peer: Peer
  /** The actor that says so; undefined when the café was read at its own address or in a list of the peer. */
  speaker: string | undefined
  /** Whether it was read at the object's own address, where the object's server speaks. */
  isAtItsAddress?: boolean | undefined
  /** The café as it is stored. */
  current: Pick<Cafe, 'organizer'> | undefined
  uri: string
  /** The actors to which the Event is attributed now, all on its origin. */
  owners: readonly string[]
}

/**
 * Finds who organises the café once this claim is accepted; undefined when the peer may not make it. For a café that is
 * stored here the stored organizer decides, and only that organizer itself can give the café to another.
 */
export async function findOrganizerAfter(
  trx: Database,
  { peer, speaker, isAtItsAddress, current, uri, owners }: Claim,
): Promise<string | undefined> {
  const isItsServer = originOf(uri) === peer.origin
  if (isItsServer && isWholeServer(peer)) return owners[0]
  const stored = current?.organizer.uri
  if (stored !== undefined) {
    if (speaker === stored) return owners[0]
    const mayChange =
      isAtItsAddress ||
      answersFor(peer, stored) ||
      (speaker === undefined && (await passesOnItsServer(trx, peer)))
    return mayChange && owners.includes(stored) ? stored : undefined
  }
  // A café of a third server that a followed peer passes on is that server's word, and was read at its own address.
  if (!isItsServer) return owners[0]
  const own = owners.find((owner) => answersFor(peer, owner))
  if (own !== undefined || speaker !== undefined) return own
  return (await passesOnItsServer(trx, peer)) ? owners[0] : undefined
}

/**
 * Returns whether the peer passes on cafés of other actors of its server: it is the actor of the server as such
 * (Mobilizon's `relay`), or a feed of this software, which announces what `cafes` wrote.
 */
const passesOnItsServer = async (trx: Database, peer: Peer): Promise<boolean> =>
  peer.software === OUR_SOFTWARE ||
  (await findRemoteActor(trx, peer.actorUri))?.type === 'Application'

/** The name of this software in NodeInfo. */
const OUR_SOFTWARE = 'cafe-ia'
