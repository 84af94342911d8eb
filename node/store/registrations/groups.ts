import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Registration } from '../../domain/registrations/registration.ts'
import { findCafe, toCafe } from '../cafes/cafes.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { REGISTRATION } from '../schema/registrations.ts'
import { change } from './seating.ts'
import { withSeating } from './seats.ts'

/** Several dates of a series at which a person registers at once. */

/** How many dates one may ask for at once: a year of a weekly series. */
const DATES_MAX = 54

/** Lists the next dates of a series of ours at which one may register here. */
export async function listDatesToRegister(
  db: Database,
  { series, organizationId }: Pick<Cafe, 'series' | 'organizationId'>,
  now: Temporal.Instant,
): Promise<Cafe[]> {
  if (series === undefined || organizationId === undefined) return []
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('series', '=', series)
    .where('organization_id', '=', organizationId)
    .where('publication', '=', 'published')
    .where('hidden_reason', 'is', null)
    .where('registration_mode', '=', 'local')
    .where('status', 'not in', ['cancelled', 'postponed'])
    .where('starts_at', '>', toInstantText(now))
    .orderBy('starts_at')
    .orderBy('id')
    .limit(DATES_MAX)
    .execute()
  return rows.map(toCafe)
}

/** Lists the other dates that a person asked for together with this one, the first one first. */
export async function listGroup(
  db: Database,
  { groupId, id }: Pick<Registration, 'groupId' | 'id'>,
): Promise<{ registration: Registration; cafe: Cafe }[]> {
  if (groupId === undefined) return []
  const rows = await db
    .selectFrom('registration')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('id', '<>', id)
    .orderBy('id')
    .execute()
  const all = await Promise.all(
    rows.map(async (row) => ({ row, cafe: await findCafe(db, row.cafe_id) })),
  )
  return all
    .flatMap(({ row, cafe }) => (cafe ? { registration: REGISTRATION.fromRow(row), cafe } : []))
    .toSorted((one, other) => Temporal.Instant.compare(one.cafe.startsAt, other.cafe.startsAt))
}

/**
 * Gives back the seats that a form holds whose mail address was mistyped, at all dates for which it asked: who mends it asks
 * anew. The address may still be proven, for as long as it is kept.
 * @param formToken - What only who filled in the form knows.
 */
export async function endHold(
  trx: Database,
  formToken: string,
  now: Temporal.Instant,
): Promise<void> {
  await endHoldAgain(trx, formToken, now)
  const row = await trx
    .selectFrom('registration')
    .selectAll()
    .where('form_token', '=', formToken)
    .where('state', '=', 'unproven')
    .executeTakeFirst()
  if (!row) return
  const mistyped = REGISTRATION.fromRow(row)
  for (const { id, cafeId } of [
    mistyped,
    ...(await listGroup(trx, mistyped)).map(({ registration }) => registration),
  ])
    await withSeating(trx, { cafeId, now }, async (seating) => {
      const one = seating.open.find((each) => each.id === id)
      if (one?.state === 'unproven') await change(seating, { ...one, heldUntil: now })
    })
}

/** Does the same where the address is registered: nothing tells the two apart. */
async function endHoldAgain(
  trx: Database,
  formToken: string,
  now: Temporal.Instant,
): Promise<void> {
  const rows = await trx
    .selectFrom('registration')
    .select(['id', 'cafe_id'])
    .where('again_token', '=', formToken)
    .orderBy('id')
    .execute()
  for (const { id, cafe_id: cafeId } of rows)
    await withSeating(trx, { cafeId, now }, async (seating) => {
      const one = seating.open.find((each) => each.id === id)
      if (one) await change(seating, { ...one, again: undefined })
    })
}
