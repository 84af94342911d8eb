import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HORIZON } from '../../../node/domain/cafes/horizon.ts'
import { toInstant } from '../../../node/domain/cafes/import.ts'
import { type FileHint, readImport } from '../../../node/formats/csv/import.ts'
import { parsePlaceText } from '../../../node/formats/csv/venue-text.ts'
import { times } from '../../support/full.ts'

const reading = {
  now: Temporal.Instant.from('2026-11-01T00:00:00Z'),
  horizon: HORIZON,
  defaultTimezone: 'Europe/Paris',
}
const read = (content: string | Uint8Array, hint: FileHint = {}) =>
  readImport(typeof content === 'string' ? Buffer.from(content) : content, hint, reading)
const fixture = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url))

test('a calendar and a table are told apart by what they hold, not by their name', () => {
  expect(read(fixture('ical/hand-written.ics'), { filename: 'x.csv' }).format).toBe('icalendar')
  expect(read(fixture('csv/tabs-utf16.csv')).format).toBe('csv')
  expect(read('\r\n begin:vcalendar\r\nEND:VCALENDAR').format).toBe('icalendar')
})

const begin = (hours: number) => reading.now.add({ hours }).toString()
const agendaOf = (events: number, timings: number) => ({
  events: Array.from({ length: events }, (_, uid) => ({
    uid,
    title: 'Café IA',
    timings: Array.from({ length: timings }, (_, at) => ({
      begin: begin(at * 12),
      end: begin(at * 12 + 1),
    })),
  })),
})
test('the listed dates of an agenda are read a year ahead, and what is later is said', () => {
  const at = (days: number) => ({ begin: begin(24 * days), end: begin(24 * days + 1) })
  const outcomes = (...days: number[]) => {
    const event = { uid: 7, title: 'Café IA', timings: days.map(at) }
    const { rows, wholeEvents } = read(JSON.stringify({ events: [event] }))
    expect(wholeEvents).toHaveLength(1)
    return rows.map(({ cafe, aside }) => cafe?.recurrenceId?.slice(0, 8) ?? aside)
  }
  expect(outcomes(10, 300)).toEqual(['20261111', '20270828'])
  expect(outcomes(10, 300, 700)).toEqual(['20261111', '20270828', 'later'])
  expect(outcomes(600, 700)).toEqual(['later'])
  expect(outcomes(-20, -10)).toEqual(['no_date'])
})

const calendarLines = (events: number, rule: string) =>
  Array.from({ length: events }, (_, uid) =>
    [
      ...['BEGIN:VEVENT', `UID:${uid}`, 'SUMMARY:Café IA', 'DTSTART:20261105T180000Z', rule],
      'END:VEVENT',
    ].join('\r\n'),
  )
test.each<[string, () => string]>([
  ['an agenda of many events', () => JSON.stringify(agendaOf(5100, 1))],
  ['an agenda of events with many dates', () => JSON.stringify(agendaOf(60, 110))],
  [
    'a calendar of series',
    () =>
      `BEGIN:VCALENDAR\r\n${calendarLines(120, 'RRULE:FREQ=DAILY').join('\r\n')}\r\nEND:VCALENDAR`,
  ],
  ['signed announcements', () => '{"id":"https://a.example/1","proof":1}\n'.repeat(5100)],
  ['a table', () => `Titre;Date\n${'Café;05/11/2026\n'.repeat(5100)}`],
])(
  '%s is read as far as 5000 rows, a last one says so, and nothing is taken for gone',
  (_, write) => {
    const { rows, wholeEvents } = read(write())
    expect(rows).toHaveLength(5001)
    expect(rows.at(-1)).toMatchObject({ row: 0, problems: [{ field: 'file', code: 'too_long' }] })
    expect(wholeEvents).toEqual([])
  },
)

