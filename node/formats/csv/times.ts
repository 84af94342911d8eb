import { type ImportedTime, toInstant } from '../../domain/cafes/import.ts'
import type { Cells } from './cells.ts'
import type { Column } from './columns.ts'
import { type Moment, parseMinutes, parseMoment } from './french-times.ts'

export type RowTimes = {
  start: ImportedTime
  end: ImportedTime | undefined
  durationMinutes: number | undefined
  /** The start in one spelling, however the table writes it. */
  said: string
}

/** An evening may end after midnight: an end until this hour that is before the start is on the next day. */
const LATEST_HOUR = 6
const EARLIEST_EVENING = 18

/** Reads when a row takes place, from the columns that say so; problems name the column. */
export function readTimes(cells: Cells): RowTimes | undefined {
  const { read, check, problem } = cells
  const readMomentOf = (column: Column, field: string) =>
    check(column, field, column === 'date' ? 'not_a_date' : 'not_a_time', parseMoment)
  const day = readMomentOf('date', 'startsAt')
  const begin = readMomentOf('start', 'startsAt')
  const finish = readMomentOf('end', 'endsAt')
  const durationMinutes = check('duration', 'durationMinutes', 'invalid', parseMinutes)
  const timezone = check('timezone', 'timezone', 'not_a_timezone', toTimezone)
  if (read('date') === '' && read('start') === '') problem('date', 'startsAt', 'required')
  if ((read('date') !== '' && !day) || (read('start') !== '' && !begin)) return undefined

  const start = toStart(day, begin, timezone)
  if (!start) {
    if (day || begin) problem(begin?.time ? 'date' : 'start', 'startsAt', 'required')
    return undefined
  }
  const end = toEnd(start, begin?.endTime ?? day?.endTime, finish)
  const zone = timezone ?? 'UTC'
  if (end && Temporal.Instant.compare(toInstant(start, zone), toInstant(end, zone)) >= 0)
    problem('end', 'endsAt', 'ends_before_start')
  const said = start.kind === 'local' ? start.dateTime : toInstant(start, zone)
  return { start, end, durationMinutes, said: said.toString({ smallestUnit: 'minute' }) }
}

function toStart(
  day: Moment | undefined,
  begin: Moment | undefined,
  timezone: string | undefined,
): ImportedTime | undefined {
  const instant = begin?.instant ?? day?.instant
  if (instant) return { kind: 'instant', instant, timezone }
  const date = day?.date ?? begin?.date
  const time = begin?.time ?? day?.time
  return date && time && { kind: 'local', dateTime: date.toPlainDateTime(time), timezone }
}

function toEnd(
  start: ImportedTime,
  rangeEnd: Temporal.PlainTime | undefined,
  finish: Moment | undefined,
): ImportedTime | undefined {
  if (finish?.instant)
    return {
      kind: 'instant',
      instant: finish.instant,
      timezone: start.kind === 'date' ? undefined : start.timezone,
    }
  const time = finish?.time ?? rangeEnd
  if (start.kind !== 'local' || !time) return undefined
  if (finish?.date) return { ...start, dateTime: finish.date.toPlainDateTime(time) }
  const isNextDay = time.hour <= LATEST_HOUR && start.dateTime.hour >= EARLIEST_EVENING
  const date = start.dateTime.toPlainDate().add({ days: isNextDay ? 1 : 0 })
  return { ...start, dateTime: date.toPlainDateTime(time) }
}

function toTimezone(text: string): string | undefined {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text)
    return /^[A-Z]\w+\/\w|^UTC$/.test(text) ? text : undefined
  } catch {
    return undefined
  }
}
