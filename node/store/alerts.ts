import type { Selectable } from 'kysely'
import { ALERT_DAYS, type Alert, type AlertArea, areaKey } from '../domain/alert.ts'
import { toEmail } from './accounts.ts'
import { fromInstantText, instantOrUndefined, orNull, toInstantText } from './columns.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { uuidV7 } from './uuid.ts'

/** Enough for who mistypes; too few to fill somebody's mailbox. */
const REQUESTS_PER_HOUR = 3

/**
 * Somebody asked to be told. Returns the alert that a mail must ask them to confirm; undefined when that address was
 * asked often enough of late. Asked for twice, it is the same alert.
 */
export async function requestAlert(
  trx: Database,
  { email, area, place }: Pick<Alert, 'email' | 'area' | 'place'>,
  now: Temporal.Instant,
): Promise<Alert | undefined> {
  const recipient = toEmail(email)
  const { asked } = await trx
    .selectFrom('alert_link')
    .innerJoin('alert', 'alert.id', 'alert_link.alert_id')
    .select((eb) => eb.fn.countAll<number>().as('asked'))
    .where('alert.email', '=', recipient)
    .where('alert_link.purpose', '=', 'keep')
    .where('alert_link.created_at', '>', toInstantText(now.subtract({ hours: 1 })))
    .executeTakeFirstOrThrow()
  const { waiting } = await trx
    .selectFrom('mail')
    .innerJoin('alert', 'alert.id', 'mail.alert_id')
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .where('alert.email', '=', recipient)
    .where('mail.sent_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (Number(asked) + Number(waiting) >= REQUESTS_PER_HOUR) return undefined
  const { near } = area
  await trx
    .insertInto('alert')
    .values({
      id: uuidV7(now),
      email: recipient,
      area: areaKey(area),
      place,
      territory: orNull(area.territory),
      latitude: orNull(near?.latitude),
      longitude: orNull(near?.longitude),
      radius_km: orNull(near?.radiusKm),
      created_at: toInstantText(now),
      confirmed_at: null,
      expires_at: toInstantText(inDays(now, ALERT_DAYS.unconfirmed)),
      reminded_at: null,
      last_mail_at: null,
    })
    .onConflict((oc) =>
      oc
        .columns(['email', 'area'])
        // The link of each mail serves as long as that mail says.
        .doUpdateSet((eb) => ({
          confirmed_at: null,
          expires_at: eb.ref('excluded.expires_at'),
          reminded_at: null,
        }))
        .where((eb) =>
          eb.or([
            eb('alert.confirmed_at', 'is', null),
            eb('alert.expires_at', '<=', toInstantText(now)),
          ]),
        ),
    )
    .execute()
  const row = await trx
    .selectFrom('alert')
    .selectAll()
    .where('email', '=', recipient)
    .where('area', '=', areaKey(area))
    .executeTakeFirst()
  return row && toAlert(row)
}

export type AlertPurpose = 'keep' | 'stop'

/** Returns the token, known to the mail's link only. `keep` confirms or renews, `stop` ends and erases. */
export async function insertAlertLink(
  db: Database,
  { alertId, purpose }: { alertId: string; purpose: AlertPurpose },
  now: Temporal.Instant,
): Promise<string> {
  const token = newSecret()
  await db
    .insertInto('alert_link')
    .values({
      token_hash: hashSecret(token),
      alert_id: alertId,
      purpose,
      created_at: toInstantText(now),
    })
    .execute()
  return token
}

/** Whom a link is about; looking changes nothing. */
export async function findAlertByLink(
  db: Database,
  { token, purpose }: { token: string; purpose: AlertPurpose },
  now: Temporal.Instant,
): Promise<Alert | undefined> {
  const row = await db
    .selectFrom('alert')
    .innerJoin('alert_link', 'alert_link.alert_id', 'alert.id')
    .selectAll('alert')
    .where('alert_link.token_hash', '=', hashSecret(token))
    .where('alert_link.purpose', '=', purpose)
    .where('alert.expires_at', '>', toInstantText(now))
    .executeTakeFirst()
  return row && toAlert(row)
}

/** The person says yes, for a year from now; returns until when. */
export async function confirmAlert(
  db: Database,
  id: string,
  now: Temporal.Instant,
): Promise<Temporal.Instant> {
  const until = inDays(now, ALERT_DAYS.kept)
  await db
    .updateTable('alert')
    .set((eb) => ({
      confirmed_at: eb.fn.coalesce('confirmed_at', eb.val(toInstantText(now))),
      expires_at: toInstantText(until),
      reminded_at: null,
    }))
    .where('id', '=', id)
    .execute()
  return until
}

/** Its links, the cafés to tell and the mails to that address about it go with it (`on delete cascade`). */
export async function deleteAlert(db: Database, id: string): Promise<void> {
  await db.deleteFrom('alert').where('id', '=', id).execute()
}

export async function deleteExpiredAlerts(db: Database, now: Temporal.Instant): Promise<void> {
  await db.deleteFrom('alert').where('expires_at', '<=', toInstantText(now)).execute()
}

/** Those that end within a month and whose people were not asked yet; marked as asked. */
export async function takeAlertsToRenew(trx: Database, now: Temporal.Instant): Promise<Alert[]> {
  const rows = await trx
    .updateTable('alert')
    .set({ reminded_at: toInstantText(now) })
    .where('confirmed_at', 'is not', null)
    .where('reminded_at', 'is', null)
    .where('expires_at', '<=', toInstantText(inDays(now, ALERT_DAYS.reminded)))
    .returningAll()
    .execute()
  return rows.map(toAlert)
}

const inDays = (now: Temporal.Instant, days: number): Temporal.Instant =>
  now.add({ hours: days * 24 })

export const toAlert = (row: Selectable<Schema['alert']>): Alert => ({
  id: row.id,
  email: row.email,
  area: toArea(row),
  place: row.place,
  confirmedAt: instantOrUndefined(row.confirmed_at),
  expiresAt: fromInstantText(row.expires_at),
})

function toArea({ area, latitude, longitude, radius_km }: Selectable<Schema['alert']>): AlertArea {
  if (latitude === null || longitude === null || radius_km === null) return { territory: area }
  return { near: { latitude, longitude, radiusKm: radius_km } }
}
