import { NAMES, ZONES } from './date-names.ts'
import type { Lang } from './lang.ts'
import { plural } from './number-text.ts'

/**
 * Dates and times in words. They are in French where no language is given, as in everything that is sent to all
 * readers.
 */

/** Returns the names of the weekdays, from Monday on. */
export const weekdayNames = (lang: Lang): readonly string[] => NAMES[lang].weekdays

/** Returns the names of the months, from January on. */
export const monthNames = (lang: Lang): readonly string[] => NAMES[lang].months

/** Returns the month and year, e.g. `décembre 2026`. */
export const monthAndYear = (
  { month, year }: Pick<Temporal.PlainYearMonth, 'month' | 'year'>,
  lang: Lang = 'fr',
): string => `${NAMES[lang].months[month - 1] ?? ''}\u00a0${year}`

type Day = Pick<Temporal.PlainDate, 'dayOfWeek' | 'day' | 'month' | 'year'>

const weekday = (day: Day, lang: Lang): string => NAMES[lang].weekdays[day.dayOfWeek - 1] ?? ''

/** Returns the number of a day as it is written: `1er`, `2`. */
export const dayOfMonth = ({ day }: Pick<Day, 'day'>, lang: Lang): string =>
  day === 1 && lang === 'fr' ? '1er' : String(day)

const dayThenMonth = (day: Day, lang: Lang): string =>
  `${dayOfMonth(day, lang)}\u00a0${NAMES[lang].months[day.month - 1] ?? ''}`

/** Returns a day without its year, e.g. `24 juin`. */
export const dayAndMonthText = (day: Day, lang: Lang = 'fr'): string => dayThenMonth(day, lang)

const dayAndMonth = (day: Day, lang: Lang): string =>
  `${weekday(day, lang)} ${dayThenMonth(day, lang)}`

/** Returns a date where it stands alone, as on a café's own page, e.g. `jeudi 3 décembre 2026`. */
export const longDate = (day: Day, lang: Lang = 'fr'): string =>
  `${dayAndMonth(day, lang)}\u00a0${day.year}`

/** Returns a day, e.g. `jeudi 3 décembre`, with the year when it is not this one. */
export const knownDay = (
  zdt: Temporal.ZonedDateTime,
  now: Temporal.Instant,
  lang: Lang = 'fr',
): string => {
  const { year } = now.toZonedDateTimeISO(zdt.timeZoneId)
  return zdt.year === year ? dayAndMonth(zdt, lang) : longDate(zdt, lang)
}

/** Returns the short names of a day's weekday and month, e.g. `jeu.` and `déc.`. */
export const dayParts = (day: Day, lang: Lang = 'fr') => ({
  weekday: weekday(day, lang).slice(0, 3) + (lang === 'fr' ? '.' : ''),
  month: NAMES[lang].shortMonths[day.month - 1] ?? '',
})

/** Returns a short date for the narrow cells of a table, e.g. `jeu. 3 déc. 2026`, `Thu 3 Dec 2026`. */
export function shortDate(day: Day, lang: Lang = 'fr'): string {
  const { weekday, month } = dayParts(day, lang)
  return `${weekday} ${dayOfMonth(day, lang)}\u00a0${month}\u00a0${day.year}`
}

/** Returns a date beside « du » and « au », e.g. `3 décembre 2026`. */
export const plainDate = (day: Day, lang: Lang = 'fr'): string =>
  `${dayThenMonth(day, lang)}\u00a0${day.year}`

const NEAR: Record<Lang, readonly [string, string]> = {
  fr: ['aujourd’hui', 'demain'],
  en: ['today', 'tomorrow'],
}

/**
 * Returns the heading of a day, e.g. `aujourd’hui, jeudi 3 décembre`, `demain, …`, otherwise the day; it has the year
 * only when that is not this one.
 */
export function dayHeading(
  zdt: Temporal.ZonedDateTime,
  today: Temporal.PlainDate,
  lang: Lang = 'fr',
): string {
  const { days } = today.until(zdt.toPlainDate(), { largestUnit: 'days' })
  const words = zdt.year === today.year ? dayAndMonth(zdt, lang) : longDate(zdt, lang)
  const near = NEAR[lang][days]
  return near ? `${near}, ${words}` : words
}

/** Returns `aujourd’hui`, `demain`, otherwise the day as `knownDay` says it. */
export function nearDay(
  zdt: Temporal.ZonedDateTime,
  now: Temporal.Instant,
  lang: Lang = 'fr',
): string {
  const { today, tomorrow, year } = calendarOf(now, zdt.timeZoneId)
  // A plain date knows its day and month, which a zoned one would find out from the zone at each question.
  const day = zdt.toPlainDate()
  const text = day.toString()
  if (text === today) return NEAR[lang][0]
  if (text === tomorrow) return NEAR[lang][1]
  return day.year === year ? dayAndMonth(day, lang) : longDate(day, lang)
}

/** Days as ISO 8601 texts, which are compared in half the time of dates. */
type Calendar = { today: string; tomorrow: string; year: number }

/** The calendars of the last instant that was asked for, since a page asks for each of its cafés. */
let calendars: { now: Temporal.Instant; ofZone: Map<string, Calendar> } | undefined

function calendarOf(now: Temporal.Instant, timeZone: string): Calendar {
  if (calendars?.now !== now) calendars = { now, ofZone: new Map() }
  const known = calendars.ofZone.get(timeZone)
  if (known) return known
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  const tomorrow = today.add({ days: 1 }).toString()
  const calendar = { today: today.toString(), tomorrow, year: today.year }
  calendars.ofZone.set(timeZone, calendar)
  return calendar
}

