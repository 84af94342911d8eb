import { RRuleTemporal } from 'rrule-temporal'
import { type ImportedTime, toInstant } from '../../domain/cafes/import.ts'
import { stepsOf } from '../../domain/series/rule.ts'
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

const expanderOf = ({ text, start, zone, clock }: Rule): RRuleTemporal => {
  const parts = text.toUpperCase().split(';')
  return new RRuleTemporal({
    rruleString: `RRULE:${parts.map((part) => inRuleTerms(part, start, zone, clock)).join(';')}`,
    dtstart: toZoned(start, zone),
    maxIterations: stepsOf(text),
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
