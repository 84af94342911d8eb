import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { DeadLink } from '../../domain/values/link.ts'
import { findLink } from '../accounts/links.ts'
import { listColleagues } from '../accounts/team.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { findCafe, toCafe } from './cafes.ts'

/** The mail that asks for a confirmation. It is about a café, and serves nothing after the café's start. */
const CONFIRMATION_MAIL = 'confirm-cafe'

/** Three days, and the hours between nine in the morning and midnight. */
const ASKED_WITHIN_HOURS = 4 * 24

/**
 * Lists our announced cafés of the next days that nobody has confirmed, and that were not asked about by mail for this
 * date.
 */
export async function listUnaskedCafes(db: Database, now: Temporal.Instant): Promise<Cafe[]> {
  return (await selectUnasked(db, now).execute()).map(toCafe)
}

/**
 * Returns the query, so that its plan can be examined.
 *
 * @internal
 */
export const selectUnasked = (db: Database, now: Temporal.Instant) =>
  db
    .selectFrom('cafe')
    .selectAll('cafe')
    // It goes by the index of our own cafés, since otherwise each café of others would be read.
    .where('cafe.organization_id', 'in', db.selectFrom('organization').select('id'))
    .where('cafe.publication', '=', 'published')
    .where('cafe.confirmed_at', 'is', null)
    .where('cafe.starts_at', '>', toInstantText(now))
    .where('cafe.starts_at', '<', toInstantText(now.add({ hours: ASKED_WITHIN_HOURS })))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('mail')
            .select('mail.id')
            .whereRef('mail.about', '=', 'cafe.id')
            .whereRef('mail.expires_at', '=', 'cafe.starts_at')
            .where('mail.template', '=', CONFIRMATION_MAIL),
        ),
      ),
    )
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')

export type ConfirmationLink = {
  cafe: Cafe
  /** The name or address of the person who was asked. */
  who: string
  /** The date that the question was about. */
  startsAt: Temporal.Instant
}

/**
 * Finds the café of a confirmation link. The link is dead once the café's date has come, and for a person who has left
 * the team.
 */
export async function findConfirmationLink(
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<ConfirmationLink | { dead: DeadLink }> {
  const link = await findLink(db, { token, purpose: 'confirm-cafe' }, now)
  if ('dead' in link) return link
  const cafe = await findCafe(db, link.subject)
  const { mailedTo, expiresAt: startsAt } = link
  if (!cafe?.organizationId || !mailedTo || !startsAt) return { dead: 'unknown' }
  const team = await listColleagues(db, cafe.organizationId)
  const person = team.find(({ email }) => email === mailedTo)
  return person ? { cafe, who: person.name || person.email, startsAt } : { dead: 'unknown' }
}
