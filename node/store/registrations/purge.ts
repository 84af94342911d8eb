import type { Cafe } from '../../domain/cafes/cafe.ts'
import { UNPROVEN_HOURS } from '../../domain/registrations/seating.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { deleteMailsAbout } from '../queues/mails.ts'

/** All mails about a registration bear a name that begins so (`REGISTRATION_TEMPLATES`). */
const REGISTRATION_MAILS = 'registration-'

/** Returns the day on which all that names a person is deleted. */
export const eraseDay = (
  { endsAt, timezone }: Pick<Cafe, 'endsAt' | 'timezone'>,
  { registrationDays: days }: { registrationDays: number },
): Temporal.PlainDate => endsAt.toZonedDateTimeISO(timezone).toPlainDate().add({ days })

/**
 * Deletes what is kept of people for a time: what they need the day after the café, an address that was not proven after a
 * day, and all the rest, with the mails about it, after `days`. The numbers of the café stay.
 */
export async function deleteOldRegistrations(
  db: Database,
  now: Temporal.Instant,
  days: number = RETENTION_DAYS.registration,
): Promise<void> {
  const ago = (hours: number) => toInstantText(now.subtract({ hours }))
  await inTransaction(db, async (trx) => {
    await trx
      .deleteFrom('registration_need')
      .where('registration_id', 'in', (eb) =>
        eb
          .selectFrom('registration')
          .innerJoin('cafe', 'cafe.id', 'cafe_id')
          .select('registration.id')
          .where('cafe.ends_at', '<=', ago(24)),
      )
      .execute()
    const unproven = await trx
      .deleteFrom('registration')
      .where('state', '=', 'unproven')
      .where('created_at', '<=', ago(UNPROVEN_HOURS))
      .returning('id')
      .execute()
    for (const { id } of unproven) await deleteMailsAbout(trx, id)
    // A café or a structure that was deleted took its registrations with it.
    await trx
      .deleteFrom('mail')
      .where('template', 'like', `${REGISTRATION_MAILS}%`)
      .where('about', 'not in', (eb) => eb.selectFrom('registration').select('id'))
      .execute()
    await deletePast(trx, ago(24 * days))
  })
}

async function deletePast(trx: Database, before: string): Promise<void> {
  const cafes = await trx
    .selectFrom('registration')
    .innerJoin('cafe', 'cafe.id', 'cafe_id')
    .select('cafe_id')
    .distinct()
    .where('cafe.ends_at', '<=', before)
    .execute()
  for (const { cafe_id } of cafes) {
    const rows = await trx
      .deleteFrom('registration')
      .where('cafe_id', '=', cafe_id)
      .returning(['id', 'state', 'seats', 'join_uri'])
      .execute()
    for (const { id } of rows) await deleteMailsAbout(trx, id)
    await deleteJoinAnswers(
      trx,
      rows.flatMap(({ join_uri }) => join_uri ?? []),
    )
    const seatsOf = (...states: string[]) =>
      rows.reduce((sum, { state, seats }) => sum + (states.includes(state) ? seats : 0), 0)
    const counted = {
      registered: seatsOf('confirmed'),
      waited: seatsOf('waiting', 'offered', 'lapsed'),
      cancelled: seatsOf('cancelled'),
    }
    await trx
      .insertInto('registration_count')
      .values({ cafe_id, ...counted })
      .onConflict((oc) =>
        oc.column('cafe_id').doUpdateSet((eb) => ({
          // Somebody may have been added after the first time.
          registered: eb('registration_count.registered', '+', counted.registered),
          waited: eb('registration_count.waited', '+', counted.waited),
          cancelled: eb('registration_count.cancelled', '+', counted.cancelled),
        })),
      )
      .execute()
  }
}

/** Deletes what is still on its way to accounts of other servers that joined. */
export async function deleteJoinAnswers(trx: Database, joinUris: readonly string[]): Promise<void> {
  if (joinUris.length > 0)
    await trx.deleteFrom('activity').where('object_uri', 'in', joinUris).execute()
}
