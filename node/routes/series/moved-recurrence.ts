import { dayOf, hourOf, type Recurrence, type WallTime } from '../../domain/series/recurrence.ts'

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/**
 * Moves a series as one of its dates is moved: to another hour, or to another weekday of a series that takes place on
 * one weekday. Undefined where its rule cannot follow.
 */
export function moveRecurrence(
  recurrence: Recurrence,
  from: WallTime,
  to: WallTime,
): Recurrence | undefined {
  const { start, rrule } = recurrence
  const hour = hourOf(hourOf(from) === hourOf(to) ? start : to)
  if (dayOf(from) === dayOf(to)) return { ...recurrence, start: `${dayOf(start)}T${hour}` }
  const [, weekday] = /^FREQ=WEEKLY(?:;INTERVAL=\d+)?;BYDAY=(\w\w)(?:;|$)/.exec(rrule ?? '') ?? []
  if (!rrule || weekday === undefined) return undefined
  const [before, after] = [Temporal.PlainDate.from(dayOf(from)), Temporal.PlainDate.from(dayOf(to))]
  if (WEEKDAYS[before.dayOfWeek - 1] !== weekday) return undefined
  const days = before.until(after).days
  if (Math.abs(days) > 6) return undefined
  const shift = (one: string) => Temporal.PlainDate.from(one).add({ days }).toString()
  return {
    start: `${shift(dayOf(start))}T${hour}`,
    rrule: rrule
      .replace(`BYDAY=${weekday}`, `BYDAY=${WEEKDAYS[after.dayOfWeek - 1]}`)
      .replace(
        /UNTIL=(\d{4})(\d\d)(\d\d)/,
        (_, year, month, last) => `UNTIL=${shift(`${year}-${month}-${last}`).replaceAll('-', '')}`,
      ),
    exclude: recurrence.exclude.map(shift),
    include: recurrence.include,
  }
}