test.each<[string, string | Uint8Array, FileHint, string]>([
  ['a spreadsheet', Buffer.from('PK\u0003\u0004\u0000\u0000'), {}, 'xlsx'],
  [
    'a named spreadsheet',
    Buffer.from('PK\u0003\u0004\u0000\u0000'),
    { filename: 'Cafés.ODS' },
    'ods',
  ],
  ['a web page', '<!doctype html><title>404</title>', {}, 'html'],
  ['a web page served as such', '<html>', { contentType: 'text/html; charset=utf-8' }, 'text/html'],
  ['a text named as a calendar', 'bonjour', { filename: 'a.ics' }, 'ics'],
])('%s is one problem of the file that says what it is', (_, content, hint, detail) => {
  expect(read(content, hint)).toEqual({
    format: undefined,
    rows: [{ row: 0, problems: [{ field: 'file', code: 'invalid', detail }], raw: '' }],
    wholeEvents: [],
    isCut: false,
    warnings: [],
  })
})

test('an empty file says that it is empty', () => {
  expect(read('').rows).toMatchObject([{ row: 0, problems: [{ code: 'required' }] }])
})

test('whatever the bytes are, reading never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, asCalendar) => {
      const head = Buffer.from(asCalendar ? 'BEGIN:VCALENDAR\nBEGIN:VEVENT\n' : '')
      for (const { cafe, problems, withdrawn, aside } of read(Buffer.concat([head, bytes])).rows)
        expect(cafe ?? problems ?? withdrawn ?? aside).toBeDefined()
    }),
    { numRuns: times(100, 500) },
  )
})

test('lines of a calendar in any order and with any value are cafés, withdrawals or reasons', () => {
  const names = [
    'UID',
    'SUMMARY',
    'DTSTART',
    'DTEND',
    'DURATION',
    'RRULE',
    'EXDATE',
    'EXRULE',
    'RDATE',
    'RECURRENCE-ID',
    'RECURRENCE-ID;RANGE=THISANDFUTURE',
    'STATUS',
    'SEQUENCE',
    'GEO',
    'LOCATION',
    'CATEGORIES',
    'DESCRIPTION',
    'CLASS',
    'BEGIN',
    'END',
    'DTSTART;VALUE=DATE',
    'DTSTART;TZID=Europe/Paris',
    'EXDATE;TZID=x',
    'DTSTART;TZID=',
  ]
  const values = [
    '',
    '1',
    'u',
    '20261203T183000',
    '20261203T183000Z',
    '20261203',
    '20261303',
    '99991231T000000Z',
    '00010101',
    'PT1H',
    '-PT1H',
    'P1W',
    'PT',
    'FREQ=WEEKLY',
    'FREQ=DAILY;UNTIL=x',
    'FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2',
    'FREQ=WEEKLY;COUNT=99999999',
    'CANCELLED',
    'VEVENT',
    'VALARM',
    '48;-1',
    'NaN;Infinity',
    '\\',
    '\\,',
    'a,b',
    '20261203T183000/PT1H,20261204',
    'FREQ=DAILY;INTERVAL=-1',
  ]
  const line = fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...values))
    .map(([name, value]) => `${name}:${value}`)
  fc.assert(
    fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
      const text = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR']
      for (const { cafe, problems, withdrawn, aside } of read(text.join('\r\n')).rows) {
        expect(cafe ?? problems ?? withdrawn ?? aside).toBeDefined()
        if (cafe) expect(toInstant(cafe.start, 'Europe/Paris').epochMilliseconds).not.toBeNaN()
      }
    }),
    { numRuns: times(400, 2000) },
  )
})

