import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Author } from '../../domain/cafes/edit.ts'
import { toRecurrenceId } from '../../domain/cafes/import.ts'
import { findCafeByUid } from '../cafes/cafes.ts'
import { ensureVenue } from '../cafes/venues.ts'
import type { Database } from '../database/database.ts'

/**
 * Gives a café of ours that comes from a signed text its place among the others: its venue is kept with those of the
 * structure, and where it shares its UID with other dates of an imported series, which no signed text says, it is told
 * from them by its RECURRENCE-ID.
 */
export async function placeOwnCafe(
  trx: Database,
  { cafe, by }: { cafe: Cafe; by: Author },
  now: Temporal.Instant,
): Promise<Cafe> {
  const { organizationId, venue } = cafe
  if (organizationId === undefined) return cafe
  const kept = venue && (await ensureVenue(trx, { venue, organizationId, by }, now))
  return {
    ...cafe,
    venue: venue && { ...venue, id: kept?.id },
    recurrenceId: await findFreeRecurrence(trx, { ...cafe, organizationId }),
  }
}

async function findFreeRecurrence(
  trx: Database,
  { id, uid, recurrenceId, startsAt, organizationId }: Cafe & { organizationId: string },
): Promise<string | undefined> {
  for (const each of [recurrenceId, toRecurrenceId(startsAt)]) {
    const other = await findCafeByUid(trx, { organizationId, uid, recurrenceId: each })
    if (!other || other.id === id) return each
  }
  // The same date was imported anew meanwhile: both stay, and the team sees that they look alike.
  return id
}
