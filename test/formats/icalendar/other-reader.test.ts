import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { HORIZON } from '../../../node/domain/cafes/horizon.ts'
import { type ImportedTime, toInstant } from '../../../node/domain/cafes/import.ts'
import { readICalendar } from '../../../node/formats/icalendar/read.ts'

/** Calendars as Google, Outlook, Apple, Nextcloud and OpenAgenda write them say the same to us and to ical.js. */

const NOW = Temporal.Instant.from('2026-09-01T00:00:00Z')
const PARIS = 'Europe/Paris'
const at = (name: string, time: string) => `${name};TZID=${PARIS}:${time}`
const day = (name: string, date: string) => `${name};VALUE=DATE:${date}`

/** Describes a date by its title, its beginning and its end in Paris. */
const describeDate = (title: string, start: string, end: string | undefined): string =>
  `${title} ${start} ${end === undefined || end === start ? 'no end' : end}`

function readByUs(text: string): string[] {
  const { rows } = readICalendar(text, { now: NOW, horizon: HORIZON, defaultTimezone: PARIS })
  const wall = (time: ImportedTime): string =>
    time.kind === 'date'
      ? time.date.toString()
      : toInstant(time, PARIS).toZonedDateTimeISO(PARIS).toPlainDateTime().toString()
  return rows
    .flatMap(({ cafe }) => cafe ?? [])
    .map(({ title, start, end, status }) =>
      describeDate(
        status === 'cancelled' ? `${title} (off)` : title,
        wall(start),
        end && wall(end),
      ),
    )
    .toSorted()
}

function readByIcalJs(text: string): string[] {
  const events = new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component))
  const wall = (time: ICAL.Time): string => {
    if (time.isDate) return time.toString()
    const local = Temporal.PlainDateTime.from(time.toString().replace('Z', ''))
    const isUtc = time.zone === ICAL.Timezone.utcTimezone
    const zoned = local.toZonedDateTime(isUtc ? 'UTC' : PARIS).withTimeZone(PARIS)
    return zoned.toPlainDateTime().toString()
  }
  const shown = (item: ICAL.Event, start: ICAL.Time, end: ICAL.Time): string => {
    const isOff = item.component.getFirstPropertyValue('status') === 'CANCELLED'
    return describeDate(isOff ? `${item.summary} (off)` : item.summary, wall(start), wall(end))
  }
  const dates: string[] = []
  const [changes, masters] = [true, false].map((isChange) =>
    events.filter((each) => each.isRecurrenceException() === isChange),
  )
  for (const event of masters ?? []) {
    for (const change of changes ?? []) if (change.uid === event.uid) event.relateException(change)
    if (!event.isRecurring()) {
      dates.push(shown(event, event.startDate, event.endDate))
      continue
    }
    const isEndless = /RRULE(?!.*(?:COUNT|UNTIL))/.test(event.component.toString())
    const last = NOW.add({ hours: 24 * (isEndless ? HORIZON.endlessDays : HORIZON.finiteDays) })
    const limit = last.toZonedDateTimeISO(PARIS).toPlainDateTime().toString()
    const iterator = event.iterator()
    for (let next = iterator.next(); next && wall(next) <= limit; next = iterator.next()) {
      const { item, startDate, endDate } = event.getOccurrenceDetails(next)
      dates.push(shown(item, startDate, endDate))
    }
  }
  return dates.toSorted()
}

/** Both read the hours of the zone by this definition, or by its name. */
const ZONE = [
  ...['BEGIN:VTIMEZONE', `TZID:${PARIS}`, 'BEGIN:DAYLIGHT', 'DTSTART:19810329T020000'],
  ...['RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200'],
  ...['END:DAYLIGHT', 'BEGIN:STANDARD', 'DTSTART:19961027T030000'],
  ...['RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100'],
  ...['END:STANDARD', 'END:VTIMEZONE'],
]

const START = at('DTSTART', '20260903T133000')
const END = at('DTEND', '20260903T150000')
const BASIC = ['UID:u1', 'SUMMARY:Café', START]
const date = (id: string, ...lines: string[]) => ['UID:u1', at('RECURRENCE-ID', id), ...lines]