test.each([
  ['Médiathèque X, 12 rue Y, 35000 Rennes, France', 'Médiathèque X', '12 rue Y', '35000', 'Rennes'],
  ['12 rue Y 35000 Rennes', undefined, '12 rue Y', '35000', 'Rennes'],
  ['Mairie, 69001 Lyon Cedex 01', 'Mairie', undefined, '69001', 'Lyon'],
  [
    'Place des Possibles, 1 rue Z, 26750 Saint-Paul-lès-Romans',
    'Place des Possibles',
    '1 rue Z',
    '26750',
    'Saint-Paul-lès-Romans',
  ],
  [
    'Bureau de poste, 60 rue Leclerc, 97400 Saint-Denis, La Réunion',
    'Bureau de poste',
    '60 rue Leclerc',
    '97400',
    'Saint-Denis',
  ],
  [
    'Bibliothèque, 4, rue des Lilas, F-44000 Nantes',
    'Bibliothèque',
    '4 rue des Lilas',
    '44000',
    'Nantes',
  ],
  ['Le Hangar - 20000 Ajaccio', 'Le Hangar', undefined, '20000', 'Ajaccio'],
  ['Médiathèque, Die', 'Médiathèque', undefined, undefined, 'Die'],
  ['Salle polyvalente', 'Salle polyvalente', undefined, undefined, undefined],
  ['Salle 12345678', 'Salle 12345678', undefined, undefined, undefined],
])('the place « %s » is taken apart', (text, name, streetAddress, postalCode, commune) => {
  expect(parsePlaceText(text)).toMatchObject({ text, name, streetAddress, postalCode, commune })
})

test('signed announcements, a line each, are left to their site; half a line is a cut file', () => {
  const line = JSON.stringify({
    ...{
      id: 'https://die.example/cafes/1',
      name: 'Café IA',
      proof: { type: 'DataIntegrityProof' },
    },
  })
  const row = { uid: 'https://die.example/cafes/1', aside: 'signed', title: 'Café IA' }
  expect(read(`${line}\n${line}\n`)).toMatchObject({
    rows: [
      { row: 1, ...row },
      { row: 2, ...row },
    ],
    isCut: false,
  })
  expect(read(`${line}\n${line.slice(0, 30)}`).isCut).toBe(true)
  for (const other of ['{}', '[]', '{"items":[]}', '{"events":', '[1,2]'])
    expect(read(other).rows[0]?.problems).toEqual([
      { field: 'file', code: 'invalid', detail: 'json' },
    ])
})

test('whatever an agenda of JSON holds, it is read without a failure', () => {
  fc.assert(
    fc.property(fc.array(fc.object({ withDate: true })), fc.jsonValue(), (events, value) => {
      read(JSON.stringify({ events: [...events, value, { title: 'Café', timings: value }] }))
    }),
    { numRuns: times(40, 100) },
  )
})

test.each([
  ['an object that is no text', '{"toString":1,"valueOf":1}'],
  ['lists within lists', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['a list of such an object', '[{"toString":1}]'],
  ['objects within objects', `${'{"fr":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
])('an agenda whose members are %s is read, or says what is wrong', (_, odd) => {
  const names = [
    ...['uid', 'slug', 'title', 'timings', 'state', 'status', 'attendanceMode', 'image'],
    ...['onlineAccessLink', 'links', 'registration', 'extIds', 'location', 'keywords'],
    ...['conditions', 'timezone', 'updatedAt', 'accessibility', 'longDescription'],
  ]
  const usual = '"title":"Café","timings":[{"begin":"2026-11-05T18:00Z","end":"2026-11-05T19:00Z"}]'
  const nested = [
    ...['"image":{"url":@}', '"links":[{"link":@}]', '"extIds":[{"key":"cafeia","value":@}]'],
    ...[
      '"registration":[{"type":"link","value":@}]',
      '"registration":[{"type":"phone","value":@}]',
    ],
    ...['"timings":[{"begin":@,"end":@}]', '"location":{"name":@}', '"title":{"fr":@}'],
  ].map((member) => member.replaceAll('@', odd))
  for (const member of [...names.map((name) => `"${name}":${odd}`), ...nested]) {
    const { rows, format } = read(`{"events":[{${usual},${member}}]}`)
    expect([member.slice(0, 40), format, rows.length]).toEqual([
      ...[member.slice(0, 40), 'openagenda', 1],
    ])
  }
})
