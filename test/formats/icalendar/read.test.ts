import { readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { type ImportedCafe, type ImportRow, toInstant } from '../../../node/domain/cafes/import.ts'
import {
  type CalendarReading,
  readICalendar as readCalendar,
} from '../../../node/formats/icalendar/read.ts'
import { cpuTimeOf } from '../../support/cpu-time.ts'
import { MEASURED } from '../../support/measured.ts'

const reading = {
  now: Temporal.Instant.from('2026-11-01T00:00:00Z'),
  horizonDays: 60,
  defaultTimezone: 'Europe/Paris',
}
const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../fixtures/ical/${name}`, import.meta.url))
const readICalendar = (stream: string | Uint8Array, reading: CalendarReading): ImportRow[] =>
  readCalendar(stream, reading).rows
const read = (name: string): ImportRow[] => readICalendar(fixture(name), reading)
const cafesOf = (rows: ImportRow[]): ImportedCafe[] =>
  rows.map((row) => row.cafe).filter((cafe) => cafe !== undefined)
const cafeOf = (rows: ImportRow[]): ImportedCafe => {
  const [cafe, ...others] = cafesOf(rows)
  if (!cafe || others.length > 0) throw new Error(`one café expected, not ${others.length + 1}`)
  return cafe
}
const startOf = (cafe: ImportedCafe): string => toInstant(cafe.start, 'Europe/Paris').toString()

/** A calendar of one event with these lines, after UID, SUMMARY and DTSTART. */
const calendar = (lines: string[], eol = '\r\n'): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join(
    eol,
  )
const event = (...lines: string[]): string =>
  calendar(['UID:u1', 'SUMMARY:Café IA', 'DTSTART;TZID=Europe/Paris:20261203T183000', ...lines])

describe('calendars of other software', () => {
  test('Outlook’s Windows zone, Word’s HTML and escaped place become a café of Rennes at half past six', () => {
    const cafe = cafeOf(read('outlook.ics'))
    expect(startOf(cafe)).toBe('2026-12-03T17:30:00Z')
    expect(cafe.start).toMatchObject({ timezone: 'Europe/Paris' })
    expect(cafe.title).toBe('Café IA : comment ça marche ?')
    expect(cafe.descriptionMarkdown).toBe(
      "Une heure et demie pour parler ensemble de l'**intelligence artificielle**.\n\nAucune connaissance n'est demandée; venez avec vos questions.",
    )
    expect(cafe.place).toMatchObject({
      name: 'Médiathèque des Tilleuls',
      streetAddress: '14 rue des Tilleuls',
      postalCode: '35000',
      commune: 'Rennes',
    })
    expect(cafe.themes).toEqual(['Numérique'])
    expect(JSON.stringify(cafe)).not.toMatch(/Solène|@/)
  })

  test('Exchange’s series keeps its hour over the change of the clocks, its exception and its moved date', () => {
    const rows = readICalendar(fixture('exchange.ics'), {
      ...reading,
      now: Temporal.Instant.from('2026-10-14T00:00:00Z'),
    })
    expect(cafesOf(rows).map(startOf)).toEqual([
      '2026-10-15T11:30:00Z',
      '2026-10-22T11:30:00Z',
      '2026-10-29T12:30:00Z',
      '2026-11-05T12:30:00Z',
      '2026-11-26T12:30:00Z',
      '2026-12-03T12:30:00Z',
      '2026-12-10T12:30:00Z',
      '2026-11-18T15:00:00Z',
    ])
    const moved = cafesOf(rows).find((cafe) => cafe.title.includes('mercredi'))
    expect(moved).toMatchObject({
      recurrenceId: '20261119T123000Z',
      place: { name: 'Médiathèque de Die' },
    })
    expect(new Set(cafesOf(rows).map(({ series }) => series)).size).toBe(1)
    expect(rows.flatMap(({ withdrawn }) => withdrawn?.recurrenceId ?? [])).toEqual([
      '20261112T123000Z',
    ])
  })

  test('a private event of Exchange is not imported, and nothing of it is shown', () => {
    const rows = read('exchange.ics').filter(({ row }) => row === 3)
    expect(rows).toEqual([
      {
        ...{ row: 3, uid: expect.any(String), raw: '' },
        problems: [{ field: 'class', code: 'invalid', detail: 'PRIVATE' }],
      },
    ])
  })

  test('Google’s UTC times bear the calendar’s zone, its HTML becomes Markdown, its cancelled date is cancelled', () => {
    const cafes = cafesOf(read('google.ics'))
    const [single] = cafes
    expect(single?.start).toMatchObject({ kind: 'instant', timezone: 'Europe/Paris' })
    expect(single?.descriptionMarkdown).toBe(
      'On essaie **trois outils**, puis on en parle.\n- texte\n- image\n\n[Le programme](https://lafabrique.example/cafe-ia)',
    )
    const cancelled = cafes.filter(({ status }) => status === 'cancelled')
    expect(cancelled).toHaveLength(1)
    expect(cancelled[0]).toMatchObject({
      recurrenceId: '20261112T123000Z',
      place: { commune: 'Valence' },
    })
    expect(cafes.at(-1)).toMatchObject({
      title: 'Journée portes ouvertes',
      allDay: true,
      start: { kind: 'date' },
    })
  })

  test('Nextcloud’s tentative café of Saint-Denis is at nine there, and Martinique’s Wednesdays keep their added date', () => {
    const [reunion, ...martinique] = cafesOf(read('nextcloud.ics'))
    expect(reunion).toMatchObject({ status: 'tentative', sequence: 4 })
    expect(reunion && startOf(reunion)).toBe('2026-12-10T05:00:00Z')
    expect(reunion?.descriptionMarkdown).toBe('Un café au bureau de poste, **ouvert à tous**.')
    expect(martinique.map(startOf)).toEqual(['2026-12-02T14:00:00Z', '2026-12-16T14:00:00Z'])
    expect(martinique[0]?.end && toInstant(martinique[0].end, 'UTC').toString()).toBe(
      '2026-12-02T15:30:00Z',
    )
  })

  test('Apple’s place on two lines and its point are understood, its emoji are whole', () => {
    expect(cafeOf(read('apple.ics'))).toMatchObject({
      title: 'Café IA 🤖 & jeux',
      url: 'https://bibliotheque.example/agenda/cafe-ia',
      place: {
        name: 'Bibliothèque Simone-Veil',
        streetAddress: '5 Rue de l’Église',
        commune: 'Nantes',
        latitude: 47.218371,
        longitude: -1.553621,
      },
    })
  })

  test('OpenAgenda’s dates have their own identity, point, image and cancellation', () => {
    const cafes = cafesOf(read('openagenda.ics'))
    expect(cafes.map(({ uid, status }) => [uid, status])).toEqual([
      ['41287650-0@openagenda.com', 'scheduled'],
      ['41287650-1@openagenda.com', 'cancelled'],
    ])
    expect(cafes[0]).toMatchObject({
      place: { latitude: 47.996, longitude: -4.097 },
      image: { url: 'https://cdn.openagenda.example/main/9f8e7d6c.jpg', alt: undefined },
    })
  })

  test('Mobilizon’s postcode and town apart are put together', () => {
    expect(cafeOf(read('mobilizon.ics'))).toMatchObject({
      place: { name: 'Maison de quartier', postalCode: '35000', commune: 'Rennes' },
      start: { kind: 'local', timezone: 'Europe/Paris' },
      themes: ['IA', 'éducation populaire'],
    })
  })

  test('Gancio’s events are the same at the next download although their UIDs are not', () => {
    const identities = (name: string) => cafesOf(read(name)).map(({ uid, title }) => [uid, title])
    expect(identities('gancio.ics')).toEqual(identities('gancio-next-day.ics'))
    expect(identities('gancio.ics').map(([, title]) => title)).toEqual([
      'Café IA et soupe partagée',
      'Ciné-débat',
    ])
    expect(cafesOf(read('gancio.ics'))[0]).toMatchObject({
      place: { name: 'Le Hangar', streetAddress: '12 chemin des Prés', commune: 'Grenoble' },
      descriptionMarkdown: 'Apportez un légume et **une question**.',
    })
  })

  test('of a hand-written file the good rows are kept and each bad one says why', () => {
    const rows = read('hand-written.ics')
    expect(rows.map((row) => row.problems?.map(({ field, code }) => `${field} ${code}`))).toEqual([
      undefined,
      ['endsAt ends_before_start'],
      ['title required'],
      ['startsAt not_a_date'],
      ['price price_refused'],
      undefined,
    ])
    const [cancelled, online] = cafesOf(rows)
    expect(cancelled).toMatchObject({ title: 'Café IA à la mairie', status: 'cancelled' })
    expect(cancelled && startOf(cancelled)).toBe('2026-12-04T13:00:00Z')
    expect(online).toMatchObject({
      attendanceMode: 'online',
      onlineUrl: 'https://visio.example/cafe-ia',
      place: { name: undefined },
    })
  })

  test('every fixture read twice gives the same identities', () => {
    for (const name of ['outlook', 'exchange', 'google', 'nextcloud', 'apple', 'hand-written']) {
      const identities = () =>
        cafesOf(read(`${name}.ics`)).map(({ uid, recurrenceId }) => `${uid} ${recurrenceId}`)
      expect(identities()).toEqual(identities())
      expect(new Set(identities()).size).toBe(identities().length)
    }
  })
})

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

  /** As Exchange writes one: both observances, whatever they say. */
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
    // The name counts first.
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

describe('series', () => {
  const series = (start: string, ...lines: string[]) =>
    calendar(['UID:s1', 'SUMMARY:Café du jeudi', start, ...lines])
  const starts = (text: string, now: string, horizonDays = 60) =>
    cafesOf(readICalendar(text, { ...reading, now: Temporal.Instant.from(now), horizonDays })).map(
      startOf,
    )

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
    'FREQ=SECONDLY',
    'FREQ=HOURLY;COUNT=3',
    'FREQ=CAFE',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;BYHOUR=8,9,10,11,12;BYMINUTE=0,10,20,30,40,50',
  ])('RRULE:%s is a problem of its row, quickly', MEASURED, (rule) => {
    const before = performance.now()
    const rows = readICalendar(
      series('DTSTART;TZID=Europe/Paris:20200101T133000', `RRULE:${rule}`),
      reading,
    )
    expect(rows.map((row) => row.problems?.[0])).toEqual([
      { field: 'recurrence', code: 'invalid', detail: rule },
    ])
    expect(performance.now() - before).toBeLessThan(500)
  })

  test('no more than 200 dates of one series are given, and that is said', () => {
    const rows = readICalendar(
      series(
        'DTSTART;TZID=Europe/Paris:20260101T080000',
        'RRULE:FREQ=DAILY;BYHOUR=8,9,10,11,14,15',
      ),
      reading,
    )
    expect(cafesOf(rows)).toHaveLength(200)
    expect(rows.at(-1)?.problems?.[0]).toMatchObject({ code: 'number_out_of_range', detail: '200' })
  })
})

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

describe('no event disappears without a word', () => {
  const events = (...all: string[][]) =>
    [
      'BEGIN:VCALENDAR',
      ...all.flatMap((lines) => ['BEGIN:VEVENT', 'SUMMARY:Café', ...lines, 'END:VEVENT']),
      'END:VCALENDAR',
    ].join('\r\n')
  const on = (day: number) =>
    `DTSTART;TZID=Europe/Paris:202612${String(day).padStart(2, '0')}T183000`
  /** What becomes of each row: its date, what it is left aside for, or its problem. */
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
      ['no_date'],
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
