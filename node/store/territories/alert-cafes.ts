import { sql } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Alert } from '../../domain/territories/alert.ts'
import { findCommune } from '../../geo/communes.ts'
import { boundingBox, distanceKm } from '../../geo/distance.ts'
import { territoryOf } from '../../geo/territories.ts'
import { giveWay } from '../../turns/turns.ts'
import { toCafe } from '../cafes/cafes.ts'
import { isVisible } from '../cafes/visibility.ts'
import { fromInstantText, takesPlace, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'
import { beforeIdsOf } from '../database/uuid.ts'
import type { CafeQuery } from '../search/cafe-query.ts'
import { findAmong } from '../search/removed.ts'
import { toAlert } from './alerts.ts'

/** The setting with the time at which new cafés were last looked for. */
const CURSOR = 'alerts-until'

/** The largest radius of an alert, for searching the index. */
const RADIUS_MAX_KM = 200

/** How much later than its date a café of an import or of another process may be written. */
const LATEST_WRITE = { hours: 1 }

/** Number of cafés that are examined in one transaction: a server that joins may bring thousands at once. */
const TOGETHER = 500

/**
 * Adds each café that became known since the last time to the alerts of where it takes place. The cost follows the
 * number of new cafés, not that of alerts. At the first call the cafés of the last hour are new.
 */
export async function matchNewCafes(db: OpenDatabase, now: Temporal.Instant): Promise<void> {
  const last = await findSetting(db, CURSOR)
  const since = (last === undefined ? now : fromInstantText(last)).subtract(LATEST_WRITE)
  for (const select of [selectOwnSince, selectReceivedSince]) {
    let after: Since = { at: toInstantText(since), id: beforeIdsOf(since) }
    for (;;) {
      const rows: Since[] = await select(db, after).limit(TOGETHER).execute()
      const latest = rows.at(-1)
      if (!latest) break
      const ids = rows.map(({ id }) => id)
      await inTransaction(db, (trx) => lookAt(trx, { ids, since, now }))
      after = latest
      await giveWay()
    }
  }
  await inTransaction(db, async (trx) => {
    // A café that the next call may find again is not deleted.
    const forgotten = toInstantText(since.subtract(LATEST_WRITE))
    await trx.deleteFrom('alert_seen').where('at', '<', forgotten).execute()
    await saveSetting(trx, CURSOR, now.toString())
  })
}

type Since = { at: string; id: string }

/**
 * Selects our cafés by when they were published. It is a query, so that its plan can be examined.
 *
 * @internal
 */
export const selectOwnSince = (db: Database, { at, id }: Since) =>
  db
    .selectFrom('cafe')
    .select(['id', sql<string>`published_at`.as('at')])
    .where('organization_id', 'is not', null)
    .where('published_at', '>=', at)
    .where((eb) => eb.or([eb('published_at', '>', at), eb('id', '>', id)]))
    .orderBy('published_at')
    .orderBy('id')

/**
 * Selects the cafés of others by when they first came here.
 *
 * @internal
 */
export const selectReceivedSince = (db: Database, { id }: Since) =>
  db
    .selectFrom('cafe')
    .select(['id', sql<string>`''`.as('at')])
    .where('peer_id', 'is not', null)
    .where('id', '>', id)
    .orderBy('id')

type Look = { ids: readonly string[]; since: Temporal.Instant; now: Temporal.Instant }

async function lookAt(trx: Database, look: Look): Promise<void> {
  const found = await listNewCafes(trx, look)
  for (const cafe of found) await match(trx, cafe)
  const ids = found.map(({ id }) => id)
  await insertSeen(trx, ids, look.now)
}

async function insertSeen(
  trx: Database,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  if (ids.length === 0) return
  const at = toInstantText(now)
  await trx
    .insertInto('alert_seen')
    .values(ids.map((id) => ({ cafe_id: id, at })))
    .onConflict((oc) => oc.column('cafe_id').doUpdateSet({ at }))
    .execute()
}

/** Notes that a café that is published anew was new before, where alerts have looked at it since it was published. */
export async function markSeenBefore(
  trx: Database,
  { id, publishedAt }: Pick<Cafe, 'id' | 'publishedAt'>,
  now: Temporal.Instant,
): Promise<void> {
  const last = await findSetting(trx, CURSOR)
  if (!last || !publishedAt) return
  const since = fromInstantText(last).subtract(LATEST_WRITE)
  if (Temporal.Instant.compare(publishedAt, since) < 0) await insertSeen(trx, [id], now)
}

/**
 * Lists those among them that are upcoming, open to everybody, at a place, and not seen yet. An announcement that is
 * shown in place of an earlier one of the same café is not new.
 */
async function listNewCafes(db: Database, { ids, since, now }: Look): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .selectAll('cafe')
    .where('cafe.id', 'in', ids)
    .where(({ not }) => not(isSeen('cafe.id')))
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
              or([eb('cafe_id', '<', beforeIdsOf(since)), isSeen('duplicate.cafe_id')]),
            ),
        ),
      ),
    )
    .orderBy('cafe.id')
    .execute()
  return rows.map(toCafe)
}

