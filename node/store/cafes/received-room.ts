import type { Database } from '../database/database.ts'
import { writeGathered } from '../database/gathered-rows.ts'
import { countCafePictureBytes } from '../files/cafe-pictures.ts'
import { addToShare, findShare } from '../queues/shares.ts'
import { findCafeDocument, measureCafe } from './cafe-documents.ts'

const MEGABYTE = 1024 * 1024
/** A plain Event has 12,000 bytes: a text of a known café up to this size is stored even without room. */
const ALWAYS_STORED = 16 * 1024

/**
 * Returns whether the text of a café may be stored: the domain to which it is charged has room, or it is short, or it
 * is no larger than what is stored of this café already. A cancellation may be larger by the text of its reason.
 *
 * @param host - The host of the peer through which the café is received, which is charged for it.
 * @param max - In mebibytes.
 * @param waiting - The most bytes that the domain's cafés take that wait to be written (`gatherRows`).
 */
export async function hasRoomForCafe(
  trx: Database,
  {
    uri,
    host,
    body,
    isCancelling,
    max,
    waiting = 0,
  }: {
    uri: string
    host: string
    body: string
    isCancelling: boolean
    max: number
    waiting?: number
  },
): Promise<boolean> {
  const share = await findShare(trx, 'bytes', host)
  if (share + waiting < max * MEGABYTE) return true
  if (waiting > 0) {
    await writeGathered(trx)
    return hasRoomForCafe(trx, { uri, host, body, isCancelling, max, waiting: 0 })
  }
  const known = await findCafeDocument(trx, uri)
  if (known === undefined) return false
  const bytes = Buffer.byteLength(body)
  const more = isCancelling ? ALWAYS_STORED : 0
  return bytes <= ALWAYS_STORED || bytes <= Buffer.byteLength(known) + more
}

/** Returns whether a domain has used less than `max` mebibytes. */
export const hasRoom = async (
  db: Database,
  { host, max }: { host: string; max: number },
): Promise<boolean> => (await findShare(db, 'bytes', host)) < max * MEGABYTE

/** The maximum number of bytes of all copies of pictures together. */
const PICTURES_MAX = 1024 * MEGABYTE
/** The share of a domain's room that its pictures may take, so that its texts are never refused because of them. */
const PICTURES_SHARE = 0.5

/**
 * Returns whether one more picture may be copied: its domain has used at most half of its room, and all copies take at
 * most 1 GiB.
 */
export async function hasRoomForPicture(
  db: Database,
  { host, max }: { host: string; max: number },
): Promise<boolean> {
  return (
    (await hasRoom(db, { host, max: max * PICTURES_SHARE })) &&
    (await countCafePictureBytes(db)) < PICTURES_MAX
  )
}

/**
 * Does something to a café of another server, and charges the difference in size to the peer through which it is
 * received.
 */
export async function chargeBytesAround(
  trx: Database,
  uri: string,
  work: () => Promise<void>,
): Promise<void> {
  const before = await measureCafe(trx, uri)
  await work()
  const after = await measureCafe(trx, uri)
  const sameHost = before?.host === after?.host
  if (before && after && sameHost) await addBytes(trx, after.host, after.bytes - before.bytes)
  else {
    if (before) await addBytes(trx, before.host, -before.bytes)
    if (after) await addBytes(trx, after.host, after.bytes)
  }
}

/** Charges bytes to the domain of a host, or gives them back where the number is negative. */
const addBytes = async (trx: Database, host: string, amount: number): Promise<void> => {
  if (amount !== 0) await addToShare(trx, 'bytes', { host, amount })
}
