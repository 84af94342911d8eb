import type { PartWriter } from '../web/parts.ts'
import { type CalendarFeed, toICalendar } from './icalendar.ts'

const FIRST_EVENT = '\r\nBEGIN:VEVENT\r\n'
const END = 'END:VCALENDAR\r\n'

/**
 * Writes the calendar of `toICalendar` a part at a time. It can be cut at its marks: a continued line of a text begins
 * with a space (RFC 5545 §3.1), so that no title can look like one.
 */
export function icalendarParts(feed: CalendarFeed): PartWriter {
  const empty = toICalendar([], feed)
  return {
    head: empty.slice(0, empty.lastIndexOf(END)),
    part: (cafes) => {
      if (cafes.length === 0) return ''
      const whole = toICalendar([...cafes], feed)
      return whole.slice(whole.indexOf(FIRST_EVENT) + 2, whole.lastIndexOf(END))
    },
    foot: () => END,
  }
}
