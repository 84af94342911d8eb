import type { Selectable } from 'kysely'
import { LIMITS } from '../../domain/limits/limits.ts'
import { type Alert, type AlertArea, areaKey } from '../../domain/territories/alert.ts'
import type { DeadLink, LinkPurpose } from '../../domain/values/link.ts'
import { ALERT_DAYS } from '../../domain/values/retention.ts'
import { toEmail } from '../accounts/accounts.ts'
import { findLink } from '../accounts/links.ts'
import { fromInstantText, instantOrUndefined, orNull, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import type { Schema } from '../schema.ts'

/** The mail that asks the owner of an address whether they asked for an alert. */
export const ALERT_REQUEST_MAIL = 'alert-request'

/**
 * Stores a request to be told. Returns the alert that a mail must ask them to confirm; undefined when that address was
 * asked often enough lately. Asking twice makes one alert.
 */
export async function requestAlert(
  trx: Database,
  { email, area, search, place, rhythm = 'new' }: AlertRequest,
  now: Temporal.Instant,
): Promise<Alert | undefined> {
  const recipient = toEmail(email)
  if (await wasAskedOften(trx, recipient, now)) return undefined
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
      search,
      rhythm,
      created_at: toInstantText(now),
      confirmed_at: null,
      expires_at: toInstantText(inDays(now, ALERT_DAYS.unconfirmed)),
      reminded_at: null,
      last_mail_at: null,
    })
    .onConflict((oc) =>
      oc
        .columns(['email', 'area', 'search', 'rhythm'])
        // The link of each mail is valid for as long as that mail says.
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
    .where('search', '=', search)
    .where('rhythm', '=', rhythm)
    .executeTakeFirst()
  return row && toAlert(row)
}

/** Returns whether an address has had as many mails as it may, or has one that waits. */
async function wasAskedOften(
  trx: Database,
  recipient: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const { asked } = await trx
    .selectFrom('mail')
    .innerJoin('alert', 'alert.id', 'mail.alert_id')
    .select((eb) => eb.fn.countAll<number>().as('asked'))
    .where('alert.email', '=', recipient)
    .where((eb) =>
      eb.or([
        eb('mail.sent_at', 'is', null),
        eb.and([
          eb('mail.template', '=', ALERT_REQUEST_MAIL),
          eb('mail.sent_at', '>', toInstantText(now.subtract({ hours: 1 }))),
        ]),
      ]),
    )
    .executeTakeFirstOrThrow()
  return Number(asked) >= LIMITS['alert mails'].points
}

/** What somebody asks for; without a rhythm, to hear of new cafés. */
type AlertRequest = Pick<Alert, 'email' | 'area' | 'search' | 'place'> &
  Partial<Pick<Alert, 'rhythm'>>

/** `keep-alert` confirms or renews, `stop-alert` ends and erases. */
export type AlertPurpose = Extract<LinkPurpose, 'keep-alert' | 'stop-alert'>

/** Finds the alert of a link; looking changes nothing. */
export async function findAlertByLink(
  db: Database,
  { token, purpose }: { token: string; purpose: AlertPurpose },
  now: Temporal.Instant,
): Promise<Alert | { dead: DeadLink }> {
  const link = await findLink(db, { token, purpose }, now)
  if ('dead' in link) return link
  const row = await db
    .selectFrom('alert')
    .selectAll()
    .where('id', '=', link.subject)
    .executeTakeFirst()
  if (!row) return { dead: 'unknown' }
  return row.expires_at > toInstantText(now) ? toAlert(row) : { dead: 'expired' }
}

/** Confirms an alert for a year from now; returns until when. */
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

/** Returns whether the address of an alert is stored for another one as well. */
export async function hasOtherAlerts(
  db: Database,
  { id, email }: Pick<Alert, 'id' | 'email'>,
  now: Temporal.Instant,
): Promise<boolean> {
  const row = await db
    .selectFrom('alert')
    .select('id')
    .where('email', '=', email)
    .where('id', '<>', id)
    .where('expires_at', '>', toInstantText(now))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Deletes an alert with its links, the cafés to tell and the mails about it to that address (`on delete cascade`). */
export async function deleteAlert(db: Database, id: string): Promise<void> {
  await db.deleteFrom('alert').where('id', '=', id).execute()
}

/** Deletes an alert whose mailbox is gone: a mail of before found none either. A single answer may be a mistake. */
export async function deleteLostAlert(
  trx: Database,
  { id: mailId, alertId }: { id: string; alertId: string },
): Promise<void> {
  const before = await trx
    .selectFrom('mail')
    .select('id')
    .where('alert_id', '=', alertId)
    .where('id', '<>', mailId)
    .where('dropped_at', 'is not', null)
    .where('error', 'is not', null)
    .executeTakeFirst()
  if (before) await deleteAlert(trx, alertId)
}

/** Deletes the alerts whose time is over: unconfirmed requests, and those that nobody renewed. */
export async function deleteExpiredAlerts(db: Database, now: Temporal.Instant): Promise<void> {
  await db.deleteFrom('alert').where('expires_at', '<=', toInstantText(now)).execute()
}

/** Claims alerts that end within a month and whose people were not asked yet, and marks them as asked. */
export async function claimAlertsToRenew(trx: Database, now: Temporal.Instant): Promise<Alert[]> {
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

/** Converts a row of an alert; the e-mail address of its person is included. */
export const toAlert = (row: Selectable<Schema['alert']>): Alert => ({
  id: row.id,
  email: row.email,
  area: toArea(row),
  search: row.search,
  rhythm: row.rhythm,
  place: row.place,
  confirmedAt: instantOrUndefined(row.confirmed_at),
  expiresAt: fromInstantText(row.expires_at),
})

function toArea({ area, latitude, longitude, radius_km }: Selectable<Schema['alert']>): AlertArea {
  if (latitude === null || longitude === null || radius_km === null) return { territory: area }
  return { near: { latitude, longitude, radiusKm: radius_km } }
}
