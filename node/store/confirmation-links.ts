import type { Cafe } from '../domain/cafe.ts'
import { toCafe } from './cafes.ts'
import { fromInstantText, toInstantText } from './columns.ts'
import type { Database } from './database.ts'
import { hashSecret, newSecret } from './secrets.ts'

/** Three days and the hours between nine in the morning and midnight. */
const ASKED_WITHIN_HOURS = 4 * 24

/** Our announced cafés of the next days that nobody has confirmed, nor was asked about by mail for this date. */
export async function listUnaskedCafes(db: Database, now: Temporal.Instant): Promise<Cafe[]> {
  return (await selectUnasked(db, now).execute()).map(toCafe)
}

/** A question, whose plan can be looked at. */
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
            .selectFrom('confirmation_link')
            .select('confirmation_link.token_hash')
            .whereRef('confirmation_link.cafe_id', '=', 'cafe.id')
            .whereRef('confirmation_link.starts_at', '=', 'cafe.starts_at'),
        ),
      ),
    )
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')

/** Returns the token, known to the mail's link only: it confirms this café at this date, and opens nothing else. */
export async function insertConfirmationLink(
  trx: Database,
  { cafe, accountId }: { cafe: Pick<Cafe, 'id' | 'startsAt'>; accountId: string },
  now: Temporal.Instant,
): Promise<string> {
  const token = newSecret()
  await trx
    .insertInto('confirmation_link')
    .values({
      token_hash: hashSecret(token),
      cafe_id: cafe.id,
      account_id: accountId,
      starts_at: toInstantText(cafe.startsAt),
      created_at: toInstantText(now),
    })
    .execute()
  return token
}

export type ConfirmationLink = { cafeId: string; startsAt: Temporal.Instant }

/** What a link asks about; undefined once the date it was sent for is there, and for a person who has left the team. */
export async function findConfirmationLink(
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<ConfirmationLink | undefined> {
  const row = await db
    .selectFrom('confirmation_link')
    .select(['cafe_id', 'starts_at'])
    .where('token_hash', '=', hashSecret(token))
    .where('starts_at', '>', toInstantText(now))
    .executeTakeFirst()
  return row && { cafeId: row.cafe_id, startsAt: fromInstantText(row.starts_at) }
}

export async function deletePastConfirmationLinks(
  db: Database,
  now: Temporal.Instant,
): Promise<void> {
  await db.deleteFrom('confirmation_link').where('starts_at', '<=', toInstantText(now)).execute()
}
