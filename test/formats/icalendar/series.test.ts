import { describe, expect, test } from 'vitest'
import { HORIZON } from '../../../node/domain/cafes/horizon.ts'
import { readICalendar as readCalendar } from '../../../node/formats/icalendar/read.ts'
import { minutesBetween } from '../../../node/formats/icalendar/times.ts'
import { cpuTimeOf } from '../../support/cpu-time.ts'
import { MEASURED } from '../../support/measured.ts'
import { cafesOf, calendar, readICalendar, reading, startOf } from './calendars.ts'

/** Each hour of the day: as many as a rule may name. */
const HOURS = Array.from({ length: 24 }, (_, hour) => hour).join(',')

describe('series', () => {
  const series = (start: string, ...lines: string[]) =>
    calendar(['UID:s1', 'SUMMARY:Café du jeudi', start, ...lines])
  const starts = (text: string, now: string, endlessDays = 60) =>
    cafesOf(
      readICalendar(text, {
        ...reading,
        now: Temporal.Instant.from(now),
        horizon: { ...HORIZON, endlessDays },
      }),
    ).map(startOf)

  test('Thursdays at 13:30 in Paris stay at 13:30 over both changes of the clocks', () => {
    const text = series('DTSTART;TZID=Europe/Paris:20261001T133000', 'RRULE:FREQ=WEEKLY;BYDAY=TH')
    expect(starts(text, '2026-10-20T00:00:00Z', 14)).toEqual([
      '2026-10-22T11:30:00Z',
      '2026-10-29T12:30:00Z',
    ])
    expect(starts(text, '2027-03-24T00:00:00Z', 14)).toEqual([
      '2027-03-25T12:30:00Z',
      '2027-04-01T11:30:00Z',
    ])
  })

  test.each(['RRULE', 'EXRULE'])('of an endless %s that is none little is told', (name) => {
    const rule = `${name}:FREQ=DAILY;BYDAY=${'MO,'.repeat(100_000)}XX`
    const text = series('DTSTART:20261203T183000Z', 'RRULE:FREQ=DAILY;COUNT=2', rule)
    const [row] = readICalendar(text, reading)
    expect(JSON.stringify(row?.problems)).toContain('"recurrence"')
    expect(JSON.stringify(row?.problems).length).toBeLessThan(300)
  })

  test('La Réunion and Martinique have one hour all year', () => {
    const on = (zone: string) =>
      starts(
        series(`DTSTART;TZID=${zone}:20261001T093000`, 'RRULE:FREQ=WEEKLY'),
        '2026-10-20T00:00:00Z',
        14,
      )
    expect(on('Indian/Reunion')).toEqual(['2026-10-22T05:30:00Z', '2026-10-29T05:30:00Z'])
    expect(on('America/Martinique')).toEqual(['2026-10-22T13:30:00Z', '2026-10-29T13:30:00Z'])
  })

  test('the second Tuesdays since years ago are found within the horizon only', () => {
    const text = series('DTSTART;TZID=Europe/Paris:19900109T180000', 'RRULE:FREQ=MONTHLY;BYDAY=2TU')
    expect(starts(text, '2026-11-01T00:00:00Z')).toEqual([
      '2026-11-10T17:00:00Z',
      '2026-12-08T17:00:00Z',
    ])
  })

  test.each([
    ['a year of Thursdays', 'RRULE:FREQ=WEEKLY;COUNT=52', 52],
    ['every day until the summer', 'RRULE:FREQ=DAILY;UNTIL=20270630', 240],
    ['every day for two years', 'RRULE:FREQ=DAILY;COUNT=730', 364],
    ['two listed dates', 'RDATE:20270506T113000Z,20271001T113000Z', 3],
    ['every Thursday', 'RRULE:FREQ=WEEKLY', 9],
  ])(
    'what has an end is taken whole, a year ahead; what has none for 60 days: %s',
    (_, line, count) => {
      const text = series('DTSTART;TZID=Europe/Paris:20261103T133000', line)
      expect(starts(text, '2026-11-01T00:00:00Z')).toHaveLength(count)
    },
  )

  test('a listed period has its own length, by its end or by its duration', () => {
    const text = series(
      'DTSTART;TZID=Europe/Paris:20261103T133000',
      'DURATION:PT1H',
      'RDATE;VALUE=PERIOD;TZID=Europe/Paris:20261110T133000/20261110T163000,20261117T133000/PT2H',
      'RDATE;TZID=Europe/Paris:20261124T133000',
    )
    const hours = cafesOf(readICalendar(text, reading)).map(
      ({ start, end }) => end && minutesBetween(start, end, 'Europe/Paris') / 60,
    )
    expect(hours).toEqual([1, 3, 2, 1])
  })

  test('up to when all dates of an event are there is said', () => {
    const untilOf = (...lines: string[]) => {
      const text = series('DTSTART:20261103T133000Z', ...lines)
      return readCalendar(text, reading).wholeEvents.map(({ until }) => until)
    }
    expect(untilOf('RRULE:FREQ=WEEKLY;COUNT=3')).toEqual(['2027-11-02T00:00:00Z'])
    expect(untilOf('RDATE:20270506T113000Z')).toEqual(['2027-11-02T00:00:00Z'])
    expect(untilOf('RRULE:FREQ=WEEKLY')).toEqual(['2026-12-31T00:00:00Z'])
    expect(untilOf('RRULE:FREQ=WEEKLY', 'RDATE:20270506T113000Z')).toEqual(['2026-12-31T00:00:00Z'])
    expect(untilOf()).toEqual(['2027-11-02T00:00:00Z'])
    // Of what is not there whole, no date is ever taken for gone.
    for (const rule of ['FREQ=WEEKLY;COUNT=-1', 'FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8'])
      expect(untilOf(`RRULE:${rule}`)).toEqual([])
  })

  test('UNTIL is understood in UTC, as wall time and as a day', () => {
    for (const until of ['20261112T123000Z', '20261112T133000', '20261112']) {
      const rule = `RRULE:FREQ=WEEKLY;UNTIL=${until}`
      expect(
        starts(series('DTSTART;TZID=Europe/Paris:20261029T133000', rule), '2026-11-01T00:00:00Z'),
      ).toEqual(['2026-11-05T12:30:00Z', '2026-11-12T12:30:00Z'])
    }
  })

  test('whole days repeat as days, and Outlook’s UNTIL in UTC keeps the last', () => {
    const text = series(
      'DTSTART;VALUE=DATE:20261103',
      'RRULE:FREQ=WEEKLY;UNTIL=20261116T230000Z',
      'EXDATE;VALUE=DATE:20261110',
    )
    const rows = readICalendar(text, reading)
    expect(cafesOf(rows).map(({ recurrenceId }) => recurrenceId)).toEqual(['20261103', '20261117'])
    expect(rows.flatMap(({ withdrawn }) => withdrawn ?? [])).toEqual([
      { uid: 's1', recurrenceId: '20261110' },
    ])
  })

  test.each([
    ['EXDATE;TZID=Europe/Paris:20261105T133000'],
    ['EXDATE:20261105T123000Z'],
    ['EXDATE:20261105T133000'],
    ['EXDATE;VALUE=DATE:20261105'],
    ['EXDATE;TZID=Europe/Paris:20261105T000000'],
    ['EXDATE;TZID="Romance Standard Time":20261029T133000,20261105T133000'],
  ])('%s takes the 5th out', (exdate) => {
    const text = series('DTSTART;TZID=Europe/Paris:20261029T133000', 'RRULE:FREQ=WEEKLY', exdate)
    expect(starts(text, '2026-11-01T00:00:00Z', 14)).toEqual(['2026-11-12T12:30:00Z'])
  })

  test('a date that has begun is still given, one that has ended is not', () => {
    const text = series(
      'DTSTART;TZID=Europe/Paris:20261105T133000',
      'DURATION:PT1H30M',
      'RRULE:FREQ=WEEKLY;COUNT=1',
    )
    expect(starts(text, '2026-11-05T13:30:00Z')).toHaveLength(1)
    expect(starts(text, '2026-11-05T14:30:00Z')).toHaveLength(0)
  })

  test('a date moved into the horizon from beyond it keeps its original identity', () => {
    const text = [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'UID:s1',
      'SUMMARY:Café',
      'DTSTART;TZID=Europe/Paris:20261105T133000',
      'RRULE:FREQ=MONTHLY;BYDAY=1TH',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:s1',
      'SUMMARY:Café avancé',
      'RECURRENCE-ID;TZID=Europe/Paris:20270204T133000',
      'DTSTART;TZID=Europe/Paris:20261222T133000',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\n')
    expect(
      cafesOf(readICalendar(text, reading)).map((cafe) => [cafe.recurrenceId, startOf(cafe)]),
    ).toEqual([
      ['20261105T123000Z', '2026-11-05T12:30:00Z'],
      ['20261203T123000Z', '2026-12-03T12:30:00Z'],
      ['20270204T123000Z', '2026-12-22T12:30:00Z'],
    ])
  })

  test('a series that is cancelled as a whole cancels each of its dates', () => {
    const text = series(
      'DTSTART;TZID=Europe/Paris:20261105T133000',
      'RRULE:FREQ=WEEKLY;COUNT=3',
      'STATUS:CANCELLED',
    )
    expect(cafesOf(readICalendar(text, reading)).map(({ status }) => status)).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
    ])
  })

  test.each([
    ['FREQ=SECONDLY', 'FREQ=SECONDLY'],
    ['FREQ=HOURLY;COUNT=3', 'FREQ=HOURLY'],
    ['FREQ=CAFE', 'FREQ=CAFE'],
    ['COUNT=3', 'COUNT=3'],
    ['FREQ=WEEKLY;FREQ=DAILY', 'FREQ=DAILY'],
    ['FREQ=WEEKLY;COUNT=-1', 'COUNT=-1'],
    ['FREQ=WEEKLY;COUNT=0', 'COUNT=0'],
    ['FREQ=WEEKLY;COUNT=2.5', 'COUNT=2.5'],
    ['FREQ=WEEKLY;COUNT=dix', 'COUNT=DIX'],
    ['FREQ=WEEKLY;COUNT', 'COUNT='],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL=0'],
    ['FREQ=DAILY;INTERVAL=-2', 'INTERVAL=-2'],
    ['FREQ=DAILY;INTERVAL=99999999999', 'INTERVAL=99999999999'],
    ['FREQ=WEEKLY;UNTIL=demain', 'UNTIL=DEMAIN'],
    ['FREQ=WEEKLY;UNTIL=', 'UNTIL='],
    ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY=XX'],
    ['FREQ=MONTHLY;BYDAY=6MO', 'BYDAY=6MO'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY=0'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,32', 'BYMONTHDAY=1,32'],
    ['FREQ=YEARLY;BYMONTH=13', 'BYMONTH=13'],
    ['FREQ=WEEKLY;BYHOUR=25', 'BYHOUR=25'],
    ['FREQ=WEEKLY;WKST=XX', 'WKST=XX'],
    [
      'FREQ=DAILY;BYHOUR=8,9,10,11,12;BYMINUTE=0,10,20,30,40,50',
      'FREQ=DAILY;BYHOUR=8,9,10,11,12;BYMINUTE=0,10,20,30,40,50',
    ],
  ])('RRULE:%s is a problem of its row, quickly', MEASURED, (rule, detail) => {
    const before = performance.now()
    const rows = readICalendar(
      series('DTSTART;TZID=Europe/Paris:20200101T133000', `RRULE:${rule}`),
      reading,
    )
    expect(rows.map((row) => row.problems?.[0])).toEqual([
      { field: 'recurrence', code: 'invalid', detail },
    ])
    expect(performance.now() - before).toBeLessThan(500)
  })

  test.each([
    ['DAILY', '20200101T133000'],
    ['YEARLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10', '19700101T133000'],
  ])('of %s at every hour, a million times over, is left after some thousands', (often, from) => {
    const rule = `RRULE:FREQ=${often};COUNT=999999;BYHOUR=${HOURS}`
    const text = series(`DTSTART;TZID=Europe/Paris:${from}`, rule)
    const [row] = readICalendar(text, reading)
    expect(row?.problems?.[0]).toMatchObject({ field: 'recurrence', code: 'invalid' })
    expect(cpuTimeOf(() => readICalendar(text, reading))).toBeLessThan(1_500)
  })

  test('no more than 400 dates of one series are given, and that is said', () => {
    const rows = readICalendar(
      series(
        'DTSTART;TZID=Europe/Paris:20260101T080000',
        'RRULE:FREQ=DAILY;BYHOUR=8,9,10,11,14,15,16',
      ),
      reading,
    )
    expect(cafesOf(rows)).toHaveLength(400)
    expect(rows.at(-1)?.problems?.[0]).toMatchObject({ code: 'number_out_of_range', detail: '400' })
  })
})
