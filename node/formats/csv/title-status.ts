import type { CafeStatus } from '../../domain/cafes/cafe.ts'

const CANCELLED = /^\W{0,3}(?:annul[ée]e?s?|cancell?ed)\W{0,9}[:\])!–—-]\s*/iu
const POSTPONED = /^\W{0,3}(?:report[ée]e?s?|postponed)\W{0,9}[:\])!–—-]\s*/iu

/**
 * Reads a title without the word that says that the café does not take place. Many people cancel by writing "ANNULÉ :"
 * before the title, and our own calendars do so beside their status, since Google hides cancelled events.
 */
export function readTitleStatus(title: string): { title: string; status: CafeStatus | undefined } {
  const cancelled = title.replace(CANCELLED, '')
  if (cancelled !== title) return { title: cancelled, status: 'cancelled' }
  const postponed = title.replace(POSTPONED, '')
  if (postponed !== title) return { title: postponed, status: 'postponed' }
  return { title, status: undefined }
}
