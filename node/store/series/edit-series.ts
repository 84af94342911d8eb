import { type Cafe, isOff } from '../../domain/cafes/cafe.ts'
import { decideCancellation, decideDeletion } from '../../domain/cafes/edit.ts'
import { type DateFates, decideDates } from '../../domain/series/date-fates.ts'
import { decideSeries, findFromProblem } from '../../domain/series/edit.ts'
import {
  type Day,
  listIncluded,
  previousDayOf,
  type WallTime,
} from '../../domain/series/recurrence.ts'
import { reviseDate } from '../../domain/series/revise-date.ts'
import type { DateField, Series } from '../../domain/series/series.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { giveWayHolding } from '../../turns/turns.ts'
import { type Edit, type SavedEdit, type Signed, saveEdit } from '../accounts/saved-edit.ts'
import { SERIES_CAFE } from '../cafes/own-cafes.ts'
import { inTransaction, type OpenDatabase } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { makeDates, planDates, type SeriesHome, saveNextDay } from './plan-dates.ts'
import { listOpenDates, type OpenDate, OWN_SERIES, replaceDates } from './series.ts'

export type SeriesEdit = Omit<Edit<Series>, 'changesOf'> & {
  /** Lists what an edit of a café changed, by the names of its form. */
  changesOf?: Signed<Cafe>['changesOf']
  home: SeriesHome
  /** The day from which on the dates are edited; undefined for all that have not begun. */
  from?: Day | undefined
  /**
   * The fields that were edited, which alone are those of the series now: dates that an earlier edit left as they were
   * keep the others. Undefined for all; none where the rule alone was edited.
   */
  fields?: readonly DateField[]
  /** Dates of which nothing stays that was changed by hand. */
  takenBack?: readonly WallTime[]
  /** What becomes of the cafés of dates that are none any more; they are cancelled unless it is said. */
  dropped?: 'cancelled' | 'deleted'
}

/**
 * Edits a series from a day on, or all of its dates that have not begun, in one transaction: its text, its rule, its
 * end. What has begun, and what is before that day, stays; so does what was changed by hand on a date, unless it is
 * taken back. Call `context.wake()` after it.
 * @throws DomainError conflict for a series that a followed calendar says.
 */
export async function saveSeriesEdit(
  db: OpenDatabase,
  edit: SeriesEdit,
  now: Temporal.Instant,
): Promise<SavedEdit<Series>> {
  const { id, by, seen, reason, from, home } = edit
  return inTransaction(db, async (trx) => {
    const known: { before?: Series } = {}
    const decide = (before: Series) => {
      refuseOfCalendar(before)
      known.before = before
      const problem = findFromProblem(before, { from, horizon: home.horizon, now })
      if (problem) return { problems: [problem] }
      const decided = edit.decide(before)
      if (decided.problems) return decided
      const { value } = decided
      return { value: value && decideSeries(before, value, { from, now }) }
    }
    const saved = await saveEdit(trx, OWN_SERIES, { id, by, seen, reason, decide }, now)
    const { before } = known
    if (saved.outcome !== 'saved' || !before) return saved
    await editDates(trx, { ...edit, before, after: saved.value }, now)
    return saved
  })
}

type DatesEdit = SeriesEdit & { before: Series; after: Series }

async function editDates(trx: OpenDatabase, edit: DatesEdit, now: Temporal.Instant): Promise<void> {
  const { id, before, after, from = '', fields, home, by } = edit
  if (after.publication !== 'published') return
  // What is before that day is made as it was.
  if (from !== '' && before.publication === 'published')
    await planDates(trx, { series: before, home, by, last: previousDayOf(from) }, now)
  const known = await listOpenDates(trx, after, now)
  const open = known.filter(({ date, isOver }) => !isOver && date >= from)
  const taken = known.filter((one) => !open.includes(one)).map(({ date }) => date)
  // Whoever adds a date wants its café, also where one was deleted.
  const asked = new Set(listIncluded(after.recurrence))
  for (const date of listIncluded(before.recurrence)) asked.delete(date)
  const edited = open.filter(({ date, cafe }) => cafe || !asked.has(date))
  const dates = edited.map(({ date }) => date)
  const change = { before, after, dates, taken, from, fields, horizon: home.horizon }
  const fates = decideDates(change, now)
  const kept: OpenDate[] = []
  for (const date of edited) {
    await giveWayHolding()
    const next = await editDate(trx, { ...edit, made: date, fates }, now)
    if (next) kept.push(next)
  }
  await replaceDates(trx, id, { before: open, after: kept })
  await makeDates(trx, { series: after, dates: fates.added, home, by }, now)
  await saveNextDay(trx, after, fates.last)
  const isNew = before.publication !== 'published'
  if (after !== before) await appendChange(trx, { type: 'series-saved', seriesId: id, isNew }, now)
}

