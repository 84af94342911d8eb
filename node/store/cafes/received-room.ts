import type { Database } from '../database/database.ts'
import { addToShare, findShare } from '../queues/shares.ts'
import { findCafeDocument, measureCafe } from './cafe-documents.ts'

const MEGABYTE = 1024 * 1024
/** A plain Event has 12,000 bytes: of one that is known, a cancellation is always heard. */
const ALWAYS_HEARD = 16 * 1024

/** Whether the text of a café may be kept: its domain has room, or it is no larger than what is kept of it already. */
export async function hasRoomForCafe(
  trx: Database,
  { uri, body, max }: { uri: string; body: string; max: number },
): Promise<boolean> {
  if ((await findShare(trx, 'bytes', new URL(uri).host)) < max * MEGABYTE) return true
  const known = await findCafeDocument(trx, uri)
  if (known === undefined) return false
  const bytes = Buffer.byteLength(body)
  return bytes <= ALWAYS_HEARD || bytes <= Buffer.byteLength(known)
}

/** Does something to a café of another server, and counts for its domain what that adds or takes away. */
export async function countingBytes(
  trx: Database,
  uri: string,
  work: () => Promise<void>,
): Promise<void> {
  const before = await measureCafe(trx, uri)
  await work()
  const amount = (await measureCafe(trx, uri)) - before
  if (amount !== 0) await addToShare(trx, 'bytes', { host: new URL(uri).host, amount })
}
