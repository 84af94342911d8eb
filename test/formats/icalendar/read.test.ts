import { describe, expect, test } from 'vitest'
import type { ImportRow } from '../../../node/domain/cafes/import.ts'
import { readICalendar as readCalendar } from '../../../node/formats/icalendar/read.ts'
import { cpuTimeOf } from '../../support/cpu-time.ts'
import { MEASURED } from '../../support/measured.ts'
import { cafeOf, cafesOf, calendar, event, readICalendar, reading, startOf } from './calendars.ts'

describe('one event', () => {
  test('of two revisions the later one counts, whichever comes first', () => {
    const revision = (sequence: number, title: string) => [
      'BEGIN:VEVENT',
      'UID:u1',
      `SEQUENCE:${sequence}`,
      `SUMMARY:${title}`,
      'DTSTART:20261203T173000Z',
      'END:VEVENT',
    ]
    const text = (...revisions: string[][]) =>
      ['BEGIN:VCALENDAR', ...revisions.flat(), 'END:VCALENDAR'].join('\r\n')
    const [old, current] = [revision(1, 'Avant'), revision(2, 'Après')]
    expect(cafeOf(readICalendar(text(old, current), reading)).title).toBe('Après')
    expect(cafeOf(readICalendar(text(current, old), reading)).title).toBe('Après')
  })

  test('METHOD:CANCEL cancels, even an event that says nothing else', () => {
    const cancel = (text: string) => text.replace('VERSION:2.0', 'VERSION:2.0\r\nMETHOD:CANCEL')
    expect(cafeOf(readICalendar(cancel(event()), reading)).status).toBe('cancelled')
    expect(readICalendar(cancel(calendar(['UID:u1'])), reading)).toEqual([
      { row: 1, withdrawn: { uid: 'u1', recurrenceId: undefined } },
    ])
  })

  test('text is unescaped once: a backslash before an n is no line break', () => {
    const cafe = cafeOf(readICalendar(event(String.raw`DESCRIPTION:C:\\new\, a\;b\nfin`), reading))
    expect(cafe.descriptionMarkdown).toBe('C:\\\\new, a;b\nfin')
  })

  test('an alarm’s words are not the event’s', () => {
    const cafe = cafeOf(
      readICalendar(
        event('BEGIN:VALARM', 'DESCRIPTION:Rappel', 'SUMMARY:Rappel', 'END:VALARM'),
        reading,
      ),
    )
    expect(cafe).toMatchObject({ title: 'Café IA', descriptionMarkdown: undefined })
  })

  test('an end that is the start is no end', () => {
    expect(
      cafeOf(readICalendar(event('DTEND;TZID=Europe/Paris:20261203T183000'), reading)).end,
    ).toBeUndefined()
  })

  test('an event without UID is the same at the next reading, and another when it is elsewhere', () => {
    const uid = (place: string) =>
      cafeOf(
        readICalendar(
          calendar(['SUMMARY:Café', 'DTSTART:20261203T173000Z', `LOCATION:${place}`]),
          reading,
        ),
      ).uid
    expect(uid('Die')).toBe(uid('Die'))
    expect(uid('Die')).not.toBe(uid('Crest'))
  })

  test('no link but http and https is kept', () => {
    const cafe = cafeOf(
      readICalendar(
        event(
          'URL:javascript:alert(1)',
          'ATTACH;FMTTYPE=image/png:data:image/png;base64,AAAA',
          'CONFERENCE;VALUE=URI:tel:+33100000000',
          'X-ALT-DESC;FMTTYPE=text/html:<p>Venez<script>alert(1)</script><img src=x onerror=alert(1)></p>',
        ),
        reading,
      ),
    )
    expect(cafe).toMatchObject({
      url: undefined,
      image: undefined,
      onlineUrl: undefined,
      descriptionMarkdown: 'Venez',
    })
  })

  test('what cannot be seen is taken out of a title', () => {
    const text = event().replace('SUMMARY:Café IA', 'SUMMARY:Ca\u202efe\u0301\u0000 \u200bIA')
    expect(cafeOf(readICalendar(text, reading)).title).toBe('Cafe\u0301 IA'.normalize('NFC'))
  })
})