type Clock = Pick<Temporal.PlainTime, 'hour' | 'minute'>

/** Returns an hour, e.g. `18 h 30`, `20 h`; `6:30 pm`, `8 pm`. */
export function clock({ hour, minute }: Clock, lang: Lang = 'fr'): string {
  const minutes = String(minute).padStart(2, '0')
  if (lang === 'fr') return `${hour}\u00a0h${minute === 0 ? '' : `\u00a0${minutes}`}`
  if (minute === 0 && hour % 12 === 0) return hour === 0 ? 'midnight' : 'midday'
  const figures = `${hour % 12 || 12}${minute === 0 ? '' : `:${minutes}`}`
  return `${figures}\u00a0${hour < 12 ? 'am' : 'pm'}`
}

/** Returns when something is or was, e.g. `27 novembre 2026, 22 h 45`, by the clocks of mainland France or of a zone. */
export function momentText(
  at: Temporal.Instant,
  lang: Lang = 'fr',
  timezone = 'Europe/Paris',
): string {
  const local = at.toZonedDateTimeISO(timezone)
  return `${plainDate(local, lang)}, ${clock(local, lang)}`
}

/** Returns a range of hours, e.g. `18 h 30 – 20 h`; where the café ends on another day, that day is named. */
export function timeRange(
  start: Temporal.ZonedDateTime,
  end: Temporal.ZonedDateTime,
  lang: Lang = 'fr',
): string {
  const lastDay = end.toPlainDate()
  if (lastDay.equals(start.toPlainDate())) return clockRange(start, end, lang)
  return `${clock(start, lang)}\u00a0– ${dayAndMonth(lastDay, lang)}, ${clock(end, lang)}`
}

/** Returns a range of hours within one day, e.g. `18 h 30 – 20 h`. */
export const clockRange = (start: Clock, end: Clock, lang: Lang = 'fr'): string =>
  `${clock(start, lang)}\u00a0– ${clock(end, lang)}`

/**
 * Returns the name of a zone, e.g. `heure de La Réunion`; for one that is not French, the name in the given language.
 */
export function zoneName(timeZone: string, lang: Lang = 'fr'): string {
  const known = ZONES[timeZone]?.[lang]
  if (known) return known
  const parts = new Intl.DateTimeFormat(lang, {
    timeZone,
    timeZoneName: 'longGeneric',
  }).formatToParts(0)
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone
}

/** Returns a range of hours with its zone, e.g. `18 h 30 – 20 h (heure de Paris)`, `6:30 pm – 8 pm, Paris time`. */
export function timeRangeInZone(
  start: Temporal.ZonedDateTime,
  end: Temporal.ZonedDateTime,
  lang: Lang = 'fr',
): string {
  const zone = zoneName(start.timeZoneId, lang)
  const hours = timeRange(start, end, lang)
  return lang === 'fr' ? `${hours} (${zone})` : `${hours}, ${zone}`
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

type Unit = 'minute' | 'hour' | 'day' | 'month' | 'year'

const UNITS: Record<Lang, Record<Unit, readonly [one: string, many: string]>> = {
  fr: {
    minute: ['min', 'min'],
    hour: ['h', 'h'],
    day: ['jour', 'jours'],
    month: ['mois', 'mois'],
    year: ['an', 'ans'],
  },
  en: {
    minute: ['minute', 'minutes'],
    hour: ['hour', 'hours'],
    day: ['day', 'days'],
    month: ['month', 'months'],
    year: ['year', 'years'],
  },
}

/**
 * Returns the elapsed time in its largest whole unit: `5 min`, `2 h`, `3 jours`, `2 mois`, `1 an`; undefined below one
 * minute.
 */
function elapsed(instant: Temporal.Instant, now: Temporal.Instant, lang: Lang): string | undefined {
  const seconds = (now.epochMilliseconds - instant.epochMilliseconds) / 1000
  const words = (n: number, unit: Unit) => plural(Math.floor(n), ...UNITS[lang][unit], lang)
  if (seconds < MINUTE) return undefined
  if (seconds < HOUR) return words(seconds / MINUTE, 'minute')
  if (seconds < DAY) return words(seconds / HOUR, 'hour')
  const days = Math.floor(seconds / DAY)
  if (days < 31) return words(days, 'day')
  if (days < 365) return words(days / 30.44, 'month')
  return words(Math.max(1, days / 365.25), 'year')
}

/** Returns a past time, e.g. `il y a 2 h`; `à l’instant` below one minute, and for a clock that is ahead of ours. */
export function relativePast(
  instant: Temporal.Instant,
  now: Temporal.Instant,
  lang: Lang = 'fr',
): string {
  const words = elapsed(instant, now, lang)
  if (lang === 'en') return words ? `${words} ago` : 'just now'
  return words ? `il y a\u00a0${words}` : 'à l’instant'
}

/** Returns a duration until now, e.g. `depuis 3 jours`. */
export function sincePast(
  instant: Temporal.Instant,
  now: Temporal.Instant,
  lang: Lang = 'fr',
): string {
  const words = elapsed(instant, now, lang)
  if (lang === 'en') return `for\u00a0${words ?? 'a moment'}`
  return `depuis\u00a0${words ?? 'un instant'}`
}

/**
 * Returns an instant by the clocks of a time zone, in seconds, with the offset: `2026-12-09T18:30:00+01:00` (RFC 3339).
 */
export const withOffset = (instant: Temporal.Instant, timezone: string): string =>
  instant.toZonedDateTimeISO(timezone).toString({ smallestUnit: 'second', timeZoneName: 'never' })
