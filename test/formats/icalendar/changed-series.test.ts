import { describe, expect, test } from 'vitest'
import { HORIZON } from '../../../node/domain/cafes/horizon.ts'
import { toInstant } from '../../../node/domain/cafes/import.ts'
import { readICalendar } from '../../../node/formats/icalendar/read.ts'

/** A series on Tuesdays at 18:00 in Paris, five times from 1 December 2026. */
const SERIES = [
  'UID:mardis@lieu.example',
  'SUMMARY:Café du mardi',
  'DTSTART;TZID=Europe/Paris:20261201T180000',
  'DTEND;TZID=Europe/Paris:20261201T193000',
  'RRULE:FREQ=WEEKLY;COUNT=5',
]
const change = (id: string, ...lines: string[]) => [
  'UID:mardis@lieu.example',
  `RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:${id}`,
  ...lines,
]

/**
 * Describes each date of the calendar by its title, its wall time in Paris and its minutes; a cancelled date is
 * described by its original start.
 */
function read(...events: string[][]): string[] {
  const lines = events.flatMap((event) => ['BEGIN:VEVENT', ...event, 'END:VEVENT'])
  const { rows } = readICalendar(
    ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n'),
    {
      now: Temporal.Instant.from('2026-11-28T00:00:00Z'),
      horizon: HORIZON,
      defaultTimezone: 'Europe/Paris',
    },
  )
  return rows.map(({ cafe, withdrawn, problems }) => {
    if (!cafe) return withdrawn ? `off ${withdrawn.recurrenceId}` : JSON.stringify(problems)
    const start = toInstant(cafe.start, 'Europe/Paris')
    const minutes = cafe.end && start.until(toInstant(cafe.end, 'Europe/Paris')).total('minutes')
    const wall = start.toZonedDateTimeISO('Europe/Paris').toPlainDateTime()
    return [cafe.title, wall, minutes, cafe.status === 'cancelled' ? 'cancelled' : []]
      .flat()
      .join(' ')
  })
}

test('a rule of exceptions takes its dates out', () => {
  expect(read([...SERIES, 'EXRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3'])).toEqual([
    'Café du mardi 2026-12-08T18:00:00 90',
    'Café du mardi 2026-12-22T18:00:00 90',
    'off 20261201T170000Z',
    'off 20261215T170000Z',
    'off 20261229T170000Z',
  ])
})

test('a rule of exceptions that cannot be read refuses the series, with what it says', () => {
  expect(read([...SERIES, 'EXRULE:FREQ=SECONDLY'])).toEqual([
    JSON.stringify([{ field: 'recurrence', code: 'invalid', detail: 'FREQ=SECONDLY' }]),
  ])
})

test('a change of a date and those after gives them its words, its hour and its length', () => {
  const moved = change(
    '20261215T180000',
    'SUMMARY:Café du mercredi',
    'DTSTART;TZID=Europe/Paris:20261216T200000',
    'DURATION:PT1H',
  )
  expect(read(SERIES, moved)).toEqual([
    'Café du mardi 2026-12-01T18:00:00 90',
    'Café du mardi 2026-12-08T18:00:00 90',
    'Café du mercredi 2026-12-16T20:00:00 60',
    'Café du mercredi 2026-12-23T20:00:00 60',
    'Café du mercredi 2026-12-30T20:00:00 60',
  ])
})

test('of two changes of a series the later one applies from its date on, and a single date may still differ', () => {
  const start = (day: string, hour: string) => `DTSTART;TZID=Europe/Paris:202612${day}T${hour}0000`
  const first = change('20261208T180000', 'SUMMARY:Plus tard', start('08', '20'), 'DURATION:PT1H')
  const second = change('20261222T180000', 'SUMMARY:Plus tôt', start('22', '16'), 'DURATION:PT1H')
  const one = [
    'UID:mardis@lieu.example',
    'RECURRENCE-ID;TZID=Europe/Paris:20261215T180000',
    'SUMMARY:Ce jour seul',
    start('15', '12'),
    'DURATION:PT2H',
  ]
  expect(read(SERIES, second, one, first).toSorted()).toEqual([
    'Café du mardi 2026-12-01T18:00:00 90',
    'Ce jour seul 2026-12-15T12:00:00 120',
    'Plus tard 2026-12-08T20:00:00 60',
    'Plus tôt 2026-12-22T16:00:00 60',
    'Plus tôt 2026-12-29T16:00:00 60',
  ])
})

test('a change that began before now stands for the dates to come', () => {
  const past = [
    ...SERIES.slice(0, 2),
    'DTSTART;TZID=Europe/Paris:20261103T180000',
    'DURATION:PT90M',
    'RRULE:FREQ=WEEKLY;COUNT=6',
  ]
  const moved = change(
    '20261117T180000',
    'SUMMARY:Autre salle',
    'DTSTART;TZID=Europe/Paris:20261117T180000',
    'DURATION:PT90M',
  )
  expect(read(past, moved)).toEqual([
    'Autre salle 2026-12-01T18:00:00 90',
    'Autre salle 2026-12-08T18:00:00 90',
  ])
})

