/**
 * Reads a day such as `2026-12-03`, as a date field sends it; undefined for any other text, and for a day that no calendar
 * has.
 */
export function readDay(text: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    return undefined
  }
}

/** Returns the day of an instant in mainland France, the day of a national page, mail or figure. */
export const dayInParis = (at: Temporal.Instant): Temporal.PlainDate =>
  at.toZonedDateTimeISO('Europe/Paris').toPlainDate()

/**
 * Returns the days of a month in weeks from Monday to Sunday, as calendars show them; days of other months are
 * undefined.
 */
export function weeksOf(month: Temporal.PlainYearMonth): (Temporal.PlainDate | undefined)[][] {
  const first = month.toPlainDate({ day: 1 })
  const before = Array<undefined>(first.dayOfWeek - 1).fill(undefined)
  const days = Array.from({ length: month.daysInMonth }, (_, index) => first.add({ days: index }))
  const cells = [...before, ...days]
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => cells[week * 7 + weekday]),
  )
}

/** Returns the first and the last day of a month. */
export const boundsOf = (month: Temporal.PlainYearMonth) => ({
  from: month.toPlainDate({ day: 1 }),
  until: month.toPlainDate({ day: month.daysInMonth }),
})

/**
 * Returns the Monday on which this week's mails and posts were due, from this hour of that day on; undefined before it.
 * It is the key under which they are claimed: whoever was off on Monday sends them on the first day after it.
 */
export function weekOf(
  local: Temporal.ZonedDateTime,
  hour: number,
): Temporal.PlainDate | undefined {
  const { dayOfWeek } = local
  if (dayOfWeek === 1 && local.hour < hour) return undefined
  return local.toPlainDate().subtract({ days: dayOfWeek - 1 })
}
