import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { HORIZON } from '../../../node/domain/cafes/horizon.ts'
import { toInstant } from '../../../node/domain/cafes/import.ts'
import {
  sequenceOf,
  toCalendarEvent,
  toICalendar,
} from '../../../node/formats/icalendar/icalendar.ts'
import { readICalendar } from '../../../node/formats/icalendar/read.ts'
import { cleanText, LINE_MAX } from '../../../node/formats/text/clean-text.ts'
import { aCafe } from '../../support/format-cafe.ts'
import { times } from '../../support/full.ts'

const feed = { name: 'Cafés IA, à Rennes', url: 'https://mediatheque.example/agenda.ics' }
const write = (...cafes: Cafe[]): string => toICalendar(cafes, feed)
const readBack = (text: string) =>
  readICalendar(text, {
    now: Temporal.Instant.from('2026-11-20T00:00:00Z'),
    horizon: HORIZON,
    defaultTimezone: 'Europe/Paris',
  }).rows
/** Parses a calendar with a second library. */
const parse = (text: string): ICAL.Component => new ICAL.Component(ICAL.parse(text))
const eventOf = (text: string): ICAL.Event => {
  const event = parse(text).getFirstSubcomponent('vevent')
  if (!event) throw new Error('no VEVENT')
  return new ICAL.Event(event)
}

