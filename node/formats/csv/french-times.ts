import { toPlainWords } from './plain-text.ts'

/** A time in a cell: a date, an hour, both, or an instant with its offset. */
export type Moment = {
  date: Temporal.PlainDate | undefined
  time: Temporal.PlainTime | undefined
  endTime: Temporal.PlainTime | undefined
  instant: Temporal.Instant | undefined
}

const WEEKDAYS = ['lun', 'mar', 'mer', 'jeu', 'ven', 'sam', 'dim']
const MONTHS = 'janv|fevr?|mars|avr|mai|juin|juil|aout|sept?|oct|nov|dec'.split('|')

const ISO_DATE = /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?!\d)/
const NUMBERS = /^(?<day>\d{1,2})[/.-](?<month>\d{1,2})[/.-](?<year>\d{4}|\d{2})(?!\d)/
const WORDS = new RegExp(
  `^(?<day>\\d{1,2})(?:er)?\\s+(?<name>${MONTHS.map((month) => `${month}[a-z]*`).join('|')})\\.?\\s+(?<year>\\d{4}|\\d{2})(?!\\d)`,
)
const WEEKDAY = new RegExp(`^(?<weekday>${WEEKDAYS.join('|')})[a-z]*\\.?,?\\s+`)
const TIME =
  /^(?<hour>\d{1,2})\s*(?:(?:h|:|\.|heures?)\s*(?:(?<minute>\d{2})(?:\s*min)?(?::\d{2})?)?)?(?![\d/])/

/**
 * Reads a date, an hour or both, as people write them in French tables: `03/12/2026`, `3/12/26`, `jeudi 3 décembre
 * 2026`, `2026-12-03`, `18h30`, `18 h 30`, `18:30`, `18.30`, `18h30-20h`, `3 décembre 2026 à 18 h 30`, ISO 8601 with an
 * offset. Undefined for anything else: an unknown word, a 31 February, a weekday that does not match the date.
 */
export function parseMoment(text: string): Moment | undefined {
  const nothing = { date: undefined, time: undefined, endTime: undefined, instant: undefined }
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)(?:\[[\w/]+\])?$/i.test(text.trim())) {
    const instant = attempt(() => Temporal.Instant.from(text.trim()))
    return instant && { ...nothing, instant }
  }
  const dated = takeDate(toPlainWords(text).replace(/^le\s+/, ''))
  if (!dated) return undefined
  const { date, rest } = dated
  if (rest === '') return date && { ...nothing, date }
  const first = takeTime(rest.replace(/^(?:de|des|a partir de)\s+/, ''))
  if (!first) return undefined
  if (first.rest === '') return { ...nothing, date, time: first.time }
  const second = takeTime(first.rest.replace(/^(?:-|–|—|a|jusqu.?a|\/)\s*/, ''))
  if (second?.rest !== '') return undefined
  return { ...nothing, date, time: first.time, endTime: second.time }
}

/** Reads minutes from `90`, `90 min`, `1h30`, `1 h 30`, `2 heures`, `1:30`. */
export function parseMinutes(text: string): number | undefined {
  const match =
    /^(?:(\d{1,2})\s*(?:h|:|heures?)\s*)?(?:(\d{1,3})\s*(?:min|mn|minutes?|:00)?)?$/.exec(
      toPlainWords(text),
    )
  const minutes = Number(match?.[1] ?? 0) * 60 + Number(match?.[2] ?? 0)
  return minutes > 0 ? minutes : undefined
}

function takeDate(
  text: string,
): { date: Temporal.PlainDate | undefined; rest: string } | undefined {
  const weekday = WEEKDAY.exec(text)
  const after = text.slice(weekday?.[0].length ?? 0)
  const match = ISO_DATE.exec(after) ?? NUMBERS.exec(after) ?? WORDS.exec(after)
  if (!match?.groups) return weekday ? undefined : { date: undefined, rest: text }
  const { year = '', month, day, name = '' } = match.groups
  const date = attempt(() =>
    Temporal.PlainDate.from(
      {
        year: Number(year) + (year.length === 2 ? 2000 : 0),
        month: month ? Number(month) : monthOf(name),
        day: Number(day),
      },
      { overflow: 'reject' },
    ),
  )
  if (!date) return undefined
  const said = weekday?.groups?.weekday
  if (said && WEEKDAYS[date.dayOfWeek - 1] !== said) return undefined
  const rest = after.slice(match[0].length).replace(/^(?:t(?=\d)|[\s,]*(?:a|de)\s+|[\s,:-]+)/, '')
  return { date, rest }
}

const monthOf = (name: string): number =>
  MONTHS.findIndex((month) => new RegExp(`^(?:${month})`).test(name)) + 1

function takeTime(text: string): { time: Temporal.PlainTime; rest: string } | undefined {
  const words = text.replace(/^midi\b/, '12h').replace(/^minuit\b/, '0h')
  const match = TIME.exec(words)
  if (!match?.groups) return undefined
  const { hour, minute = '0' } = match.groups
  const time = attempt(() =>
    Temporal.PlainTime.from({ hour: Number(hour), minute: Number(minute) }, { overflow: 'reject' }),
  )
  return time && { time, rest: words.slice(match[0].length).trim() }
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
