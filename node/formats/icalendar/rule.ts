import { RRuleTemporal } from 'rrule-temporal'
import { type ImportedTime, toInstant } from '../../domain/cafes/import.ts'
import { type Clock, parseTime, toRecurrenceId, wallDate } from './times.ts'

/** A rule of a series (RFC 5545 §3.3.10), in the terms of its first date. */
export type Rule = {
  /** For example `FREQ=WEEKLY;COUNT=3`, without blanks. */
  text: string
  start: ImportedTime
  /** The IANA zone by whose clock it repeats. */
  zone: string
  clock: Clock
}

/** Returns whether a rule has neither a number of dates nor a last day. */
export const isEndless = (text: string): boolean => !/(?:^|;)(?:COUNT|UNTIL)=/i.test(text)

/** More times a day than this are no rule of a café, and cost as many dates. */
const MOST_TIMES_A_DAY = 24

const isBetween = (text: string, least: number, most: number): boolean =>
  /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most

/** Returns a check of a list of numbers, each of which may count from the end. */
const eachUpTo = (most: number) => (value: string) =>
  itemsOf(value).every((item) => isBetween(item.replace(/^[+-]/, ''), 1, most))

const eachBetween = (least: number, most: number) => (value: string) =>
  itemsOf(value).every((item) => isBetween(item, least, most))

/** Some programs write a comma at the end of a list. */
const itemsOf = (value: string): string[] => value.split(',').filter((item) => item !== '')

const DAY = /^(?:[+-]?(\d{1,2}))?(?:MO|TU|WE|TH|FR|SA|SU)$/

const isDayList = (value: string, parts: ReadonlyMap<string, string>): boolean =>
  itemsOf(value).every((item) => {
    const day = DAY.exec(item)
    const most = parts.get('FREQ') === 'MONTHLY' ? 5 : 53
    return day !== null && (day[1] === undefined || isBetween(day[1], 1, most))
  })

type Check = (value: string, parts: ReadonlyMap<string, string>) => boolean

/** What each part of a rule may be (RFC 5545 §3.3.10). Rules that repeat more often than daily are of no café. */
const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['FREQ', (value) => /^(?:DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(value)],
  ['COUNT', (value) => isBetween(value, 1, 999_999_999)],
  ['INTERVAL', (value) => isBetween(value, 1, 9999)],
  ['UNTIL', (value) => /^\d{8}(?:T\d{6}Z?)?$/.test(value)],
  ['BYDAY', isDayList],
  ['BYMONTHDAY', eachUpTo(31)],
  ['BYYEARDAY', eachUpTo(366)],
  ['BYWEEKNO', eachUpTo(53)],
  ['BYSETPOS', eachUpTo(366)],
  ['BYMONTH', eachBetween(1, 12)],
  ['BYHOUR', eachBetween(0, 23)],
  ['BYMINUTE', eachBetween(0, 59)],
  ['BYSECOND', eachBetween(0, 60)],
  ['WKST', (value) => /^(?:MO|TU|WE|TH|FR|SA|SU)$/.test(value)],
])

/**
 * Finds the part of a rule that is not understood, such as `COUNT=-1`; the whole rule where it does not say how often it
 * repeats, or asks for more than 24 times a day. Parts of unknown names are passed over, as RFC 2445 allowed them.
 */
export function findRuleFault(text: string): string | undefined {
  const parts = new Map<string, string>()
  for (const part of text.toUpperCase().split(';')) {
    const [name = '', value = ''] = part.split('=', 2)
    if (CHECKS.has(name) && parts.has(name)) return part
    parts.set(name, value)
  }
  const wrong = [...parts].find(([name, value]) => CHECKS.get(name)?.(value, parts) === false)
  if (wrong) return wrong.join('=')
  const timesADay = ['BYHOUR', 'BYMINUTE', 'BYSECOND']
    .map((name) => itemsOf(parts.get(name) ?? '').length || 1)
    .reduce((product, count) => product * count, 1)
  return parts.has('FREQ') && timesADay <= MOST_TIMES_A_DAY ? undefined : text
}

/**
 * Lists the dates of a rule from the day before `from` to `until`.
 * @returns undefined when it needs more steps than any calendar does.
 */