test.each<[string, number, ...string[][]]>([
  ['one event, by its end', 1, [...BASIC, END]],
  ['one event, by its length', 1, [...BASIC, 'DURATION:PT1H30M']],
  [
    'a length in weeks, and one in seconds',
    2,
    [...BASIC, 'DURATION:P1W'],
    ['UID:u2', 'SUMMARY:B', START, 'DURATION:PT5400S'],
  ],
  ['an event without an end', 1, BASIC],
  ['UTC', 1, ['UID:u1', 'SUMMARY:Café', 'DTSTART:20260903T113000Z', 'DTEND:20260903T130000Z']],
  ['a time of no zone', 1, ['UID:u1', 'SUMMARY:Café', 'DTSTART:20260903T133000', 'DURATION:PT1H']],
  [
    'a whole day',
    1,
    ['UID:u1', 'SUMMARY:Café', day('DTSTART', '20260903'), day('DTEND', '20260904')],
  ],
  ['three whole days', 1, ['UID:u1', 'SUMMARY:Café', day('DTSTART', '20260903'), 'DURATION:P3D']],
  ['every week without an end', 9, [...BASIC, END, 'RRULE:FREQ=WEEKLY']],
  ['every week over both changes of the clocks', 40, [...BASIC, END, 'RRULE:FREQ=WEEKLY;COUNT=40']],
  [
    'every week in UTC',
    40,
    ['UID:u1', 'SUMMARY:Café', 'DTSTART:20260903T113000Z', 'RRULE:FREQ=WEEKLY;COUNT=40'],
  ],
  ['every day for a year', 363, [...BASIC, 'RRULE:FREQ=DAILY;COUNT=363']],
  [
    'every second week on two days',
    20,
    [...BASIC, END, 'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=MO;COUNT=20'],
  ],
  [
    'the first Thursday but in August',
    11,
    [
      ...BASIC,
      'RRULE:FREQ=MONTHLY;BYDAY=1TH;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;UNTIL=20270831T000000Z',
    ],
  ],
  [
    'the last Thursday',
    6,
    [
      'UID:u1',
      'SUMMARY:Café',
      at('DTSTART', '20260924T133000'),
      'RRULE:FREQ=MONTHLY;BYDAY=-1TH;COUNT=6',
    ],
  ],
  [
    'the last working day',
    6,
    [
      'UID:u1',
      'SUMMARY:Café',
      at('DTSTART', '20260930T133000'),
      'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=6',
    ],
  ],
  [
    'the 31st',
    5,
    [
      'UID:u1',
      'SUMMARY:Café',
      at('DTSTART', '20261031T133000'),
      'RRULE:FREQ=MONTHLY;BYMONTHDAY=31;COUNT=5',
    ],
  ],
  ['until an instant', 9, [...BASIC, END, 'RRULE:FREQ=WEEKLY;UNTIL=20261029T123000Z']],
  [
    'whole days',
    5,
    [
      'UID:u1',
      'SUMMARY:Café',
      day('DTSTART', '20260903'),
      day('DTEND', '20260904'),
      'RRULE:FREQ=WEEKLY;UNTIL=20261001',
    ],
  ],
  [
    'listed dates',
    4,
    [
      ...BASIC,
      END,
      `${at('RDATE', '20260903T133000')},20261001T133000,20270401T133000,20270701T093000`,
    ],
  ],
  [
    'a rule and listed dates',
    5,
    [...BASIC, END, 'RRULE:FREQ=WEEKLY;COUNT=4', at('RDATE', '20270401T133000')],
  ],
  [
    'exceptions',
    3,
    [
      ...BASIC,
      END,
      'RRULE:FREQ=WEEKLY;COUNT=5',
      at('EXDATE', '20260910T133000'),
      at('EXDATE', '20260924T133000'),
    ],
  ],
  [
    'a changed date',
    4,
    [...BASIC, END, 'RRULE:FREQ=WEEKLY;COUNT=4'],
    date(
      '20260910T133000',
      'SUMMARY:Ailleurs',
      at('DTSTART', '20260911T100000'),
      at('DTEND', '20260911T120000'),
    ),
  ],
  [
    'a cancelled date',
    4,
    [...BASIC, END, 'RRULE:FREQ=WEEKLY;COUNT=4'],
    date(
      '20260910T133000',
      'SUMMARY:Café',
      'STATUS:CANCELLED',
      at('DTSTART', '20260910T133000'),
      at('DTEND', '20260910T150000'),
    ),
  ],
  ['a cancelled series', 3, [...BASIC, END, 'STATUS:CANCELLED', 'RRULE:FREQ=WEEKLY;COUNT=3']],
  [
    'a date and those after',
    5,
    [...BASIC, END, 'RRULE:FREQ=WEEKLY;COUNT=5'],
    [
      'UID:u1',
      `RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=${PARIS}:20260917T133000`,
      'SUMMARY:Plus tard',
      at('DTSTART', '20260917T160000'),
      at('DTEND', '20260917T170000'),
    ],
  ],
  [
    'a title of 10,000 letters',
    1,
    ['UID:u1', `SUMMARY:${'a'.repeat(500)}`, START, `DESCRIPTION:${'mot '.repeat(2500)}`],
  ],
])('%s', (_, count, ...events) => {
  const lines = events.flatMap((event) => ['BEGIN:VEVENT', ...event, 'END:VEVENT'])
  const text = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:x',
    ...ZONE,
    ...lines,
    'END:VCALENDAR',
    '',
  ].join('\r\n')
  const ours = readByUs(text)
  expect(ours).toEqual(readByIcalJs(text))
  expect(ours).toHaveLength(count)
  // Line breaks of other systems, and lines folded in the middle of anything, change nothing.
  expect(readByUs(text.replaceAll('\r\n', '\n'))).toEqual(ours)
  expect(readByUs(text.replaceAll('\r\n', '\r'))).toEqual(ours)
  expect(readByUs(text.replaceAll(/([^\r\n]{20})(?=[^\r\n])/g, '$1\r\n '))).toEqual(ours)
})
