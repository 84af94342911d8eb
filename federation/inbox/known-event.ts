import { type Cafe, isWithheld } from '../../node/domain/cafes/cafe.ts'
import { isWholeServer, type Peer } from '../../node/domain/federation/peer.ts'
import { findCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findAnnouncedPicture } from '../../node/store/files/cafe-pictures.ts'
import { isPublic } from '../wire/addressing.ts'
import { isObject, type Json, originOf } from '../wire/json.ts'
import { readInstant, readPicture } from '../wire/read-event.ts'

/** What is said of a café; the names mean what they mean in `EventToApply`. */
type ReceivedEvent = {
  event: Json
  peer: Peer
  carrier?: Json | undefined
  readActivity: unknown
}

/**
 * Returns whether a list of the café's own server holds the very text of the Event that is stored here, so that reading
 * it again would change nothing. An outbox repeats most of the list of upcoming cafés.
 *
 * @param body - The text of the Event as it would be stored.
 */
export async function isKnownEvent(
  trx: Database,
  { event, peer, carrier, readActivity }: ReceivedEvent,
  { current, body }: { current: Cafe; body: string },
): Promise<boolean> {
  const isOfItsServer =
    isWholeServer(peer) && current.peerId === peer.id && originOf(current.uri) === peer.origin
  const updatedAt = readInstant(event.updated) ?? readInstant(event.published)
  return (
    readActivity === undefined &&
    isOfItsServer &&
    updatedAt?.equals(current.updatedAt) === true &&
    isPublic(event, carrier) &&
    (await findCafeDocument(trx, current.uri)) === body &&
    (await isPictureCopied(trx, event, current))
  )
}

/**
 * Returns the time of a revision. An Event that has neither `updated` nor `published` is as old as the stored revision
 * while it says the same, and is otherwise of now: without this, each nightly reading would be a change to announce. A
 * café that its server has withheld until now is judged anew.
 *
 * @param written - The Event as it was written. Its context may differ with where it is read, and is not compared.
 */
export async function findRevisionTime(
  trx: Database,
  { event, written }: { event: Json; written: unknown },
  { current, readAt }: { current: Cafe | undefined; readAt: Temporal.Instant },
): Promise<Temporal.Instant> {
  const isDated = readInstant(event.updated) ?? readInstant(event.published)
  if (!current || isDated || isWithheld(current)) return readAt
  const stored = await findCafeDocument(trx, current.uri)
  const isSame =
    stored !== undefined && withoutContext(JSON.parse(stored)) === withoutContext(written)
  return isSame ? current.updatedAt : readAt
}

const withoutContext = (document: unknown): string =>
  JSON.stringify(isObject(document) ? { ...document, '@context': undefined } : document)

/** A copy that was not made is asked for again, each time that the café is read. */
async function isPictureCopied(trx: Database, event: Json, { id, uri }: Cafe): Promise<boolean> {
  const announced = readPicture(event, uri)
  const known = await findAnnouncedPicture(trx, id)
  if (!known || !announced) return known === undefined && announced === undefined
  return known.isCopied && known.address === announced.address && known.alt === announced.alt
}