describe('the stream', () => {
  test.each([
    ['begins alone', 'BEGIN:A\n'.repeat(20_000)],
    ['as many ends of something else', `${'BEGIN:A\n'.repeat(20_000)}${'END:B\n'.repeat(20_000)}`],
  ])('of %s is refused, and costs little', MEASURED, (_, lines) => {
    let rows: ImportRow[] = []
    const cost = cpuTimeOf(() => {
      rows = readICalendar(`BEGIN:VCALENDAR\n${lines}`, reading)
    })
    expect(rows).toEqual([
      { row: 0, problems: [{ field: 'file', code: 'too_many', detail: '8' }], raw: '' },
    ])
    expect(cost).toBeLessThan(200)
  })

  test('keeps an alarm in an event, and eight of anything in one another', () => {
    const inside = `${'BEGIN:X\r\n'.repeat(6)}${'END:X\r\n'.repeat(6)}UID:u1`
    expect(cafeOf(readICalendar(event().replace('UID:u1', inside), reading)).title).toBe('Café IA')
  })

  test('a fold inside an emoji does not break it', () => {
    const text = new TextEncoder().encode(event('DESCRIPTION:Un robot 🤖 et un café'))
    const at = Buffer.from(text).indexOf('🤖')
    for (const offset of [1, 2, 3]) {
      const folded = Buffer.concat([
        text.subarray(0, at + offset),
        Buffer.from('\r\n '),
        text.subarray(at + offset),
      ])
      expect(cafeOf(readICalendar(folded, reading)).descriptionMarkdown).toBe(
        'Un robot 🤖 et un café',
      )
    }
  })

  test('CRLF, LF, a byte order mark, lower case and Windows-1252 are all read', () => {
    const lf = event().replaceAll('\r\n', '\n')
    const streams = [
      lf,
      `\ufeff${event()}`,
      lf.replace('BEGIN:VEVENT', 'begin:vevent').replace('SUMMARY', 'summary'),
      Buffer.from(event(), 'latin1'),
    ]
    for (const stream of streams)
      expect(cafeOf(readICalendar(stream, reading)).title).toBe('Café IA')
  })

  test.each([
    '',
    'bonjour',
    '<html><body>404</body></html>',
    '{}',
    'BEGIN:VCARD\nEND:VCARD',
    '\0\0',
  ])('%j is one problem of the file', (text) => {
    expect(readICalendar(text, reading)).toEqual([
      { row: 0, problems: [{ field: 'file', code: 'invalid', detail: 'VCALENDAR' }], raw: '' },
    ])
  })

  test('a calendar that is cut off, or closes what it did not open, gives what it holds', () => {
    const cut = event().slice(0, event().indexOf('END:VEVENT'))
    expect(cafeOf(readICalendar(cut, reading)).title).toBe('Café IA')
    expect(
      cafeOf(readICalendar(event().replace('UID:u1', 'END:VALARM\r\nUID:u1'), reading)).title,
    ).toBe('Café IA')
  })

  test('of a calendar without end five thousand dates are kept, and that is said', () => {
    const daily = (uid: number) => [
      'BEGIN:VEVENT',
      `UID:u${uid}`,
      'SUMMARY:Café',
      'DTSTART:20261101T100000Z',
      'RRULE:FREQ=DAILY',
      'END:VEVENT',
    ]
    const events = Array.from({ length: 200 }, (_, uid) => daily(uid)).flat()
    const rows = readICalendar(['BEGIN:VCALENDAR', ...events, 'END:VCALENDAR'].join('\n'), reading)
    expect(rows).toHaveLength(5001)
    expect(rows.at(-1)?.problems).toEqual([{ field: 'file', code: 'too_long', detail: '5000' }])
  })

  test('an empty calendar has no rows', () => {
    expect(readICalendar('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n', reading)).toEqual([])
  })
})

