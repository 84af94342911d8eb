import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { isWholeServer, type Peer } from '../../node/domain/federation/peer.ts'
import { findCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findAnnouncedPicture } from '../../node/store/files/cafe-pictures.ts'
import { isPublic } from '../wire/addressing.ts'
import { type Json, originOf } from '../wire/json.ts'
import { readInstant, readPicture } from '../wire/read-event.ts'

/** What is said of a café; the names mean what they mean in `EventToApply`. */
type Said = {
  event: Json
  peer: Peer
  carrier?: Json | undefined
  activity: string | undefined
}

/**
 * Returns whether a list of the café's own server holds the very text of the Event that is stored here, so that reading
 * it again would change nothing. An outbox repeats most of the list of upcoming cafés.
 *
 * @param body - The text of the Event as it would be stored.
 */
export async function isKnownEvent(
  trx: Database,
  { event, peer, carrier, activity }: Said,
  { current, body }: { current: Cafe; body: string },
): Promise<boolean> {
  const isOfItsServer =
    isWholeServer(peer) && current.peerId === peer.id && originOf(current.uri) === peer.origin
  const updatedAt = readInstant(event.updated) ?? readInstant(event.published)
  return (
    activity === undefined &&
    isOfItsServer &&
    updatedAt?.equals(current.updatedAt) === true &&
    isPublic(event, carrier) &&
    (await findCafeDocument(trx, current.uri)) === body &&
    (await isPictureCopied(trx, event, current))
  )
}

/** A copy that was not made is asked for again, each time that the café is read. */
async function isPictureCopied(trx: Database, event: Json, { id, uri }: Cafe): Promise<boolean> {
  const said = readPicture(event, uri)
  const known = await findAnnouncedPicture(trx, id)
  if (!known || !said) return known === undefined && said === undefined
  return known.isCopied && known.address === said.address && known.alt === said.alt
}
