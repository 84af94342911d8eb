import ical, { type ICalCalendar, ICalCalendarMethod, type ICalEvent } from 'ical-generator'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import {
  dayOf,
  instantOf,
  listIncluded,
  listRuleDatesAround,
  type Recurrence,
  type WallTime,
} from '../../domain/series/recurrence.ts'
import { addEvent, PRODUCT, sequenceOf } from './icalendar.ts'
import { toZoneDefinition } from './zone-definition.ts'

/** A series as its calendar file has it. */
export type CalendarSeries = {
  /** The UID of its one event. */
  uid: string
  recurrence: Recurrence
  /** IANA zone of the place. */
  timezone: string
  /** When it takes place, in words. */
  words: string
  /** What each date is, at the first one. */
  sample: Cafe
  /**
   * The dates that have a café, by the wall time that the rule gives them: one that is otherwise than `sample` has an
   * event of its own, and one without a café does not take place.
   */
  dates: readonly { date: WallTime; cafe: Cafe | undefined; isOtherwise: boolean }[]
}

/**
 * Writes a series as one event that repeats by the clock of its place (RRULE, EXDATE, VTIMEZONE), with an event of the
 * same UID for each date that was changed (RECURRENCE-ID). Dates that are in no rule are single events, since neither
 * Outlook nor Google Calendar reads RDATE.
 */
export function toSeriesCalendar(series: CalendarSeries): string {
  const { recurrence, timezone, sample, words, uid, dates } = series
  const { rrule, start } = recurrence
  // The clocks of the first dates are those of the change of the year before.
  const calendar = ical({ prodId: PRODUCT, method: ICalCalendarMethod.PUBLISH })
  const { year } = Temporal.PlainDateTime.from(start)
  calendar.timezone({ name: null, generator: (zone) => toZoneDefinition(zone, year - 1) })
  const included = listSingles(recurrence)
  const byDate = new Map(dates.map((each) => [each.date, each]))
  if (rrule !== undefined) {
    const removed = dates.filter(({ cafe, date }) => !cafe && !included.includes(date))
    const left = [
      ...recurrence.exclude.map((day) => day + start.slice(10)),
      ...removed.map(({ date }) => date),
    ]
    addEvent(calendar, sample, words)
      .id(uid)
      .sequence(sequenceOfSeries(sample))
      .timezone(timezone)
      .repeating([ruleLine(rrule, start, timezone), ...exclusionLines(left, timezone)].join('\n'))
    for (const { date, cafe, isOtherwise } of dates)
      if (cafe && isOtherwise && date >= start && !included.includes(date))
        addDate(calendar, series, cafe).id(uid).recurrenceId(instantOf(date, timezone))
  }
  // An edit of the dates that follow one leaves those before it as they were, and the rule begins after them.
  const before = dates.filter(({ date }) => date < start && !included.includes(date))
  const singles = [...before.map(({ date }) => date), ...included]
  for (const date of singles) addSingle(calendar, series, { date, made: byDate.get(date) })
  return `${calendar.toString()}\r\n`
}

/** Lists the dates that no rule has; those that a rule has too are left to it. */
function listSingles({ rrule, start, include, exclude }: Recurrence): WallTime[] {
  const dates = [
    ...(rrule === undefined ? [start] : []),
    ...listIncluded({ start, include }),
  ].sort()
  const ruled = rrule === undefined ? [] : listRuleDatesAround({ start, rrule }, dates.map(dayOf))
  return [...new Set(dates).difference(new Set(ruled))].filter(
    (date) => !exclude.includes(dayOf(date)),
  )
}

type Single = { date: WallTime; made: CalendarSeries['dates'][number] | undefined }

function addSingle(calendar: ICalCalendar, series: CalendarSeries, { date, made }: Single): void {
  const { uid, sample, timezone } = series
  if (made && !made.cafe) return
  const startsAt = instantOf(date, timezone)
  const minutes = sample.startsAt.until(sample.endsAt).total('minutes')
  const cafe = made?.cafe ?? { ...sample, startsAt, endsAt: startsAt.add({ minutes }) }
  addDate(calendar, series, cafe).id(`${date.replaceAll(/[-:]/g, '')}-${uid}`)
}

/**
 * Adds a date that is an event of its own. Its SEQUENCE is never below that of the series: calendars keep the older event
 * where a date falls behind, whether it was in the rule before or its café was only then made.
 */
function addDate(
  calendar: ICalCalendar,
  { sample, timezone }: CalendarSeries,
  cafe: Cafe,
): ICalEvent {
  const event = addEvent(calendar, cafe).timezone(timezone)
  return event.sequence(Math.max(event.sequence(), sequenceOfSeries(sample)))
}

/** From when the revisions of series are counted: the first café of a series, whose publication says it, may be deleted. */
const COUNTED_FROM = Temporal.Instant.from('2026-01-01T00:00:00Z')

const sequenceOfSeries = ({ updatedAt }: Cafe): number =>
  sequenceOf({ publishedAt: COUNTED_FROM, updatedAt })

/** Writes RRULE. Its UNTIL is an instant, as RFC 5545 §3.3.10 asks for where the event has a zone. */
function ruleLine(rrule: string, start: WallTime, timezone: string): string {
  return `RRULE:${rrule.replace(/UNTIL=(\d{4})(\d{2})(\d{2})(?=;|$)/, (_, year, month, day) => {
    const last = instantOf(`${year}-${month}-${day}${start.slice(10)}`, timezone)
    return `UNTIL=${last.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}`
  })}`
}

const exclusionLines = (dates: readonly WallTime[], timezone: string): string[] =>
  dates.length === 0
    ? []
    : [
        `EXDATE;TZID=${timezone}:${dates.map((date) => `${date.replaceAll(/[-:]/g, '')}00`).join(',')}`,
      ]