export function listRuleDates(
  rule: Rule,
  from: Temporal.Instant,
  until: Temporal.Instant,
): ImportedTime[] | undefined {
  const { start, zone } = rule
  try {
    return expanderOf(rule)
      .between(
        from.toZonedDateTimeISO(zone).subtract({ days: 1 }),
        until.toZonedDateTimeISO(zone),
        true,
      )
      .map((zoned) => fromZoned(zoned as Temporal.ZonedDateTime, start))
  } catch {
    return undefined
  }
}

/** Finds the first date of a rule after an instant; undefined also where it takes more steps. */
export function findNextDate(rule: Rule, after: Temporal.Instant): ImportedTime | undefined {
  try {
    const next = expanderOf(rule).next(after.toZonedDateTimeISO(rule.zone))
    return next ? fromZoned(next as Temporal.ZonedDateTime, rule.start) : undefined
  } catch {
    return undefined
  }
}

/**
 * As many dates as fifty years have days. The library counts days, weeks, months or years, each of which may have a date
 * for every hour of its days.
 */
const MOST_DATES = 20_000

const DAYS_OF: Record<string, number> = { WEEKLY: 7, MONTHLY: 31, YEARLY: 366 }
const DAY_LIST = /^(?:BYDAY|BYMONTHDAY|BYYEARDAY|BYWEEKNO|BYMONTH)=/
const TIME_LIST = /^(?:BYHOUR|BYMINUTE|BYSECOND)=(.*)/

/** Returns how many dates one step of a rule may have at most. */
function datesInStep(parts: readonly string[]): number {
  const frequency = parts.find((part) => part.startsWith('FREQ='))?.slice('FREQ='.length) ?? ''
  const days = parts.some((part) => DAY_LIST.test(part)) ? (DAYS_OF[frequency] ?? 1) : 1
  return parts
    .flatMap((part) => TIME_LIST.exec(part)?.[1] ?? [])
    .reduce((product, list) => product * (itemsOf(list).length || 1), days)
}

const expanderOf = ({ text, start, zone, clock }: Rule): RRuleTemporal => {
  const parts = text.toUpperCase().split(';')
  return new RRuleTemporal({
    rruleString: `RRULE:${parts.map((part) => inRuleTerms(part, start, zone, clock)).join(';')}`,
    dtstart: toZoned(start, zone),
    maxIterations: Math.ceil(MOST_DATES / datesInStep(parts)),
  })
}

/**
 * Rewrites UNTIL as the rule needs it: a date for dates, otherwise UTC; Outlook writes UTC for dates, others wall time.
 */
function inRuleTerms(part: string, start: ImportedTime, zone: string, clock: Clock): string {
  if (!part.startsWith('UNTIL=')) return part
  const value = part.slice('UNTIL='.length)
  const until = parseTime(
    { name: 'UNTIL', params: new Map(), value },
    { ...clock, floating: start.kind === 'local' ? zone : clock.floating },
  )
  if (!until) return part
  if (start.kind === 'date') {
    const date = until.kind === 'date' ? until.date : wallDate(until, clock.timezone)
    return `UNTIL=${date.toString().replaceAll('-', '')}T000000Z`
  }
  if (until.kind !== 'date') return `UNTIL=${toRecurrenceId(until, zone)}`
  const lastMoment = until.date.toZonedDateTime({ timeZone: zone, plainTime: '23:59:59' })
  return `UNTIL=${toRecurrenceId({ kind: 'instant', instant: lastMoment.toInstant(), timezone: zone }, zone)}`
}

const toZoned = (time: ImportedTime, zone: string): Temporal.ZonedDateTime =>
  time.kind === 'date'
    ? time.date.toZonedDateTime('UTC')
    : toInstant(time, zone).toZonedDateTimeISO(zone)

function fromZoned(zoned: Temporal.ZonedDateTime, like: ImportedTime): ImportedTime {
  if (like.kind === 'date') return { kind: 'date', date: zoned.toPlainDate() }
  if (like.kind === 'instant') return { ...like, instant: zoned.toInstant() }
  return { ...like, dateTime: zoned.toPlainDateTime() }
}
