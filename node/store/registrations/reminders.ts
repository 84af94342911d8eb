import { type Cafe, isOff, startsAtPlace, USUAL_REMINDERS } from '../../domain/cafes/cafe.ts'
import {
  findReminderTime,
  isReminderInTime,
  listDueReminders,
} from '../../domain/registrations/reminders.ts'
import { toCafe } from '../cafes/cafes.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { appendMail } from '../queues/mails.ts'

/** The mail that reminds a person of a café at which they have a seat. */
export const REMINDER_MAIL = 'registration-reminder'

const DAYS_AHEAD = 8

/** Lists our cafés of the next days at which somebody has a seat. */
export async function listCafesToRemind(db: Database, now: Temporal.Instant): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('peer_id', 'is', null)
    .where('publication', '=', 'published')
    .where('registration_mode', '=', 'local')
    .where('starts_at', '>', toInstantText(now))
    .where('starts_at', '<=', toInstantText(now.add({ hours: 24 * DAYS_AHEAD })))
    .where('id', 'in', (eb) =>
      eb.selectFrom('registration').select('cafe_id').where('state', '=', 'confirmed'),
    )
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
  return rows.map(toCafe)
}

/**
 * Appends the reminders of a café that are due, once for each day on which it takes place: of several only the last, none
 * where it is too late, and none for who registered after its time.
 * @returns How many mails there are.
 */
export async function appendReminderMails(
  db: Database,
  cafe: Cafe,
  now: Temporal.Instant,
): Promise<number> {
  const { reminders = USUAL_REMINDERS } = cafe.registration
  const due = isOff(cafe) ? [] : listDueReminders(cafe, reminders, now)
  const last = due.at(-1)
  if (last === undefined) return 0
  const day = startsAtPlace(cafe).toPlainDate().toString()
  return inTransaction(db, async (trx) => {
    const begun = await trx
      .insertInto('registration_reminder')
      .values(due.map((reminder) => ({ cafe_id: cafe.id, day, reminder })))
      .onConflict((oc) => oc.doNothing())
      .returning('reminder')
      .execute()
    const isNew = begun.some(({ reminder }) => reminder === last)
    if (!isNew || !isReminderInTime(cafe, last, now)) return 0
    const people = await listReminded(trx, cafe.id, findReminderTime(cafe, last))
    for (const { id, email: to } of people)
      await appendMail(
        trx,
        {
          ...{ template: REMINDER_MAIL, params: { day }, to, about: id },
          expiresAt: cafe.startsAt,
        },
        now,
      )
    return people.length
  })
}

/** Lists who had registered before this time. Who registers later has just read when and where. */
async function listReminded(trx: Database, cafeId: string, before: Temporal.Instant) {
  const rows = await trx
    .selectFrom('registration')
    .select(['id', 'email'])
    .where('cafe_id', '=', cafeId)
    .where('state', '=', 'confirmed')
    .where('email', 'is not', null)
    .where('created_at', '<', toInstantText(before))
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, email }) => (email === null ? [] : { id, email }))
}
