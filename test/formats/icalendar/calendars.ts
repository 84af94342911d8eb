import { readFileSync } from 'node:fs'
import { HORIZON } from '../../../node/domain/cafes/horizon.ts'
import { type ImportedCafe, type ImportRow, toInstant } from '../../../node/domain/cafes/import.ts'
import {
  type CalendarReading,
  readICalendar as readCalendar,
} from '../../../node/formats/icalendar/read.ts'

export const reading = {
  now: Temporal.Instant.from('2026-11-01T00:00:00Z'),
  horizon: HORIZON,
  defaultTimezone: 'Europe/Paris',
}
export const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../fixtures/ical/${name}`, import.meta.url))
export const readICalendar = (stream: string | Uint8Array, reading: CalendarReading): ImportRow[] =>
  readCalendar(stream, reading).rows
export const read = (name: string): ImportRow[] => readICalendar(fixture(name), reading)
export const cafesOf = (rows: ImportRow[]): ImportedCafe[] =>
  rows.map((row) => row.cafe).filter((cafe) => cafe !== undefined)
export const cafeOf = (rows: ImportRow[]): ImportedCafe => {
  const [cafe, ...others] = cafesOf(rows)
  if (!cafe || others.length > 0) throw new Error(`one café expected, not ${others.length + 1}`)
  return cafe
}
export const startOf = (cafe: ImportedCafe): string =>
  toInstant(cafe.start, 'Europe/Paris').toString()

/** Returns a calendar with one event, which has these lines after UID, SUMMARY and DTSTART. */
export const calendar = (lines: string[], eol = '\r\n'): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join(
    eol,
  )
export const event = (...lines: string[]): string =>
  calendar(['UID:u1', 'SUMMARY:Café IA', 'DTSTART;TZID=Europe/Paris:20261203T183000', ...lines])
