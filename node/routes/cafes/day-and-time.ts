import { readDay } from '../../domain/values/days.ts'
import type { Problem } from '../../domain/values/problem.ts'

type DayAndTime = { day: string; time: string; local: string | undefined }

/**
 * Reads a day and a time as they were typed. Each is empty where nothing was typed, and `wrong` where it cannot be
 * read; `local` is the wall time where both are there.
 */
export function readDayAndTime(day: string, typedTime: string): DayAndTime {
  const time = readHour(typedTime)
  const isDay = readDay(day) !== undefined
  return {
    day: isDay || day === '' ? day : 'wrong',
    time,
    local: isDay && time !== 'wrong' && time !== '' ? `${day}T${time}` : undefined,
  }
}

/** Reads an hour: `18:30`, or as people write it: `18h30`, `18 h`, `18`. */
function readHour(text: string): string {
  if (text === '') return ''
  const [, hour, minute = '00'] = /^(\d{1,2})\s*(?:[h:]\s*(\d{2})?)?(?::\d{2})?$/i.exec(text) ?? []
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return 'wrong'
  return `${hour.padStart(2, '0')}:${minute}`
}

/**
 * Returns the problems of a day and a time that were typed, with the names of their fields. The time is always
 * required.
 */
export function problemsOfTime(
  { day, time }: DayAndTime,
  names: { day: string; time: string },
  isDayRequired: boolean,
): Problem[] {
  const problems: Problem[] = []
  if (day === '' && isDayRequired) problems.push({ field: names.day, code: 'required' })
  if (day === 'wrong') problems.push({ field: names.day, code: 'not_a_date' })
  if (time === '') problems.push({ field: names.time, code: 'required' })
  if (time === 'wrong') problems.push({ field: names.time, code: 'not_a_time' })
  return problems
}