/** Edits one date; undefined where there is nothing left of it. */
async function editDate(
  trx: OpenDatabase,
  edit: DatesEdit & { made: OpenDate; fates: DateFates },
  now: Temporal.Instant,
): Promise<OpenDate | undefined> {
  const { after, fields, made, fates, takenBack = [] } = edit
  const date = fates.kept.get(made.date)
  const { cafe, own } = made
  // What was cancelled with an earlier rule stays so until a rule has it again.
  const isLeft = cafe && isOff(cafe) && !('status' in own) && fates.apart.has(made.date)
  if (isLeft) return made
  if (date === undefined) return dropDate(trx, edit, now)
  if (!cafe) return { ...made, date }
  const isTakenBack = takenBack.includes(made.date)
  const revised = reviseDate(cafe, { own, date, after, fields, isTakenBack })
  await saveDate(trx, { ...edit, reason: undefined }, () => ({ value: revised.cafe }), now)
  return { ...made, date, own: revised.own }
}

async function dropDate(
  trx: OpenDatabase,
  edit: DatesEdit & { made: OpenDate; fates: DateFates },
  now: Temporal.Instant,
): Promise<OpenDate | undefined> {
  const { made, fates, reason, dropped } = edit
  const { cafe, date } = made
  if (!cafe) return undefined
  const isOld = isOff(cafe) && !fates.dropped.has(date)
  if (dropped === 'deleted' && !isOld) {
    await saveDate(trx, edit, decideDeletion, now)
    return undefined
  }
  if (!isOff(cafe)) await saveDate(trx, edit, (cafe) => decideCancellation(cafe, reason), now)
  return made
}

async function saveDate(
  trx: OpenDatabase,
  { by, reason, changesOf, made }: DatesEdit & { made: OpenDate },
  decide: Edit<Cafe>['decide'],
  now: Temporal.Instant,
): Promise<void> {
  if (!made.cafe) return
  const edit = { id: made.cafe.id, by, reason, changesOf, seen: undefined, decide }
  await saveEdit(trx, SERIES_CAFE, edit, now)
}

function refuseOfCalendar({ source }: Series): void {
  if (source?.calendarId !== undefined)
    throw new DomainError('conflict', 'cafes.series_of_calendar')
}

/**
 * Deletes a series that was a mistake, with the cafés that have not begun; those that were held stay.
 * @throws DomainError conflict for a series that a followed calendar says.
 */
export async function deleteSeries(
  db: OpenDatabase,
  edit: Pick<SeriesEdit, 'id' | 'by' | 'seen' | 'reason'>,
  now: Temporal.Instant,
): Promise<SavedEdit<Series>> {
  const { id, by, seen, reason } = edit
  return inTransaction(db, async (trx) => {
    const known: { dates: OpenDate[] } = { dates: [] }
    const series = await OWN_SERIES.find(trx, id)
    if (series) refuseOfCalendar(series)
    if (series) known.dates = await listOpenDates(trx, series, now)
    const decide = decideDeletion
    const saved = await saveEdit(trx, OWN_SERIES, { id, by, seen, reason, decide }, now)
    if (saved.outcome !== 'deleted') return saved
    for (const { cafe, isOver } of known.dates) {
      await giveWayHolding()
      if (cafe && !isOver)
        await saveEdit(trx, SERIES_CAFE, { id: cafe.id, by, reason, seen: undefined, decide }, now)
    }
    return saved
  })
}
