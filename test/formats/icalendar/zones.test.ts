import { describe, expect, test, vi } from 'vitest'
import { toInstant } from '../../../node/domain/cafes/import.ts'
import { readICalendar as readCalendar } from '../../../node/formats/icalendar/read.ts'
import { cafeOf, calendar, fixture, readICalendar, reading, startOf } from './calendars.ts'

describe('zones', () => {
  const startIn = (tzid: string, definition: string[] = []) =>
    cafeOf(
      readICalendar(
        [
          'BEGIN:VCALENDAR',
          ...definition,
          'BEGIN:VEVENT',
          'UID:u1',
          'SUMMARY:Café',
          `DTSTART;TZID=${tzid}:20261203T183000`,
          'END:VEVENT',
          'END:VCALENDAR',
        ].join('\r\n'),
        reading,
      ),
    ).start
  const timezoneIn = (tzid: string, definition?: string[]) => {
    const start = startIn(tzid, definition)
    return start.kind === 'local' ? start.timezone : start.kind
  }

  test.each([
    ['Europe/Paris', 'Europe/Paris'],
    ['"Romance Standard Time"', 'Europe/Paris'],
    ['W. Europe Standard Time', 'Europe/Paris'],
    ['"(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris"', 'Europe/Paris'],
    ['/freeassociation.sourceforge.net/Europe/Paris', 'Europe/Paris'],
    ['Mauritius Standard Time', 'Indian/Reunion'],
    ['SA Western Standard Time', 'America/Martinique'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['europe/paris', 'Europe/Paris'],
    ['Europe/Paris 1', 'Europe/Paris'],
    ['"Romance Standard Time 2"', 'Europe/Paris'],
    ['ROMANCE STANDARD TIME', 'Europe/Paris'],
    ['Romance Daylight Time', 'Europe/Paris'],
    ['tzone://Microsoft/Romance Standard Time', 'Europe/Paris'],
    ['Central European Standard Time', 'Europe/Paris'],
    ['Saint Pierre Standard Time', 'America/Miquelon'],
    ['Russia Time Zone 3', 'Indian/Reunion'],
    ['Russia Time Zone 10', 'Pacific/Noumea'],
    ['UTC-08', 'Etc/GMT+8'],
    ['UTC+12', 'Pacific/Wallis'],
    ['CET', 'Europe/Paris'],
    ['CEST', 'Europe/Paris'],
    ['Heure du bureau', undefined],
    ['__proto__', undefined],
    ['tzone://Microsoft/Utc', 'instant'],
    ['tzone://Microsoft/Custom', undefined],
    ['Customized Time Zone', undefined],
  ])('TZID %s is %s', (tzid, timezone) => {
    expect(timezoneIn(tzid)).toBe(timezone)
  })

  test('a zone that only its VTIMEZONE explains is the French one with that clock', () => {
    const definition = (name: string, winter: string, summer: string) => [
      'BEGIN:VTIMEZONE',
      `TZID:${name}`,
      'BEGIN:STANDARD',
      'DTSTART:16010101T030000',
      `TZOFFSETFROM:${summer}`,
      `TZOFFSETTO:${winter}`,
      'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
      'END:STANDARD',
      ...(winter === summer
        ? []
        : [
            'BEGIN:DAYLIGHT',
            'DTSTART:16010101T020000',
            `TZOFFSETFROM:${winter}`,
            `TZOFFSETTO:${summer}`,
            'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
            'END:DAYLIGHT',
          ]),
      'END:VTIMEZONE',
    ]
    const paris = definition('Customized Time Zone', '+0100', '+0200')
    expect(timezoneIn('Customized Time Zone', paris)).toBe('Europe/Paris')
    expect(timezoneIn('Saint-Denis', definition('Saint-Denis', '+0400', '+0400'))).toBe(
      'Indian/Reunion',
    )
  })

  /**
   * Returns the lines of a zone in the form that Exchange writes: both observances, even where their offsets are equal.
   */
  const exchange = (tzid: string, winter: string, summer: string, months = [10, 3]) => [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    ...['STANDARD', 'DAYLIGHT'].flatMap((name, at) => [
      `BEGIN:${name}`,
      'DTSTART:16010101T000000',
      `TZOFFSETFROM:${at === 0 ? summer : winter}`,
      `TZOFFSETTO:${at === 0 ? winter : summer}`,
      ...(winter === summer ? [] : [`RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=${months[at]}`]),
      `END:${name}`,
    ]),
    'END:VTIMEZONE',
  ]

  test.each([
    ['tzone://Microsoft/Custom', '+0400', '+0400', 'Indian/Reunion'],
    ['Customized Time Zone', '-0400', '-0400', 'America/Martinique'],
    ['Customized Time Zone', '-0300', '-0300', 'America/Cayenne'],
    ['Customized Time Zone', '+0300', '+0300', 'Indian/Mayotte'],
    ['Customized Time Zone 1', '+1100', '+1100', 'Pacific/Noumea'],
    ['Custom', '-1000', '-1000', 'Pacific/Tahiti'],
    ['Bureau', '-0300', '-0200', 'America/Miquelon'],
    ['Bureau', '+1200', '+1200', 'Pacific/Wallis'],
    ['Bureau', '+0530', '+0530', 'Asia/Calcutta'],
    // The name of the zone has precedence over the offsets.
    ['Romance Standard Time', '+0400', '+0400', 'Europe/Paris'],
    ['Mauritius Standard Time', '+0100', '+0200', 'Indian/Reunion'],
    ['Bureau', '+0145', '+0145', undefined],
  ])('Exchange’s %s of %s and %s is %s, without a word on stderr', (tzid, winter, summer, zone) => {
    const words = vi.spyOn(console, 'warn')
    try {
      expect(timezoneIn(tzid, exchange(tzid, winter, summer))).toBe(zone)
      expect(words).not.toHaveBeenCalled()
    } finally {
      words.mockRestore()
    }
  })

  test('a zone of the south has its summer in January', () => {
    const sydney = exchange('Bureau', '+1000', '+1100', [4, 10])
    expect(toInstant(startIn('Bureau', sydney), 'UTC').toString()).toBe('2026-12-03T07:30:00Z')
  })

  test('a DAYLIGHT that ended long ago says nothing of now', () => {
    const past = [
      ...['BEGIN:VTIMEZONE', 'TZID:Bureau', 'BEGIN:DAYLIGHT', 'DTSTART:19760301T000000'],
      ...['RRULE:FREQ=YEARLY;BYMONTH=3;UNTIL=19801231T000000Z', 'TZOFFSETFROM:+0400'],
      ...['TZOFFSETTO:+0500', 'END:DAYLIGHT', 'BEGIN:STANDARD', 'DTSTART:19110601T000000'],
      ...['TZOFFSETFROM:+0342', 'TZOFFSETTO:+0400', 'END:STANDARD', 'END:VTIMEZONE'],
    ]
    expect(timezoneIn('Bureau', past)).toBe('Indian/Reunion')
  })

  test('beyond a hundred zones of a calendar, names are no longer looked up', () => {
    const names = Array.from({ length: 120 }, (_, at) => `Bureau ${at}`)
    const text = [
      'BEGIN:VCALENDAR',
      ...names.flatMap((name) => [
        ...['BEGIN:VTIMEZONE', `TZID:${name}`, 'BEGIN:STANDARD', 'DTSTART:19110601T000000'],
        ...['TZOFFSETFROM:+0342', 'TZOFFSETTO:+0400', 'END:STANDARD', 'END:VTIMEZONE'],
      ]),
      ...names.flatMap((name, at) => [
        ...['BEGIN:VEVENT', `UID:u${at}`, 'SUMMARY:Café'],
        ...[`DTSTART;TZID=${name}:20261203T183000`, 'END:VEVENT'],
      ]),
      'END:VCALENDAR',
    ].join('\r\n')
    const zones = readCalendar(text, reading).rows.map(({ cafe }) =>
      cafe?.start.kind === 'local' ? cafe.start.timezone : undefined,
    )
    expect(zones.slice(0, 100)).toEqual(Array(100).fill('Indian/Reunion'))
    expect(zones.slice(100)).toEqual(Array(20).fill(undefined))
  })

  test('a zone that nobody knows is told once, if a time names it', () => {
    const text = calendar(['UID:u1', 'SUMMARY:Café', 'DTSTART;TZID=Bureau:20261203T183000'])
    const two = text.replace('END:VCALENDAR', text.slice(text.indexOf('BEGIN:VEVENT')))
    expect(readCalendar(two, reading).warnings).toEqual([
      { field: 'timezone', code: 'not_a_timezone', detail: 'Bureau' },
    ])
    expect(readCalendar(fixture('exchange.ics'), reading).warnings).toEqual([])
    const many = Array.from({ length: 1000 }, (_, at) => `EXDATE;TZID=Z${at}:20261203T183000`)
    const flood = calendar([
      ...['UID:u1', 'SUMMARY:Café', 'DTSTART:20261203T183000', 'RRULE:FREQ=DAILY'],
      ...many,
    ])
    expect(readCalendar(flood, reading).warnings).toHaveLength(5)
  })

  test('a floating time is at the zone of the calendar, else of its place', () => {
    const floating = ['UID:u1', 'SUMMARY:Café', 'DTSTART:20261203T183000']
    expect(cafeOf(readICalendar(calendar(floating), reading)).start).toMatchObject({
      timezone: undefined,
    })
    const own = calendar(floating).replace(
      'VERSION:2.0',
      'VERSION:2.0\r\nX-WR-TIMEZONE:Indian/Reunion',
    )
    expect(startOf(cafeOf(readICalendar(own, reading)))).toBe('2026-12-03T14:30:00Z')
  })
})