describe('a café in a calendar', () => {
  test('says what it is to another library', () => {
    const event = eventOf(write(aCafe()))
    expect(event.uid).toBe('0197a1c2-0000-7000-8000-000000000001@mediatheque.example')
    expect(event.summary).toBe('Café IA : les images')
    expect(event.startDate.toString()).toBe('2026-12-03T17:30:00Z')
    expect(event.endDate.toString()).toBe('2026-12-03T19:00:00Z')
    expect(event.location).toBe('Médiathèque des Tilleuls, 14 rue des Tilleuls, 35000 Rennes')
    expect(event.description).toBe(
      [
        'jeudi 3\u00a0décembre\u00a02026, 18\u00a0h\u00a030\u00a0– 20\u00a0h (heure de Paris)\nMédiathèque des Tilleuls, 14 rue des Tilleuls, 35000 Rennes',
        'Vrai ou faux ?',
        'On regarde ensemble.',
        'Inscription\u00a0: https://mediatheque.example/inscription',
        'https://mediatheque.example/cafes/0197a1c2-0000-7000-8000-000000000001',
      ].join('\n\n'),
    )
    const value = (name: string) => event.component.getFirstPropertyValue(name)
    expect(String(value('geo'))).toBe('48.1113,-1.68')
    expect(value('status')).toBe('CONFIRMED')
    expect(value('image')).toBe('https://mediatheque.example/media/1.jpg')
    expect(
      event.component.getAllProperties('categories').flatMap((line) => line.getValues()),
    ).toEqual(['café débat', 'images', 'désinformation'])
  })

  test('is named and refreshed as a feed', () => {
    const text = write(aCafe())
    expect(text).toContain('\r\nX-WR-CALNAME:Cafés IA\\, à Rennes\r\n')
    const calendar = parse(text)
    expect(calendar.getFirstPropertyValue('source')).toBe(feed.url)
    expect(String(calendar.getFirstPropertyValue('refresh-interval'))).toBe('PT1H')
  })

  test('alone has no name of its own, which Outlook would make a new calendar of', () => {
    const text = toCalendarEvent(aCafe())
    expect(text).not.toMatch(/^(?:X-WR-CALNAME|NAME|REFRESH-INTERVAL|X-PUBLISHED-TTL|SOURCE)/m)
    expect(parse(text).getFirstPropertyValue('method')).toBe('PUBLISH')
    expect(eventOf(text).summary).toBe('Café IA : les images')
    expect(eventOf(text).component.getFirstPropertyValue('sequence')).toBe(0)
  })

  test('is marked when it is cancelled or postponed, in its status and in its title', () => {
    const cancelled = eventOf(
      write(aCafe({ status: 'cancelled', statusNote: 'La salle est fermée.' })),
    )
    expect(cancelled.summary).toBe('Annulé\u00a0: Café IA : les images')
    expect(cancelled.component.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(cancelled.description).toMatch(/^Annulé\u00a0: La salle est fermée\./)
    const postponed = eventOf(write(aCafe({ status: 'postponed' })))
    expect(postponed.component.getFirstPropertyValue('status')).toBe('TENTATIVE')
  })

  test('has a sequence that grows with each revision and never falls below zero', () => {
    const at = (updatedAt: string) =>
      sequenceOf(aCafe({ updatedAt: Temporal.Instant.from(updatedAt) }))
    expect(at('2026-11-20T08:00:00Z')).toBe(0)
    expect(at('2026-11-20T08:00:01Z')).toBe(1)
    expect(at('2026-11-19T08:00:00Z')).toBe(0)
    expect(at('2199-01-01T00:00:00Z')).toBe(2 ** 31 - 1)
    expect(sequenceOf(aCafe({ publishedAt: undefined }))).toBe(0)
  })

  test('online has its address and no place; overseas it says whose hour it is', () => {
    const online = write(
      aCafe({ venue: undefined, attendanceMode: 'online', onlineUrl: 'https://visio.example/a' }),
    )
    expect(eventOf(online).location).toBeNull()
    expect(eventOf(online).component.getFirstPropertyValue('conference')).toBe(
      'https://visio.example/a',
    )
    expect(eventOf(online).description).toContain('En ligne\u00a0: https://visio.example/a')
    expect(eventOf(write(aCafe({ timezone: 'Indian/Reunion' }))).description).toMatch(
      /^jeudi 3\u00a0décembre\u00a02026, 21\u00a0h\u00a030\u00a0– 23\u00a0h \(heure de La Réunion\)/,
    )
  })

  test.each<[string, Partial<Cafe>, string]>([
    ['made here', {}, aCafe().uid],
    ['of another calendar', { uid: 'a1@agenda.example' }, aCafe().uri],
    [
      'of a series',
      { uid: 's1@mediatheque.example', series: 's1@mediatheque.example' },
      aCafe().uri,
    ],
    ['that claims to end with its host', { uid: 'x@liar.mediatheque.example' }, aCafe().uri],
    ['of a peer', { peerId: 'peer-1' }, aCafe().uid],
    ['of a peer, with the UID of another', { peerId: 'p', uid: 'x@die.example' }, aCafe().uri],
  ])('%s has a UID of its own, without a date of a series', (_, changes, uid) => {
    const recurrenceId = changes.series && '20261203T173000Z'
    const text = write(aCafe({ ...changes, recurrenceId }))
    expect(eventOf(text).uid).toBe(uid)
    expect(text).not.toContain('RECURRENCE-ID')
    expect(readBack(text).map(({ cafe }) => [cafe?.uid, cafe?.series])).toEqual([[uid, undefined]])
  })

  test('gives the same bytes as long as it does not change', () => {
    expect(write(aCafe())).toBe(write(aCafe()))
  })
})

describe('the bytes', () => {
  const odd = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 })
  const hostile = fc.oneof(
    odd,
    fc.constantFrom(
      'x\r\nATTACH:https://evil.example/',
      'a\nEND:VEVENT\nBEGIN:VEVENT',
      '\\n\\,\\;:"',
      '🤖'.repeat(80),
      'é'.repeat(200),
      '\ud800',
      ';,\\',
      '="HYPERLINK',
    ),
  )

  test('hold one event and fold at 75 octets without halving a character, whatever the words are', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (title, name, theme) => {
        const venue = aCafe().venue
        const cafe = aCafe({ title, themes: [theme], ...(venue && { venue: { ...venue, name } }) })
        const text = toICalendar([{ ...cafe, uid: `u ${title}` }], { name: title, url: feed.url })
        expect(text).toBe(text.toWellFormed())
        expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
        for (const line of text.split('\r\n'))
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        expect(parse(text).getAllSubcomponents()).toHaveLength(1)
        expect(eventOf(text).component.getFirstProperty('attach')).toBeNull()
        const said = eventOf(text).summary ?? ''
        expect(said).toBe(cleanText(title, LINE_MAX))
      }),
      { numRuns: times(60, 300) },
    )
  })

  test('read back, give the café that was written', () => {
    const words = hostile.filter((text) => /^[\p{L}\p{N}]/u.test(cleanText(text, LINE_MAX)))
    fc.assert(
      fc.property(words, (title) => {
        const [row] = readBack(write(aCafe({ title })))
        expect(row?.cafe?.title).toBe(cleanText(title, 500))
      }),
      { numRuns: times(60, 300) },
    )
    const cafe = aCafe()
    const [row] = readBack(write(cafe))
    expect(row?.cafe).toMatchObject({
      uid: cafe.uid,
      url: cafe.url,
      status: 'scheduled',
      themes: ['café débat', 'images', 'désinformation'],
      image: cafe.image,
      updatedAt: cafe.updatedAt,
      place: {
        name: cafe.venue?.name,
        streetAddress: cafe.venue?.streetAddress,
        postalCode: '35000',
        commune: 'Rennes',
        codeInsee: '35238',
        latitude: 48.1113,
        longitude: -1.68,
      },
    })
    expect(row?.cafe && toInstant(row.cafe.start, 'UTC').equals(cafe.startsAt)).toBe(true)
    expect(row?.cafe?.end && toInstant(row.cafe.end, 'UTC').equals(cafe.endsAt)).toBe(true)
    for (const status of ['cancelled', 'postponed'] as const) {
      const [marked] = readBack(write(aCafe({ status })))
      expect(marked?.cafe).toMatchObject({ title: cafe.title, status })
    }
  })

  test('an address cannot carry a line or a second property', () => {
    const text = write(
      aCafe({
        url: 'https://mediatheque.example/a\r\nATTACH:x',
        onlineUrl: 'https://visio.example/a;b,c\r\nX:1',
        image: { url: 'nonsense\r\nX:1', alt: 'a\r\nX:1' },
      }),
    )
    expect(text).not.toMatch(/^(?:ATTACH|X):/m)
    expect(eventOf(text).component.getFirstPropertyValue('conference')).toBe(
      'https://visio.example/a%3Bb%2CcX:1',
    )
  })

  test('no cafés make a calendar that is still one', () => {
    expect(parse(write()).getAllSubcomponents()).toEqual([])
  })
})
