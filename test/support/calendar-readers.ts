import { createRequire } from 'node:module'

/** What a reader shows of one event: its beginning and its end in UTC, and its title. */
type ShownEvent = { start: string; end: string; title: string }

// Neither package has types, and FullCalendar's imports ical.js in a way that only CommonJS resolves.
const require = createRequire(import.meta.url)

type Time = { toJSDate(): Date }
type Expanded = { startDate: Time; endDate: Time; summary: string; item?: { summary: string } }
type Expander = {
  between(after: Date, before: Date): { events: Expanded[]; occurrences: Expanded[] }
}

type FullCalendarEvent = { start: string; end: string; title: string }
type EventSource = {
  fetch(
    asked: { eventSource: { meta: { url: string } }; range: { start: Date; end: Date } },
    onEvents: (answer: { rawEvents: FullCalendarEvent[] }) => void,
    onError: (error: unknown) => void,
  ): void
}

const RANGE = { start: new Date('2026-01-01'), end: new Date('2099-01-01') }
const utc = (date: Date): string => date.toISOString().replace('.000', '')
const sorted = (events: ShownEvent[]): ShownEvent[] =>
  events.sort((a, b) => (a.start + a.title < b.start + b.title ? -1 : 1))

/** Lists what ical-expander, with its own version of ical.js, makes of a calendar; earliest first. */
export function readByExpander(text: string): ShownEvent[] {
  const Expander: new (options: { ics: string; maxIterations: number }) => Expander =
    require('ical-expander')
  const { events, occurrences } = new Expander({ ics: text, maxIterations: 10_000 }).between(
    RANGE.start,
    RANGE.end,
  )
  return sorted(
    [...events, ...occurrences].map(({ startDate, endDate, summary, item }) => ({
      start: utc(startDate.toJSDate()),
      end: utc(endDate.toJSDate()),
      title: item?.summary ?? summary,
    })),
  )
}

/** Lists what FullCalendar's iCalendar plugin shows of the calendar at an address; earliest first. */
export async function readByFullCalendar(url: string): Promise<ShownEvent[]> {
  const { default: plugin } = require('@fullcalendar/icalendar') as {
    default: { eventSourceDefs: [EventSource] }
  }
  const [source] = plugin.eventSourceDefs
  const { rawEvents } = await new Promise<{ rawEvents: FullCalendarEvent[] }>((resolve, reject) =>
    source.fetch({ eventSource: { meta: { url } }, range: RANGE }, resolve, reject),
  )
  return sorted(rawEvents.map(({ start, end, title }) => ({ start, end, title })))
}