const isSeen = (id: string) =>
  sql<boolean>`exists (select 1 from alert_seen where alert_seen.cafe_id = ${sql.ref(id)})`

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
    .where('rhythm', '=', 'new')
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
  const matching = rows.filter(
    ({ latitude, longitude, radius_km }) =>
      latitude === null ||
      longitude === null ||
      distanceKm(point, { latitude, longitude }) <= (radius_km ?? 0),
  )
  if (matching.length === 0) return
  await trx
    .insertInto('alert_cafe')
    .values(matching.map((alert) => ({ alert_id: alert.id, cafe_id: id })))
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/** The minimum number of hours between two mails of one alert. */
const HOURS_BETWEEN_MAILS = 24

const selectDue = (db: Database, now: Temporal.Instant) =>
  db
    .selectFrom('alert')
    .where('confirmed_at', 'is not', null)
    .where('expires_at', '>', toInstantText(now))
    .where((eb) =>
      eb.or([
        eb('last_mail_at', 'is', null),
        eb('last_mail_at', '<=', toInstantText(now.subtract({ hours: HOURS_BETWEEN_MAILS }))),
      ]),
    )
    .where('id', 'in', (eb) => eb.selectFrom('alert_cafe').select('alert_id'))

/** Lists the ids of the alerts with cafés of which their people may be told now. */
export async function listDueAlerts(db: Database, now: Temporal.Instant): Promise<string[]> {
  const rows = await selectDue(db, now).select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

type Due = {
  id: string
  now: Temporal.Instant
  /** Reads what an alert remembers of its search. */
  readSearch: (search: string) => CafeQuery
}

/**
 * Claims an alert that may be sent now, with its cafés soonest first; its list of cafés is emptied and the hour is
 * stored. Undefined where it is not due any more.
 */
export async function claimDueAlert(
  trx: Database,
  { id, now, readSearch }: Due,
): Promise<{ alert: Alert; cafes: Cafe[] } | undefined> {
  const row = await selectDue(trx, now).selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const cafes = await trx
    .selectFrom('cafe')
    .selectAll('cafe')
    // Where two announce the same café, the announcement that is shown now is mailed.
    .where('cafe.id', 'in', (eb) =>
      eb
        .selectFrom('alert_cafe')
        .leftJoin('duplicate', 'duplicate.cafe_id', 'alert_cafe.cafe_id')
        .select(({ fn }) => fn.coalesce('duplicate.shown_id', 'alert_cafe.cafe_id').as('id'))
        .where('alert_cafe.alert_id', '=', row.id),
    )
    .where(isVisible)
    .where('cafe.starts_at', '>', toInstantText(now))
    .where(takesPlace)
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .execute()
  await trx.deleteFrom('alert_cafe').where('alert_id', '=', row.id).execute()
  const wanted = row.search
    ? await findAmong(
        trx,
        readSearch(row.search),
        cafes.map(({ id }) => id),
      )
    : undefined
  const told = wanted ? cafes.filter(({ id }) => wanted.has(id)) : cafes
  // A café that was announced and withdrawn on the same day is not mailed.
  if (told.length > 0)
    await trx
      .updateTable('alert')
      .set({ last_mail_at: toInstantText(now) })
      .where('id', '=', row.id)
      .execute()
  return { alert: toAlert(row), cafes: told.map(toCafe) }
}

/** Counts the alerts that have this café and were not mailed yet; their searches may leave some of them out. */
export async function countWaitingAlerts(
  db: Database,
  { cafeId, now }: { cafeId: string; now: Temporal.Instant },
): Promise<number> {
  const { total } = await db
    .selectFrom('alert_cafe')
    .innerJoin('alert', 'alert.id', 'alert_cafe.alert_id')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('alert_cafe.cafe_id', '=', cafeId)
    .where('alert.expires_at', '>', toInstantText(now))
    .executeTakeFirstOrThrow()
  return Number(total)
}
