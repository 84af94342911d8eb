import type { ImportedCafe, ImportedIdentity, ImportRow } from '../../../domain/cafes/import.ts'
import type { ImportSnapshot } from '../../../domain/cafes/import-snapshot.ts'
import type { BroughtCafe } from '../../../store/cafes/import-snapshots.ts'

/**
 * Returns the latest row of each identity, since two rows of one identity are one café: the later revision in a
 * calendar, the later row in a table.
 */
export function latestOfEach(rows: readonly ImportRow[]): Map<string, ImportedCafe> {
  const latest = new Map<string, ImportedCafe>()
  for (const { cafe } of rows) {
    const kept = cafe && latest.get(identityKey(cafe))
    if (cafe && !(kept && isLater(kept, cafe))) latest.set(identityKey(cafe), cafe)
  }
  return latest
}

/** Returns what a calendar calls an event: its UID and, in a series, the date. */
export const identityOf = ({ uid, recurrenceId }: ImportedIdentity): ImportedIdentity => ({
  uid,
  recurrenceId,
})

/**
 * Finds cafés whose UID the calendar no longer has. Some calendars give their events other UIDs at each reading: then
 * title, hours and place of a row tell which earlier café it is.
 */
export function straysOf(
  brought: readonly BroughtCafe[],
  rows: readonly ImportRow[],
): ReadonlyMap<string, string> {
  const uids = new Set(rows.map(({ cafe, withdrawn, uid }) => uid ?? cafe?.uid ?? withdrawn?.uid))
  return new Map(
    brought
      .filter((cafe) => !uids.has(cafe.uid))
      .map(({ said, cafeId }) => [strayKey(said), cafeId]),
  )
}

/** Returns the text by which a café is found whose calendar gave it another UID. */
export const strayKey = ({ title, times, place }: ImportSnapshot): string =>
  JSON.stringify([title, times, place])

/** Returns an identity as the key of a map. */
export const identityKey = ({ uid, recurrenceId }: ImportedIdentity): string =>
  JSON.stringify([uid, recurrenceId ?? ''])

function isLater(a: ImportedCafe, b: ImportedCafe): boolean {
  const bySequence = (a.sequence ?? 0) - (b.sequence ?? 0)
  if (bySequence !== 0) return bySequence > 0
  return (a.updatedAt?.epochMilliseconds ?? 0) > (b.updatedAt?.epochMilliseconds ?? 0)
}