describe('no event is dropped without a message', () => {
  const events = (...all: string[][]) =>
    [
      'BEGIN:VCALENDAR',
      ...all.flatMap((lines) => ['BEGIN:VEVENT', 'SUMMARY:Café', ...lines, 'END:VEVENT']),
      'END:VCALENDAR',
    ].join('\r\n')
  const on = (day: number) =>
    `DTSTART;TZID=Europe/Paris:202612${String(day).padStart(2, '0')}T183000`
  /** Returns for each row its date, the reason for which it is left aside, or its problem. */
  const readRows = (text: string): (string | undefined)[] =>
    readICalendar(text, reading).map(
      ({ cafe, aside, problems, withdrawn }) =>
        (cafe && startOf(cafe).slice(0, 10)) ??
        aside ??
        (problems && `${problems[0]?.field}.${problems[0]?.code}`) ??
        (withdrawn && 'withdrawn'),
    )

  test.each<[string, string, string[]]>([
    [
      'one UID on several dates',
      events(['UID:u', on(3)], ['UID:u', on(10)], ['UID:u', on(17)]),
      ['2026-12-03', '2026-12-10', '2026-12-17'],
    ],
    [
      'one UID on several dates, one of them twice',
      events(['UID:u', on(3)], ['UID:u', on(10)], ['UID:u', on(10)]),
      ['2026-12-03', 'repeated', '2026-12-10'],
    ],
    [
      'a date that moved, in its earlier revision too',
      events(['UID:u', 'SEQUENCE:1', on(3)], ['UID:u', 'SEQUENCE:2', on(10)]),
      ['repeated', '2026-12-10'],
    ],
    [
      'no UID, and the address of the site',
      events(['URL:https://ville.example', on(3)], ['URL:https://ville.example', on(10)]),
      ['2026-12-03', '2026-12-10'],
    ],
    [
      'a series whose end is its start',
      events(['UID:u', on(3), on(3).replace('DTSTART', 'DTEND'), 'RRULE:FREQ=WEEKLY;COUNT=3']),
      ['2026-12-03', '2026-12-10', '2026-12-17'],
    ],
    [
      'a rule with blanks',
      events(['UID:u', on(3), 'RRULE: FREQ = WEEKLY ; INTERVAL= 1; COUNT=2 ;']),
      ['2026-12-03', '2026-12-10'],
    ],
    ['an empty rule', events(['UID:u', on(3), 'RRULE:', 'RDATE:']), ['2026-12-03']],
    [
      'dates without a rule',
      events(['UID:u', on(3), 'RDATE;TZID=Europe/Paris:20261210T183000,20261217T183000']),
      ['2026-12-03', '2026-12-10', '2026-12-17'],
    ],
    [
      'a date that is none',
      events(['UID:u', on(3), 'RDATE:20261210T183000,demain']),
      ['recurrence.not_a_date'],
    ],
    [
      'detached dates of a series that is elsewhere',
      events(
        ['UID:u', 'RECURRENCE-ID:20261203T173000Z', on(4)],
        ['UID:u', 'RECURRENCE-ID:20261210T173000Z', on(11)],
        ['UID:u', 'RECURRENCE-ID:20261210T173000Z', 'SEQUENCE:1', on(12)],
      ),
      ['2026-12-04', 'repeated', '2026-12-12'],
    ],
    [
      'a series that is over',
      events(['UID:u', 'DTSTART:20200103T173000Z', 'RRULE:FREQ=WEEKLY;COUNT=3']),
      ['no_date'],
    ],
    [
      'a series that is not there yet',
      events(['UID:u', 'DTSTART:20280103T173000Z', 'RRULE:FREQ=WEEKLY']),
      ['later'],
    ],
    [
      'a series without an end whose next date is in three months',
      events(['UID:u', 'DTSTART:20260203T173000Z', 'RRULE:FREQ=YEARLY']),
      ['later'],
    ],
    [
      'a rule that never matches, whose first date is over',
      events(['UID:u', 'DTSTART:20260203T173000Z', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30']),
      ['no_date'],
    ],
    [
      'a series whose last dates are in more than a year',
      events(['UID:u', on(3), 'RRULE:FREQ=YEARLY;COUNT=2', 'RDATE:20261210T173000Z']),
      ['2026-12-03', '2026-12-10', 'later'],
    ],
    [
      'listed dates, one of them in two years',
      events(['UID:u', on(3), 'RDATE:20270901T173000Z,20281210T173000Z']),
      ['2026-12-03', '2027-09-01', 'later'],
    ],
    [
      'a series that is over but for a date that moved beyond what is read',
      events(
        ['UID:u', 'DTSTART:20200103T173000Z', 'RRULE:FREQ=WEEKLY;COUNT=3'],
        ['UID:u', 'RECURRENCE-ID:20200110T173000Z', 'DTSTART:20280110T173000Z'],
      ),
      ['later'],
    ],
    [
      'listed dates, of which one moved into the year after next',
      events(
        ['UID:u', on(3), 'RDATE:20200110T173000Z'],
        ['UID:u', 'RECURRENCE-ID:20200110T173000Z', 'DTSTART:20280110T173000Z'],
      ),
      ['2026-12-03', 'later'],
    ],
    [
      'a series that is over but for a date that was cancelled after it moved far away',
      events(
        ['UID:u', 'DTSTART:20200103T173000Z', 'RRULE:FREQ=WEEKLY;COUNT=3'],
        ['UID:u', 'RECURRENCE-ID:20200110T173000Z', 'DTSTART:20280110T173000Z', 'STATUS:CANCELLED'],
      ),
      ['no_date'],
    ],
    [
      'a series that takes all its dates out',
      events(['UID:u', on(3), 'RRULE:FREQ=WEEKLY;COUNT=1', 'EXDATE:20261203T173000Z']),
      ['withdrawn', 'no_date'],
    ],
    [
      'a series that takes out what is later',
      events(['UID:u', on(3), 'RRULE:FREQ=YEARLY;COUNT=2', 'EXDATE:20271203T173000Z']),
      ['2026-12-03'],
    ],
    [
      'the master of a series twice',
      events(
        ['UID:u', on(3), 'RRULE:FREQ=WEEKLY;COUNT=1'],
        ['UID:u', on(3), 'RRULE:FREQ=WEEKLY;COUNT=2'],
      ),
      ['repeated', '2026-12-03', '2026-12-10'],
    ],
  ])('%s', (_, text, expected) => {
    expect(readRows(text)).toEqual(expected)
  })

  test('a calendar whose end is missing says so', () => {
    const text = events(['UID:u', on(3)])
    const half = readCalendar(text.replace('END:VCALENDAR', ''), reading)
    expect([half.isCut, half.warnings]).toEqual([true, [{ field: 'file', code: 'too_short' }]])
    expect(readCalendar(text, reading).isCut).toBe(false)
    expect(readCalendar(text.replace('END:VEVENT', ''), reading).isCut).toBe(false)
  })

  test('several dates under one UID are the same ones at each reading, one by itself too', () => {
    const idsOf = (text: string) =>
      cafesOf(readICalendar(text, reading)).map(({ uid, recurrenceId }) => [uid, recurrenceId])
    const [first, second] = idsOf(events(['UID:u', on(3)], ['UID:u', on(10)]))
    expect([first, second]).toEqual([
      ['u', '20261203T173000Z'],
      ['u', '20261210T173000Z'],
    ])
    expect(
      idsOf(events(['UID:u', on(10)], ['UID:u', on(3)], ['UID:u', on(24)])).slice(0, 2),
    ).toEqual([second, first])
  })
})
