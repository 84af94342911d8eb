import type { Alert } from '../domain/alert.ts'
import type { Cafe } from '../domain/cafe.ts'
import { findCommune } from '../geo/communes.ts'
import { boundingBox, distanceKm } from '../geo/distance.ts'
import { territoryOf } from '../geo/territories.ts'
import { toAlert } from './alerts.ts'
import { toCafe } from './cafes.ts'
import { fromInstantText, toInstantText } from './columns.ts'
import { type Database, inTransaction, type OpenDatabase } from './database.ts'
import { isVisible } from './search-filters.ts'
import { findSetting, saveSetting } from './settings.ts'

/** When new cafés were last looked for. */
const CURSOR = 'alerts-until'

/** No alert reaches farther; for the index to search. */
const RADIUS_MAX_KM = 200

/** What an import or another process dates may be written so much later. */
const LATEST_WRITE = { hours: 1 }

/**
 * Puts each café that became known since the last time beside the alerts of where it takes place. The cost follows the
 * number of new cafés, not that of alerts. The first time nothing is new.
 */
export async function matchNewCafes(db: OpenDatabase, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (trx) => {
    const last = await findSetting(trx, CURSOR)
    const since = (last === undefined ? now : fromInstantText(last)).subtract(LATEST_WRITE)
    const found = last === undefined ? [] : await selectNewCafes(trx, { since, now }).execute()
    for (const row of found) await match(trx, toCafe(row))
    const seen = last === undefined ? await selectSince(trx, since).execute() : found
    for (const { id } of seen)
      await trx
        .insertInto('alert_seen')
        .values({ cafe_id: id, at: toInstantText(now) })
        .execute()
    // Never one that the next time may come upon.
    const forgotten = since.subtract(LATEST_WRITE)
    await trx.deleteFrom('alert_seen').where('at', '<', toInstantText(forgotten)).execute()
    await saveSetting(trx, CURSOR, now.toString())
  })
}

/**
 * To come, open to all, at a place, and not seen yet: ours by when they were published, others by when we first heard of
 * them. What stands for an earlier announcement of the same café is not new. A question, whose plan can be looked at.
 */
export function selectNewCafes(
  db: Database,
  { since, now }: { since: Temporal.Instant; now: Temporal.Instant },
) {
  return db
    .selectFrom('cafe')
    .selectAll('cafe')
    .where('cafe.id', 'in', selectSince(db, since))
    .where('cafe.id', 'not in', db.selectFrom('alert_seen').select('cafe_id'))
    .where(isVisible)
    .where('cafe.open_to', '=', 'public')
    .where('cafe.code_insee', 'is not', null)
    .where('cafe.ends_at', '>', toInstantText(now))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('duplicate')
            .select('cafe_id')
            .whereRef('shown_id', '=', 'cafe.id')
            .where(({ eb, or }) =>
              or([
                eb('cafe_id', '<', uuidsFrom(since)),
                eb('cafe_id', 'in', selectFrom('alert_seen').select('cafe_id')),
              ]),
            ),
        ),
      ),
    )
    .orderBy('cafe.id')
}

function selectSince(db: Database, since: Temporal.Instant) {
  const ours = db
    .selectFrom('cafe')
    .select('id')
    .where('organization_id', 'is not', null)
    .where('published_at', '>=', toInstantText(since))
  const heardOf = db
    .selectFrom('cafe')
    .select('id')
    .where('peer_id', 'is not', null)
    .where('id', '>=', uuidsFrom(since))
  return ours.unionAll(heardOf)
}

/** Before every UUID version 7 that was made at this millisecond or later (RFC 9562 §5.7). */
function uuidsFrom(instant: Temporal.Instant): string {
  const hex = instant.epochMilliseconds.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

async function match(trx: Database, { id, venue }: Cafe): Promise<void> {
  const commune = findCommune(venue?.codeInsee ?? '')
  if (!commune) return
  const point = {
    latitude: venue?.latitude ?? commune.latitude,
    longitude: venue?.longitude ?? commune.longitude,
  }
  const box = boundingBox(point, RADIUS_MAX_KM)
  const rows = await trx
    .selectFrom('alert')
    .select(['id', 'latitude', 'longitude', 'radius_km'])
    .where('confirmed_at', 'is not', null)
    .where((eb) =>
      eb.or([
        eb(
          'territory',
          'in',
          territoryOf(commune).map(({ code }) => code),
        ),
        eb.and([
          eb('latitude', '>=', box.south),
          eb('latitude', '<=', box.north),
          eb('longitude', '>=', box.west),
          eb('longitude', '<=', box.east),
        ]),
      ]),
    )
    .execute()
  const told = rows.filter(
    ({ latitude, longitude, radius_km }) =>
      latitude === null ||
      longitude === null ||
      distanceKm(point, { latitude, longitude }) <= (radius_km ?? 0),
  )
  if (told.length === 0) return
  await trx
    .insertInto('alert_cafe')
    .values(told.map((alert) => ({ alert_id: alert.id, cafe_id: id })))
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/** At most one mail a day for each alert. */
const HOURS_BETWEEN_MAILS = 24

/**
 * The next alert after another (the first: '') that may write now, with its cafés soonest first; the café list is
 * emptied and the hour noted.
 */
export async function takeDueAlert(
  trx: Database,
  { after, now }: { after: string; now: Temporal.Instant },
): Promise<{ alert: Alert; cafes: Cafe[] } | undefined> {
  const row = await trx
    .selectFrom('alert')
    .selectAll()
    .where('confirmed_at', 'is not', null)
    .where('expires_at', '>', toInstantText(now))
    .where((eb) =>
      eb.or([
        eb('last_mail_at', 'is', null),
        eb('last_mail_at', '<=', toInstantText(now.subtract({ hours: HOURS_BETWEEN_MAILS }))),
      ]),
    )
    .where('id', '>', after)
    .where(
      'id',
      'in',
      trx.selectFrom('alert_cafe').select('alert_id').where('alert_id', '>', after),
    )
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (!row) return undefined
  const cafes = await trx
    .selectFrom('cafe')
    .selectAll('cafe')
    // Of one that two announce, the announcement that is shown by now.
    .where('cafe.id', 'in', (eb) =>
      eb
        .selectFrom('alert_cafe')
        .leftJoin('duplicate', 'duplicate.cafe_id', 'alert_cafe.cafe_id')
        .select(({ fn }) => fn.coalesce('duplicate.shown_id', 'alert_cafe.cafe_id').as('id'))
        .where('alert_cafe.alert_id', '=', row.id),
    )
    .where(isVisible)
    .where('cafe.starts_at', '>', toInstantText(now))
    .where('cafe.status', 'not in', ['cancelled', 'postponed'])
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .execute()
  await trx.deleteFrom('alert_cafe').where('alert_id', '=', row.id).execute()
  // What was announced and withdrawn within the day is not worth a mail.
  if (cafes.length > 0)
    await trx
      .updateTable('alert')
      .set({ last_mail_at: toInstantText(now) })
      .where('id', '=', row.id)
      .execute()
  return { alert: toAlert(row), cafes: cafes.map(toCafe) }
}
