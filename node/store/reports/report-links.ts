import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { DeadLink } from '../../domain/values/link.ts'
import { findLink } from '../accounts/links.ts'
import { listColleagues } from '../accounts/team.ts'
import { findCafe } from '../cafes/cafes.ts'
import type { Database } from '../database/database.ts'
import { findSuggestionOf } from '../suggestions/suggestions.ts'

/** The café of a link by which it is told of, and the name or address of the person to whom it was mailed. */
export type ReportLink = { cafe: Cafe; who: string }

/**
 * Finds the café of a link to its report, of somebody of the team or of the author of the suggestion of which it was made.
 * The link is dead after its 30 days, for who has left the team, and for who had the address of a suggestion erased.
 */
export async function findReportLink(
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<ReportLink | { dead: DeadLink }> {
  const link = await findLink(db, { token, purpose: 'report' }, now)
  if ('dead' in link) return link
  const cafe = await findCafe(db, link.subject)
  if (!cafe?.organizationId || !link.mailedTo) return { dead: 'unknown' }
  const suggestion = cafe.announcedFor ? await findSuggestionOf(db, cafe.id) : undefined
  if (suggestion?.email === link.mailedTo) return { cafe, who: cafe.announcedFor ?? '' }
  const team = await listColleagues(db, cafe.organizationId)
  const person = team.find(({ email }) => email === link.mailedTo)
  return person ? { cafe, who: person.name || person.email } : { dead: 'unknown' }
}
