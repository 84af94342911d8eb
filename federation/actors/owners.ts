import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { isWholeServer, type Peer } from '../../node/domain/federation/peer.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import { deleteReceivedCafe } from '../../node/store/cafes/received-cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findPeerSpeaking } from '../../node/store/directory/peers.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { originOf } from '../wire/json.ts'
import { actorUri, INSTANCE } from '../wire/uris.ts'

/**
 * Whose word counts, and about what: the owner, not the origin (FEP-fe34 compares origins, which is not enough on a server
 * that hosts many actors). A peer is one actor that joined or is followed. The `instance` of a node or directory of this
 * software answers for every actor of its server; any other actor for itself alone, by its own word or that of an actor
 * which it lists as a moderator (FEP-1b12).
 */

const serverOf = (origin: string): string => actorUri(origin, INSTANCE)

/** Whether this peer decides about what the actor `owner` owns. */
export const answersFor = (peer: Peer, owner: string | undefined): boolean =>
  owner !== undefined &&
  (owner === peer.actorUri || (isWholeServer(peer) && originOf(owner) === peer.origin))

/** The member or followed peer for which this actor speaks; undefined for a stranger. */
export const findSpeaker = (db: Database, uri: string): Promise<Peer | undefined> =>
  findPeerSpeaking(db, { uri, server: serverOf(new URL(uri).origin), alsoLeft: false })

/** The same, with members that left: their deletions still count. */
export const findDeleter = (db: Database, uri: string): Promise<Peer | undefined> =>
  findPeerSpeaking(db, { uri, server: serverOf(new URL(uri).origin), alsoLeft: true })

/**
 * A café is gone, in the words of a peer. Of one that is known the stored organizer decides.
 * @returns Whether it was for this peer to say.
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
 * A café of an actor's own server that is here only because somebody else announced it: nobody is heard who answers for its
 * organizer, and what its actors say of the café has us look at the café's address.
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
  /** The actor that says so; undefined when it was read, at the object's own address or in the list of the peer. */
  speaker: string | undefined
  /** It was read at the object's own address, where the object's server speaks. */
  isAtItsAddress?: boolean | undefined
  /** The café as it is stored. */
  current: Pick<Cafe, 'organizer'> | undefined
  uri: string
  /** To whom the Event is attributed now, all on its origin. */
  owners: readonly string[]
}

/**
 * Who organises the café once this has been heard; undefined when it is not for this peer to say. Of a café that is known
 * the stored organizer decides, and only that organizer itself can give it away.
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
  // What a friend passes on from elsewhere is that server's word, read at its own address.
  if (!isItsServer) return owners[0]
  const own = owners.find((owner) => answersFor(peer, owner))
  if (own !== undefined || speaker !== undefined) return own
  return (await passesOnItsServer(trx, peer)) ? owners[0] : undefined
}

/** The actor of a server as such (Mobilizon's `relay`), or a feed of this software, which announces what `cafes` wrote. */
const passesOnItsServer = async (trx: Database, peer: Peer): Promise<boolean> =>
  peer.software === OUR_SOFTWARE ||
  (await findRemoteActor(trx, peer.actorUri))?.type === 'Application'

/** The name of this software in NodeInfo. */
const OUR_SOFTWARE = 'cafe-ia'
