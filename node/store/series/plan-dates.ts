import type { CafeContent, Organizer } from '../../domain/cafes/cafe.ts'
import type { Horizon } from '../../domain/cafes/horizon.ts'
import { toRecurrenceId } from '../../domain/cafes/import.ts'
import { contentSnapshot } from '../../domain/cafes/import-snapshot.ts'
import { lastDayOf, listDatesToMake } from '../../domain/series/edit.ts'
import { type Day, dayOf, findDateFrom, type WallTime } from '../../domain/series/recurrence.ts'
import { contentAt, type Series } from '../../domain/series/series.ts'
import { giveWayHolding } from '../../turns/turns.ts'
import { type Signed, saveNew } from '../accounts/saved-edit.ts'
import { findCafeByUid } from '../cafes/cafes.ts'
import { saveImportSnapshot } from '../cafes/import-snapshots.ts'
import { createCafe } from '../cafes/own-cafes.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { selectSuspended } from '../structures/suspended.ts'
import { OWN_SERIES } from './series.ts'

/** Who announces the cafés of a series, and how far ahead. */
export type SeriesHome = {
  organizer: Organizer
  /** This server's own origin, without a trailing slash. */
  origin: string
  horizon: Horizon
}

type Planned = Pick<Signed<never>, 'by'> & { series: Series; home: SeriesHome }

/**
 * Creates a series with the cafés of its dates within the horizon, in one transaction; a draft has none yet.
 */
export async function createSeries(
  db: OpenDatabase,
  { by, series, home }: Planned,
  now: Temporal.Instant,
): Promise<Series> {
  return inTransaction(db, async (trx) => {
    const created = await saveNew(trx, OWN_SERIES, { id: series.id, by, value: series }, now)
    if (created.publication === 'published') {
      await planDates(trx, { series: created, home, by }, now)
      await appendChange(trx, { type: 'series-saved', seriesId: created.id, isNew: true }, now)
    }
    return created
  })
}

/**
 * Makes the cafés of the dates of a series that begin from now on, or `from` a day before which all are made, up to the
 * horizon or to the `last` day, and notes which date is the next after them. Call `context.wake()` after it.
 */
export async function planDates(
  trx: OpenDatabase,
  { from, last, ...planned }: Planned & { from?: Day; last?: Day },
  now: Temporal.Instant,
): Promise<void> {
  const { series, home } = planned
  const until = last ?? lastDayOf(series, home.horizon, now)
  const dates = listDatesToMake(series, { from, last: until }, now)
  await makeDates(trx, { ...planned, dates }, now)
  await saveNextDay(trx, series, until)
}

/** Notes on which day the first date is after the last day of which the dates are made. */
export async function saveNextDay(
  trx: Database,
  { id, recurrence }: Pick<Series, 'id' | 'recurrence'>,
  last: Day,
): Promise<void> {
  const next = findDateFrom(recurrence, Temporal.PlainDate.from(last).add({ days: 1 }).toString())
  await trx
    .updateTable('series')
    .set({ next_on: next ? dayOf(next) : null })
    .where('id', '=', id)
    .execute()
}

/**
 * Makes the cafés of these dates; a date that was made before, also one whose café was deleted, is not made again.
 */
export async function makeDates(
  trx: OpenDatabase,
  { series, dates, home: { organizer, origin }, by }: Planned & { dates: readonly WallTime[] },
  now: Temporal.Instant,
): Promise<void> {
  const { organizationId, announcedUnder, uri } = series
  const of = { by, organizationId, announcedUnder, organizer, origin }
  for (const date of await claimDates(trx, series.id, dates)) {
    await giveWayHolding()
    const content = contentAt(series, date)
    const identity = await identityOf(trx, series, content)
    const cafe = await createCafe(
      trx,
      { ...of, ...identity, content, publication: 'published', series: uri },
      now,
    )
    if (identity) await saveSaid(trx, series, { cafeId: cafe.id, content })
    await trx
      .updateTable('series_date')
      .set({ cafe_id: cafe.id })
      .where('series_id', '=', series.id)
      .where('date', '=', date)
      .execute()
  }
}

/** Returns what its source calls a date of an imported series, so that the next reading knows it; unless one is so called. */
async function identityOf(
  trx: Database,
  { organizationId, source }: Series,
  { startsAt }: CafeContent,
): Promise<{ uid: string; recurrenceId: string } | undefined> {
  if (!source) return undefined
  const identity = { uid: source.uid, recurrenceId: toRecurrenceId(startsAt) }
  return (await findCafeByUid(trx, { organizationId, ...identity })) ? undefined : identity
}

/** Stores what the source says of a date that was made here, as if it had brought it. */
async function saveSaid(
  trx: Database,
  { source }: Series,
  { cafeId, content }: { cafeId: string; content: CafeContent },
): Promise<void> {
  const { times = '' } = contentSnapshot(content)
  if (source) await saveImportSnapshot(trx, cafeId, { ...source.said.words, times })
}

/** Claims dates, each for one of several processes: another waits here until this transaction ends. */
async function claimDates(
  trx: Database,
  seriesId: string,
  dates: readonly WallTime[],
): Promise<WallTime[]> {
  if (dates.length === 0) return []
  const rows = await trx
    .insertInto('series_date')
    .values(dates.map((date) => ({ series_id: seriesId, date, cafe_id: null, own_fields: '{}' })))
    .onConflict((oc) => oc.columns(['series_id', 'date']).doNothing())
    .returning('date')
    .execute()
  return rows.map(({ date }) => date).sort()
}

/**
 * Lists the series that have a date to be made within the horizon, with the day of the first one; those of a followed
 * calendar have what that brings.
 */
export async function listDueSeries(
  db: Database,
  { endlessDays, finiteDays }: Horizon,
  now: Temporal.Instant,
): Promise<{ id: string; from: Day }[]> {
  // The day has begun already in the zones that are ahead of UTC.
  const tomorrow = now.toZonedDateTimeISO('UTC').toPlainDate().add({ days: 1 })
  const within = (days: number) => tomorrow.add({ days }).toString()
  const rows = await db
    .selectFrom('series')
    .select(['id', 'next_on'])
    .where('publication', '=', 'published')
    .where('calendar_id', 'is', null)
    .where('organization_id', 'not in', selectSuspended(db))
    .where((eb) =>
      eb.or([
        eb.and([eb('open_ended', '=', 1), eb('next_on', '<=', within(endlessDays))]),
        eb.and([eb('open_ended', '=', 0), eb('next_on', '<=', within(finiteDays))]),
      ]),
    )
    .orderBy('next_on')
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, next_on }) => (next_on === null ? [] : [{ id, from: next_on }]))
}
