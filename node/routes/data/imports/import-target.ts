import type { Cafe } from '../../../domain/cafes/cafe.ts'
import {
  type ImportedCafe,
  type ImportedIdentity,
  toRecurrenceId,
} from '../../../domain/cafes/import.ts'
import { isWebAddress } from '../../../domain/values/web-address.ts'
import { findCafeByUid, findCafeByUri } from '../../../store/cafes/cafes.ts'
import type { Database } from '../../../store/database/database.ts'

export type ImportTarget = {
  current?: Cafe | undefined
  /** Whether the row comes from an export of this server, so that it gives the café's address too. */
  isOwnExport?: boolean
  /** Whether another site that we follow announces it, so that a second announcement would be a duplicate. */
  isElsewhere?: boolean
}

/**
 * Finds the café of a row, if it is here: by its address first (the `id` of our tables), then by UID and RECURRENCE-ID.
 * An event that became a series, or no longer is one, is the same café at the date that it had.
 */
export async function findImportTarget(
  db: Database,
  organizationId: string,
  { uid, recurrenceId, url }: ImportedIdentity & Partial<Pick<ImportedCafe, 'url'>>,
  startsAt?: Temporal.Instant,
): Promise<ImportTarget> {
  for (const address of addressesIn(uid)) {
    const cafe = await findCafeByUri(db, address)
    if (cafe?.peerId) return { isElsewhere: true }
    if (cafe?.organizationId === organizationId)
      return { current: cafe, isOwnExport: isWebAddress(uid) || url === cafe.url }
  }
  const find = (recurrence: string | undefined) =>
    findCafeByUid(db, { organizationId, uid, recurrenceId: recurrence })
  const known = await find(recurrenceId)
  if (known) return { current: known, isOwnExport: url === known.url }
  if (!startsAt) return {}
  const other = await find(recurrenceId === undefined ? toRecurrenceId(startsAt) : undefined)
  return { current: other?.startsAt.equals(startsAt) ? other : undefined }
}

/**
 * Returns the address of a café of this network that a table gives as `id`, or from which the UID of a calendar comes.
 */
function addressesIn(uid: string): string[] {
  if (isWebAddress(uid)) return [uid]
  const match = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([\w.:[\]-]+)$/.exec(uid)
  return match
    ? [`https://${match[2]}/cafes/${match[1]}`, `http://${match[2]}/cafes/${match[1]}`]
    : []
}
