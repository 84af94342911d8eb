import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Author } from '../../domain/cafes/edit.ts'
import { readOwnFields } from '../../domain/series/own-fields.ts'
import type { WallTime } from '../../domain/series/recurrence.ts'
import type { Series } from '../../domain/series/series.ts'
import { isSame } from '../../domain/values/same.ts'
import { saveEdit, saveNew } from '../accounts/saved-edit.ts'
import { findSeriesDate } from '../cafes/series/series-dates.ts'
import type { Database } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { SERIES, SERIES_DATE } from '../schema/series.ts'
import { saveNextDay } from './plan-dates.ts'
import { OWN_SERIES } from './series.ts'

type Asked = { organizationId: string; uid: string; calendarId: string | undefined }

/**
 * Finds the series of an event that repeats: the one that was imported from it. What a person imports may also be the
 * calendar file of a series of ours; a followed calendar, which anybody may write, has its own series only. `isOthers` says that another calendar has it.
 */
export async function findImportedSeries(
  db: Database,
  { organizationId, uid, calendarId }: Asked,
): Promise<{ series?: Series | undefined; isOthers: boolean }> {
  const ours = db
    .selectFrom('series')
    .selectAll('series')
    .where('organization_id', '=', organizationId)
  const row =
    (await ours.where('uid', '=', uid).executeTakeFirst()) ??
    (calendarId === undefined
      ? await ours.where('uid', 'is', null).where('uri', '=', uid).executeTakeFirst()
      : undefined)
  const series = row && SERIES.fromRow(row)
  const other = series?.source?.calendarId
  return {
    series,
    isOthers: calendarId !== undefined && other !== undefined && other !== calendarId,
  }
}

/** Returns whether a date of a series was made here and then deleted. */
export async function isDeletedDate(
  db: Database,
  seriesId: string,
  date: WallTime,
): Promise<boolean> {
  const row = await db
    .selectFrom('series_date')
    .select('cafe_id')
    .where('series_id', '=', seriesId)
    .where('date', '=', date)
    .executeTakeFirst()
  return row !== undefined && row.cafe_id === null
}

type ImportedSeries = {
  /** The series until now; undefined for a new one. */
  before: Series | undefined
  after: Series
  by: Author
  /** Up to when its dates are imported. */
  until: Temporal.Instant
}

/** Saves a series as its source says it; the dates are saved each by itself. */
export async function saveImportedSeries(
  trx: Database,
  { before, after, by, until }: ImportedSeries,
  now: Temporal.Instant,
): Promise<Series> {
  const { id, timezone, recurrence } = after
  const saved = before
    ? await saveEdit(
        trx,
        OWN_SERIES,
        { id, by, seen: undefined, decide: () => ({ value: after }) },
        now,
      )
    : {
        outcome: 'saved' as const,
        value: await saveNew(trx, OWN_SERIES, { id, by, value: after }, now),
      }
  if (saved.outcome !== 'saved') return after
  if (before && isSame(before.recurrence, recurrence)) return saved.value
  // A date of the last day may begin after what was read.
  const last = until.toZonedDateTimeISO(timezone).toPlainDate().subtract({ days: 1 })
  await saveNextDay(trx, after, last.toString())
  await appendChange(trx, { type: 'series-saved', seriesId: id, isNew: !before }, now)
  return saved.value
}

type ImportedDate = {
  /** The series until now, and as it is said now. */
  before: Series | undefined
  series: Series
  /** When the rule of the source has it, and whether that is new: otherwise a date that was moved here stays moved. */
  date: WallTime
  isRuleNews: boolean
  /** The café until now, and as it is stored. */
  was: Cafe | undefined
  cafe: Cafe
}

/** Notes which date of its series a café is that was imported, and what it has of its own there. */
export async function saveImportedDate(
  trx: Database,
  { before, series, date: said, isRuleNews, was, cafe }: ImportedDate,
): Promise<void> {
  const { id: seriesId } = series
  const found = await findSeriesDate(trx, cafe.id)
  const known = found?.seriesId === seriesId ? found : undefined
  const date = isRuleNews ? said : (known?.date ?? said)
  const reading = known && was && before && { cafe: was, content: before.content }
  const own = readOwnFields(
    { own: known?.own ?? {}, date },
    { before: reading, after: cafe, series },
  )
  const row = SERIES_DATE.toRow({ seriesId, date, cafeId: cafe.id, own })
  await trx.deleteFrom('series_date').where('cafe_id', '=', cafe.id).execute()
  await trx
    .insertInto('series_date')
    .values(row)
    .onConflict((oc) => oc.columns(['series_id', 'date']).doUpdateSet(row))
    .execute()
}
