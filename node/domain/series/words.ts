import { NAMES } from '../values/date-names.ts'
import { clock, dayAndMonthText, plainDate } from '../values/date-text.ts'
import type { Lang } from '../values/lang.ts'
import { listText, ordinalOf, PHRASES, timesText } from './phrases.ts'

/** What is said of a series: its first date, its rule (RFC 5545 §3.3.10), and the dates beside it or without a rule. */
export type DescribedSeries = {
  /** By the clock of the place, `2026-12-10T18:30`. */
  start: string
  rrule: string | undefined
  /** Days, `2026-12-12`, with an hour or without. */
  include: readonly string[]
}

const startOf = ({ start }: DescribedSeries) => Temporal.PlainDateTime.from(start)

const toDays = (dates: readonly string[]): Temporal.PlainDate[] =>
  [...new Set(dates.map((date) => date.slice(0, 'YYYY-MM-DD'.length)))]
    .sort()
    .map((day) => Temporal.PlainDate.from(day))

/** Lists of more days than this are said by their number, their first and their last day. */
const NAMED_MAX = 4

/**
 * Returns a series as one would say it, e.g. `tous les jeudis à 18 h 30, dix fois`, `le premier mardi du mois à 18 h,
 * sauf en août`. A rule for which there are no words is `plusieurs dates`. The days that are left out are not said: see
 * `exceptText`.
 */
export function seriesWords(series: DescribedSeries, lang: Lang = 'fr'): string {
  if (series.rrule === undefined) return listedWords(series, lang)
  const parts = partsOf(series.rrule)
  const words = PHRASES[lang]
  const start = startOf(series)
  const beside = toDays(series.include).filter((day) => !day.equals(start.toPlainDate()))
  const more = beside.length > 0 ? `, ${words.and} ${daysText(beside, lang)}` : ''
  return `${rhythmWords(series, lang)}${endText(parts, start, lang)}${more}`
}

/**
 * Returns how often a series takes place, without its end, e.g. `tous les jeudis à 18 h 30`.
 */
export function rhythmWords(series: DescribedSeries, lang: Lang = 'fr'): string {
  if (series.rrule === undefined) return listedWords(series, lang)
  const parts = partsOf(series.rrule)
  const words = PHRASES[lang]
  const start = startOf(series)
  const base = daysOfRule(parts, start.toPlainDate(), lang) ?? words.several
  return `${base} ${words.at} ${clock(start, lang)}${monthsText(parts, lang)}`
}

/**
 * Returns the days on which a series does not take place, e.g. `sauf les 24 et 31 décembre`; empty where there is none.
 */
export const exceptText = (days: readonly string[], lang: Lang = 'fr'): string =>
  days.length === 0 ? '' : `${PHRASES[lang].except} ${daysText(toDays(days), lang)}`

/** Returns which weekday of its month a day is, e.g. `le deuxième jeudi`. */
export const nthWeekdayText = (day: Temporal.PlainDate, lang: Lang = 'fr'): string =>
  PHRASES[lang].oneOf(
    ordinalOf(nthOfMonth(day), lang),
    NAMES[lang].weekdays[day.dayOfWeek - 1] ?? '',
  )

/** Returns whether a day is the first of its weekday in its month, the second… */
export const nthOfMonth = ({ day }: Temporal.PlainDate): number => Math.ceil(day / 7)

type Parts = ReadonlyMap<string, string>

const partsOf = (rrule: string): Parts =>
  new Map(
    rrule
      .toUpperCase()
      .split(';')
      .map((part) => part.split('=', 2))
      .map(([name = '', value = '']) => [name, value] as const),
  )

const listOf = (parts: Parts, name: string): string[] =>
  (parts.get(name) ?? '').split(',').filter((item) => item !== '')

const numbersOf = (parts: Parts, name: string): number[] => listOf(parts, name).map(Number)

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** A weekday from 1 for Monday, and which of a month it is: 1 is the first, -1 the last, 0 each. */
type RuleDay = { weekday: number; nth: number }

/** Reads BYDAY. A BYSETPOS with one weekday, as Outlook writes it, says which of the month it is. */
function weekdaysOf(parts: Parts): RuleDay[] | undefined {
  const days = listOf(parts, 'BYDAY').map((text) => ({
    weekday: DAYS.indexOf(text.slice(-2)) + 1,
    nth: Number(text.slice(0, -2) || 0),
  }))
  const positions = numbersOf(parts, 'BYSETPOS')
  const [only] = days
  if (positions.length === 0) return days
  return days.length === 1 && only?.nth === 0 && parts.get('FREQ') === 'MONTHLY'
    ? positions.map((nth) => ({ weekday: only.weekday, nth }))
    : undefined
}

/** What no sentence says. */
const UNSAID = ['BYYEARDAY', 'BYWEEKNO', 'BYHOUR', 'BYMINUTE', 'BYSECOND']

/** Returns the days of a rule in words; undefined where there are none for it. */
function daysOfRule(parts: Parts, start: Temporal.PlainDate, lang: Lang): string | undefined {
  const days = weekdaysOf(parts)
  if (!days || UNSAID.some((name) => parts.has(name))) return undefined
  const interval = Number(parts.get('INTERVAL') ?? 1)
  const monthDays = numbersOf(parts, 'BYMONTHDAY')
  if (days.length > 0 && monthDays.length > 0) return undefined
  const rule = { days, monthDays, interval, start, lang }
  switch (parts.get('FREQ')) {
    case 'DAILY':
      return monthDays.length > 0 ? undefined : daily(rule)
    case 'WEEKLY':
      return monthDays.length > 0 ? undefined : weekly(rule)
    case 'MONTHLY':
      return monthly(rule)
    case 'YEARLY':
      return days.length + listOf(parts, 'BYMONTH').length + monthDays.length > 0
        ? undefined
        : PHRASES[lang].yearly(interval, dayAndMonthText(start, lang))
    default:
      return undefined
  }
}

