import { isOff } from '../../../domain/cafes/cafe.ts'
import type { ImportPreview } from '../../../domain/cafes/import.ts'
import { isMonthly, pairDates } from '../../../domain/series/pairs.ts'
import { type Recurrence, toWallTime, type WallTime } from '../../../domain/series/recurrence.ts'
import type { Series } from '../../../domain/series/series.ts'
import type { Database } from '../../../store/database/database.ts'
import { listOpenDates, type OpenDate } from '../../../store/series/series.ts'
import { standingOf } from './import-diff.ts'

type Stated = {
  /** The series until this reading, and when its source has it now. */
  before: Series
  recurrence: Recurrence
  /** The rows of its event, and the zone by whose clock they are its dates. */
  rows: ImportPreview['rows']
  idZone: string
  /** Up to when the reading has all dates. */
  until: Temporal.Instant
}

/**
 * Finds which café each new date of a series is whose source says another rule, so that a café moves with its seats and
 * its followers, and is not cancelled and announced anew.
 * @returns The ids of the cafés that move, by the dates to which they move.
 */
export async function findMovedDates(
  db: Database,
  { before, recurrence, rows, idZone, until }: Stated,
  now: Temporal.Instant,
): Promise<ReadonlyMap<WallTime, string>> {
  const toDate = (id: string | undefined): WallTime | undefined =>
    id?.endsWith('Z') ? toWallTime(Temporal.Instant.from(id).toZonedDateTimeISO(idZone)) : undefined
  const known = new Map<WallTime, NonNullable<OpenDate['cafe']>>()
  for (const { cafe, date, isOver } of await listOpenDates(db, before, now))
    if (cafe && !isOver && cafe.uid === before.source?.uid)
      known.set(toDate(cafe.recurrenceId) ?? date, cafe)
  const held = [...known].flatMap(([date, cafe]) =>
    isOff(cafe) || Temporal.Instant.compare(cafe.startsAt, until) > 0 ? [] : date,
  )
  const stated = rows.flatMap(({ cafe }) => {
    const date = cafe && standingOf(cafe) !== 'cancelled' ? toDate(cafe.recurrenceId) : undefined
    const other = date && known.get(date)
    return date === undefined || (other && isOff(other)) ? [] : date
  })
  const months = isMonthly(before.recurrence) && isMonthly(recurrence)
  const { kept } = pairDates(held.sort(), stated.sort(), { isMonthly: months })
  return new Map(
    [...kept].flatMap(([from, to]) => {
      const cafe = from === to ? undefined : known.get(from)
      return cafe ? [[to, cafe.id]] : []
    }),
  )
}