test('a change may cancel a date and those after, or take them away', () => {
  const before = ['01', '08', '15'].map((day) => `Café du mardi 2026-12-${day}T18:00:00 90`)
  const start = 'DTSTART;TZID=Europe/Paris:20261222T180000'
  const cancelled = change('20261222T180000', 'STATUS:CANCELLED', start, 'DURATION:PT90M')
  expect(read(SERIES, cancelled)).toEqual([
    ...before,
    'Café du mardi 2026-12-22T18:00:00 90 cancelled',
    'Café du mardi 2026-12-29T18:00:00 90 cancelled',
  ])
  expect(read(SERIES, change('20261222T180000', 'STATUS:CANCELLED'))).toEqual([
    ...before,
    'off 20261222T170000Z',
    'off 20261229T170000Z',
  ])
})

const moved = (...lines: string[]) => [
  'UID:mardis@lieu.example',
  'RECURRENCE-ID;TZID=Europe/Paris:20261215T180000',
  'SUMMARY:Déplacé',
  'DTSTART;TZID=Europe/Paris:20261216T200000',
  ...lines,
]
const EXCLUDED = 'EXDATE;TZID=Europe/Paris:20261215T180000'
const stands = (...events: string[][]) => read(...events).some((date) => date.startsWith('Déplacé'))

test.each<[boolean, string[], string[]]>([
  [false, ['LAST-MODIFIED:20261120T080000Z'], ['LAST-MODIFIED:20261110T080000Z']],
  [false, ['DTSTAMP:20261120T080000Z'], ['DTSTAMP:20261110T080000Z']],
  [false, ['SEQUENCE:3'], ['SEQUENCE:2']],
  // Their SEQUENCEs are counted apart: the moment tells.
  [true, ['SEQUENCE:3', 'DTSTAMP:20261101T080000Z'], ['DTSTAMP:20261110T080000Z']],
  // Some programs exclude each date that they moved, in one go.
  [true, [], []],
  [true, ['DTSTAMP:20261120T080000Z'], ['DTSTAMP:20261120T080000Z']],
])(
  'that a moved date stands although it is excluded is %s of %j and %j',
  (isHeld, ofSeries, ofDate) => {
    const series = [...SERIES, EXCLUDED, ...ofSeries]
    expect(stands(series, moved(...ofDate))).toBe(isHeld)
    expect(stands(moved(...ofDate), series)).toBe(isHeld)
    if (!isHeld) expect(read(series, moved(...ofDate))).toContain('off 20261215T170000Z')
  },
)

describe('several VCALENDARs with one UID', () => {
  const inCalendars = (...events: string[][]) =>
    events
      .map((event) =>
        ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...event, 'END:VEVENT', 'END:VCALENDAR', ''].join('\n'),
      )
      .join('')
  const rowsOf = (...events: string[][]) =>
    readICalendar(inCalendars(...events), {
      now: Temporal.Instant.from('2026-11-28T00:00:00Z'),
      horizon: HORIZON,
      defaultTimezone: 'Europe/Paris',
    }).rows.map(({ cafe, aside }) =>
      cafe ? `${cafe.title} ${toInstant(cafe.start, 'Europe/Paris')}` : aside,
    )
  const once = (day: string, ...lines: string[]) => [
    'UID:mardis@lieu.example',
    `SUMMARY:Le ${day}`,
    `DTSTART:202612${day}T170000Z`,
    ...lines,
  ]

  test.each<[string, string[], string[]]>([
    ['the higher SEQUENCE', once('04', 'SEQUENCE:2'), [...SERIES, 'SEQUENCE:1']],
    [
      'the later change',
      once('04', 'LAST-MODIFIED:20261110T080000Z'),
      [...SERIES, 'LAST-MODIFIED:20261101T080000Z'],
    ],
    [
      'the later stamp',
      once('04', 'DTSTAMP:20261110T080000Z'),
      once('11', 'DTSTAMP:20261101T080000Z'),
    ],
  ])('are one event, by %s', (_, later, earlier) => {
    const expected = ['Le 04 2026-12-04T17:00:00Z', 'repeated']
    expect(rowsOf(later, earlier).toSorted()).toEqual(expected)
    expect(rowsOf(earlier, later).toSorted()).toEqual(expected)
  })

  test('that say nothing of which is later are read in the same way whichever comes first', () => {
    expect(rowsOf(SERIES, once('04')).toSorted()).toEqual(rowsOf(once('04'), SERIES).toSorted())
    const [one, other] = [once('04'), once('04', 'LOCATION:Die')]
    expect(rowsOf(one, other).toSorted()).toEqual(rowsOf(other, one).toSorted())
  })

  test('are a series and its changed date, each as its own program exports it', () => {
    const dates = rowsOf(SERIES, moved())
    expect(dates).toHaveLength(5)
    expect(dates).toContain('Déplacé 2026-12-16T19:00:00Z')
    expect(rowsOf(moved(), SERIES).toSorted()).toEqual(dates.toSorted())
  })
})