type RuleOfDays = {
  days: RuleDay[]
  monthDays: number[]
  interval: number
  start: Temporal.PlainDate
  lang: Lang
}

function daily({ days, interval, lang }: RuleOfDays): string | undefined {
  if (days.length === 0) return PHRASES[lang].daily(interval)
  return interval === 1 ? weekdaysText(days, lang) : undefined
}

function weekly({ days, interval, start, lang }: RuleOfDays): string | undefined {
  const said = days.length > 0 ? days : [{ weekday: start.dayOfWeek, nth: 0 }]
  if (said.some(({ nth }) => nth !== 0)) return undefined
  if (interval === 1) return weekdaysText(said, lang)
  return PHRASES[lang].someWeeks(interval, namesOf(said, lang))
}

/** Returns each of these weekdays: « tous les mardis et jeudis », « du lundi au vendredi », « tous les jours ». */
function weekdaysText(days: readonly RuleDay[], lang: Lang): string {
  const words = PHRASES[lang]
  const all = [...new Set(days.map(({ weekday }) => weekday))].sort().join('')
  if (all === '1234567') return words.daily(1)
  if (all === '12345') return words.workdays
  return words.each(namesOf(days, lang))
}

const namesOf = (days: readonly RuleDay[], lang: Lang): string[] =>
  [...new Set(days.map(({ weekday }) => weekday))]
    .sort()
    .map((weekday) => NAMES[lang].weekdays[weekday - 1] ?? '')

function monthly({ days, monthDays, interval, start, lang }: RuleOfDays): string | undefined {
  const words = PHRASES[lang]
  if (days.length === 0) {
    const said = monthDays.length > 0 ? monthDays : [start.day]
    if (said.some((day) => day < -1)) return undefined
    return words.ofMonth(interval, words.monthDays(said), true)
  }
  if (days.every(({ nth }) => nth === 0))
    return interval === 1 ? weekdaysText(days, lang) : undefined
  if (days.some(({ nth }) => nth === 0 || Math.abs(nth) > 5 || nth < -2)) return undefined
  return words.ofMonth(interval, nthText(days, lang), false)
}

/** Returns « le premier mardi », « les premier et troisième mardis », « le premier mardi et le dernier jeudi ». */
function nthText(days: readonly RuleDay[], lang: Lang): string {
  const nameOf = ({ weekday }: RuleDay) => NAMES[lang].weekdays[weekday - 1] ?? ''
  const [first] = days
  if (first && days.length > 1 && days.every(({ weekday }) => weekday === first.weekday))
    return PHRASES[lang].someOf(
      days.map(({ nth }) => ordinalOf(nth, lang)),
      nameOf(first),
    )
  return listText(
    days.map((day) => PHRASES[lang].oneOf(ordinalOf(day.nth, lang), nameOf(day))),
    lang,
  )
}

/** Says in which months a rule holds, or in which it does not, whichever are fewer. */
function monthsText(parts: Parts, lang: Lang): string {
  const months = numbersOf(parts, 'BYMONTH')
  if (months.length === 0) return ''
  const words = PHRASES[lang]
  const nameOf = (month: number) => NAMES[lang].months[month - 1] ?? ''
  const others = NAMES[lang].months.flatMap((name, at) => (months.includes(at + 1) ? [] : [name]))
  if (others.length === 0) return ''
  return others.length < 6
    ? `, ${words.except} ${words.inMonths(others)}`
    : `, ${words.inMonths([...months].sort((a, b) => a - b).map(nameOf))}`
}

/** Says when a rule ends. The year is said where it is a year or more after the first date. */
function endText(parts: Parts, start: Temporal.PlainDateTime, lang: Lang): string {
  const words = PHRASES[lang]
  const count = parts.get('COUNT')
  if (count !== undefined) return `, ${timesText(Number(count), lang)}`
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})/.exec(parts.get('UNTIL') ?? '') ?? []
  if (year === undefined) return ''
  const last = Temporal.PlainDate.from(`${year}-${month}-${day}`)
  const isNear = Temporal.PlainDate.compare(last, start.toPlainDate().add({ years: 1 })) < 0
  return `, ${words.until} ${isNear ? dayAndMonthText(last, lang) : plainDate(last, lang)}`
}

/** Says a list of dates without a rule. */
function listedWords({ include, start }: DescribedSeries, lang: Lang): string {
  const days = daysText(toDays([start, ...include]), lang)
  return `${days} ${PHRASES[lang].at} ${clock(Temporal.PlainDateTime.from(start), lang)}`
}

/** Names a few days; of many it says the number, the first and the last. */
function daysText(days: readonly Temporal.PlainDate[], lang: Lang): string {
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return ''
  if (days.length > NAMED_MAX)
    return PHRASES[lang].between(days.length, plainDate(first, lang), plainDate(last, lang))
  const months = [...Map.groupBy(days, ({ year, month }) => `${year}-${month}`).values()]
  return listText(
    months.map((ofMonth) =>
      PHRASES[lang].ofOneMonth(
        ofMonth.map(({ day }) => day),
        ofMonth[0] ?? first,
      ),
    ),
    lang,
  )
}
