import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { DeadLink } from '../../domain/values/link.ts'
import { findLink } from '../accounts/links.ts'
import { listColleagues } from '../accounts/team.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { findCafe, toCafe } from './cafes.ts'

/** The mail that asks: it is about a café, and is of no use from the café's start on. */
const CONFIRMATION_MAIL = 'confirm-cafe'

/** Three days and the hours between nine in the morning and midnight. */
const ASKED_WITHIN_HOURS = 4 * 24

/** Our announced cafés of the next days that nobody has confirmed, nor was asked about by mail for this date. */
export async function listUnaskedCafes(db: Database, now: Temporal.Instant): Promise<Cafe[]> {
  return (await selectUnasked(db, now).execute()).map(toCafe)
}

/**
 * A question, whose plan can be looked at.
 * @internal
 */
export const selectUnasked = (db: Database, now: Temporal.Instant) =>
  db
    .selectFrom('cafe')
    .selectAll('cafe')
    // By their own index: among those of others each would be read.
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
  /** The date that was asked about. */
  startsAt: Temporal.Instant
}

/** What a link asks about; dead once the date it was sent for is there, and for a person who has left the team. */
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
  return team.some(({ email }) => email === mailedTo) ? { cafe, startsAt } : { dead: 'unknown' }
}
