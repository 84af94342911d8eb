import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toOwnTerms } from '../../../federation/gate/jsonld.ts'
import { toEvent } from '../../../federation/wire/event.ts'
import { isObject, type Json } from '../../../federation/wire/json.ts'
import { fromEvent, type ReadEvent } from '../../../federation/wire/read-event.ts'
import { cafeContents } from '../../support/cafe-contents.ts'
import { times } from '../../support/full.ts'
import { ownCafe } from '../../support/own-cafe.ts'

const NOW = Temporal.Instant.from('2026-11-25T09:00:00Z')
const ORIGIN = 'https://mediatheque.example'

const fixture = (name: string): Json =>
  JSON.parse(
    readFileSync(new URL(`../../fixtures/activitypub/${name}.json`, import.meta.url), 'utf8'),
  )

/** Reads a fixture as the inbox does: it compacts the activity to our own terms, then reads its object. */
async function readFixture(name: string): Promise<ReadEvent> {
  const activity = await toOwnTerms(fixture(name))
  if (!activity || !isObject(activity.object)) throw new Error(`${name} cannot be read`)
  const read = fromEvent(activity.object, NOW)
  if ('refused' in read) throw new Error(`${name}: ${read.refused}`)
  return read
}

function readChanged(change: Json): ReadEvent | { refused: string } {
  return fromEvent({ ...toEvent(ownCafe(), ORIGIN), ...change }, NOW)
}

function accepted(change: Json): ReadEvent {
  const read = readChanged(change)
  if ('refused' in read) throw new Error(read.refused)
  return read
}

describe('a café that crosses the wire', () => {
  test('keeps everything that its organiser decided, but the Markdown, the picture and the waiting list', () => {
    fc.assert(
      fc.property(cafeContents, (content) => {
        const wire = JSON.parse(JSON.stringify(toEvent(ownCafe(content), ORIGIN)))
        const read = fromEvent(wire, NOW)
        if ('refused' in read) throw new Error(read.refused)
        const { venue, ...rest } = content
        expect(read.content).toEqual(rest)
        expect(read.venue === undefined).toBe(venue === undefined)
        if (!venue || !read.venue) return
        const { id: _, departement, region, latitude, longitude, ...named } = venue
        expect(read.venue).toMatchObject(named)
        expect(read.venue.latitude === undefined).toBe(latitude === undefined)
        if (latitude !== undefined) expect(read.venue.latitude).toBeCloseTo(latitude, 4)
        if (longitude !== undefined) expect(read.venue.longitude).toBeCloseTo(longitude, 4)
      }),
      { numRuns: times(60, 300) },
    )
  })

  test('is said to be confirmed when a person of its team has confirmed it, never else', () => {
    const confirmedAt = Temporal.Instant.from('2026-11-20T07:00:00Z')
    const wire = JSON.parse(JSON.stringify(toEvent({ ...ownCafe(), confirmedAt }, ORIGIN)))
    expect(wire.confirmedAt).toBe('2026-11-20T07:00:00Z')
    expect(fromEvent(wire, NOW)).toMatchObject({ confirmedAt })
    expect(accepted({}).confirmedAt).toBeUndefined()
    expect(accepted({ confirmedAt: '2026-11-24T00:00:00Z' }).confirmedAt).toBeUndefined()
    expect(accepted({ confirmedAt: 'yes' }).confirmedAt).toBeUndefined()
  })

  test('is full without a number of seats when its own server says so; another’s zero of none is no limit', () => {
    const registration = {
      mode: 'none',
      url: undefined,
      capacity: undefined,
      seatsLeft: 0,
      waitlist: false,
    } as const
    const wire = JSON.parse(JSON.stringify(toEvent(ownCafe({ registration }), ORIGIN)))
    expect(fromEvent(wire, NOW)).toMatchObject({ content: { registration } })
    const mobilizon = { maximumAttendeeCapacity: 0, remainingAttendeeCapacity: 0 }
    const read = accepted({ ...mobilizon, registrationMode: undefined })
    expect(read.content.registration.seatsLeft).toBeUndefined()
  })

  test('is the same when a JSON-LD reader goes through the terms of its context', async () => {
    const event = JSON.parse(JSON.stringify(toEvent(ownCafe(), ORIGIN)))
    // A context that differs from ours makes the reader compact the whole document.
    const foreign = {
      ...event,
      '@context': [...event['@context'], { extra: 'https://a.example/' }],
    }
    const read = await toOwnTerms(foreign)
    expect(read && fromEvent(read, NOW)).toEqual(fromEvent(event, NOW))
  })

  test('keeps who announced it, when, and under which names', () => {
    const read = accepted({})
    const cafe = ownCafe()
    expect(read).toMatchObject({
      uri: cafe.uri,
      url: cafe.url,
      uid: cafe.uid,
      organizerUri: cafe.organizer.uri,
      hasPrice: false,
    })
    expect(read.updatedAt.equals(cafe.updatedAt)).toBe(true)
    expect(read.hashtags).toContain('#cafeia')
  })
})

describe('recorded activities of real servers', () => {
  test('Mobilizon: the address by parts, the online address, its own names for the zone and the way to join', async () => {
    const read = await readFixture('mobilizon-create-event')
    expect(read).toMatchObject({
      uri: 'https://mobilizon.example/events/4f5cf9a4-0a5b-4d5e-9a55-1f0a3f9f9a10',
      organizerUri: 'https://mobilizon.example/@amis_du_numerique',
      venue: {
        name: 'Tiers-lieu La Quincaille',
        streetAddress: '5 Rue du Port',
        postalCode: '44000',
        commune: 'Nantes',
      },
      hashtags: ['#cafeia', '#numerique'],
    })
    expect(read.content).toMatchObject({
      title: 'Café IA : écrire avec une machine ?',
      timezone: 'Europe/Paris',
      status: 'scheduled',
      attendanceMode: 'offline',
      languages: ['fr'],
      registration: { mode: 'none', capacity: 20 },
    })
    expect(read.venue?.latitude).toBeCloseTo(47.2184)
    expect(read.content.startsAt.toString()).toBe('2026-12-09T17:30:00Z')
    expect(read.content.descriptionHtml).toBe('<p>Apportez votre <strong>curiosité</strong>.</p>')
  })

  test('Gancio: milliseconds in the time, a picture first, no zone and no eventStatus', async () => {
    const read = await readFixture('gancio-create-event')
    expect(read).toMatchObject({
      uri: 'https://gancio.example/federation/m/812',
      url: 'https://gancio.example/event/cafe-ia-a-die',
      organizerUri: 'https://gancio.example/federation/u/relay',
      venue: { name: 'Le Moulin', streetAddress: '12 rue du Moulin, Die' },
    })
    expect(read.content.startsAt.toString()).toBe('2026-12-03T18:00:00Z')
    expect(read.content.endsAt.toString()).toBe('2026-12-03T19:30:00Z')
    expect(read.content.timezone).toBeUndefined()
    expect(read.content.image).toBeUndefined()
  })

  test('WordPress Event Bridge: a list of places, terms of its own context', async () => {
    const read = await readFixture('wordpress-create-event')
    expect(read).toMatchObject({
      uri: 'https://asso.example/?p=118',
      url: 'https://asso.example/agenda/cafe-ia/',
      organizerUri: 'https://asso.example/?author=0',
      venue: { name: 'Salle des fêtes', commune: 'Crest', postalCode: '26400' },
    })
    expect(read.content).toMatchObject({
      timezone: 'Europe/Paris',
      registration: { mode: 'external', url: 'https://asso.example/agenda/cafe-ia/#inscription' },
    })
  })

  test('Friendica: no content but a summary, as:Place with a name alone', async () => {
    const read = await readFixture('friendica-create-event')
    expect(read).toMatchObject({
      organizerUri: 'https://friendica.example/profile/maison',
      venue: { name: 'Maison de quartier' },
      content: { title: 'Café IA de quartier' },
    })
    expect(read.content.startsAt.toString()).toBe('2026-12-12T09:00:00Z')
  })

  test('a Note of Mastodon is no café', async () => {
    const activity = await toOwnTerms(fixture('mastodon-create-note'))
    expect(isObject(activity?.object) && fromEvent(activity.object, NOW)).toEqual({
      refused: 'not an Event',
    })
  })
})

describe('what cannot be believed', () => {
  test.each([
    ['no time', undefined],
    ['a month that does not exist', '2026-13-45T18:00:00+01:00'],
    ['a year beyond reason', '+275760-09-13T00:00:00Z'],
    ['no zone', '2026-12-09T18:30:00'],
    ['words', 'jeudi'],
    ['a number', 1_796_000_000],
    ['a list of nothing', []],
  ])('a start that is %s is refused', (_, startTime) => {
    expect(readChanged({ startTime })).toEqual({ refused: 'no date that can be read' })
  })

  test.each([
    ['before it begins', '2026-12-03T17:00:00+01:00'],
    ['as it begins', '2026-12-03T18:30:00+01:00'],
    ['ten years later', '2036-12-03T18:30:00+01:00'],
  ])('an event that ends %s is refused', (_, endTime) => {
    expect(readChanged({ endTime })).toHaveProperty('refused')
  })

  test('without an end it lasts an hour and a half', () => {
    const { content } = accepted({ endTime: undefined })
    expect(content.startsAt.until(content.endsAt).total('minutes')).toBe(90)
  })

  test('an update from the future would beat every correction, and is refused', () => {
    expect(readChanged({ updated: '2027-11-25T09:00:00Z' })).toEqual({
      refused: 'updated in the future',
    })
    expect(readChanged({ updated: '2026-11-25T09:59:00Z' })).not.toHaveProperty('refused')
  })

  test('an event of another server’s organiser is refused', () => {
    expect(readChanged({ attributedTo: 'https://other.example/actors/cafes' })).toEqual({
      refused: 'organised by another server',
    })
  })

  test('an event without a title is refused, of invisible letters too', () => {
    for (const name of ['', ' \u200b\u202e ', undefined, 7, ['a']])
      expect(readChanged({ name, nameMap: undefined })).toEqual({ refused: 'no title' })
  })

  test('scripts, handlers and styles are gone from what is shown', () => {
    const evil =
      '<p onclick="x()">Bon<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=x></svg><iframe src="https://a.example"></iframe><a href="JaVa\tscript:alert(1)">là</a><a href="https://a.example/" onclick=x>ici</a></p>'
    const { content } = accepted({ description: evil })
    expect(content.descriptionHtml).toBe(
      '<p>Bonlà<a href="https://a.example/" rel="ugc nofollow noopener">ici</a></p>',
    )
    expect(content.descriptionText).toBe('Bonlàici (https://a.example/)')
  })

  test('controls, overrides and lone surrogates are gone from every plain text', () => {
    const unseen = 'https://a.example/b\n\u202ec'
    expect(accepted({ onlineUrl: unseen }).content.onlineUrl).toBe('https://a.example/b%E2%80%AEc')
    const evil = 'A\u0000\u202eB\u200b\ud800C\r\nD'
    const { content, venue } = accepted({
      name: evil,
      lead: evil,
      format: evil,
      support: evil,
      statusNote: evil,
      themes: [evil, 7, { a: 1 }],
      speakers: [evil],
      location: { type: 'Place', name: evil, address: { addressLocality: evil } },
    })
    const clean = 'AB\ufffdC D'
    expect(content).toMatchObject({
      title: clean,
      summary: clean,
      format: clean,
      support: clean,
      statusNote: clean,
      themes: [clean],
      speakers: [clean],
    })
    expect(venue).toMatchObject({ name: clean, commune: clean })
    expect(JSON.stringify({ content, venue }).isWellFormed()).toBe(true)
  })

  test('addresses that are not of the web are dropped', () => {
    for (const evil of [
      'javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      '//a.example',
      7,
    ]) {
      const read = accepted({ url: evil, onlineUrl: evil, externalParticipationUrl: evil })
      expect(read.url).toBe(read.uri)
      expect(read.content.onlineUrl).toBeUndefined()
      expect(read.content.registration.url).toBeUndefined()
    }
  })

  test('numbers beyond reason are dropped: seats, and points that are not on Earth', () => {
    for (const evil of [-1, 1.5, '40', 1e12, Number.NaN, null]) {
      const { content } = accepted({ maximumAttendeeCapacity: evil })
      expect(content.registration.capacity).toBeUndefined()
    }
    for (const evil of [
      [91, 0],
      [0, 181],
      ['a', 'b'],
      [null, null],
      ['', ''],
      [[], []],
    ]) {
      const location = { type: 'Place', name: 'Ici', latitude: evil[0], longitude: evil[1] }
      const { venue } = accepted({ location })
      expect(venue).toMatchObject({ latitude: undefined, longitude: undefined })
    }
  })

  test('an event without a place is online only when it says so', () => {
    for (const location of [undefined, null, 'Lyon', [], { type: 'Place' }]) {
      expect(accepted({ location, isOnline: false }).isPlaced).toBe(false)
      expect(accepted({ location, isOnline: true }).isPlaced).toBe(true)
    }
    const virtual = { type: 'VirtualLocation', url: 'https://visio.example/1' }
    expect(accepted({ location: [virtual] }).isPlaced).toBe(true)
    expect(accepted({}).isPlaced).toBe(true)
  })

  test('lists as long as a book are cut', () => {
    const { content } = accepted({ themes: Array.from({ length: 5000 }, (_, i) => `t${i}`) })
    expect(content.themes).toHaveLength(20)
    // Items after the hundredth are not cleaned, even when no item before it has any text.
    const late = [...Array.from({ length: 250_000 }, () => ' '), 'late']
    expect(accepted({ themes: late }).content.themes).toEqual([])
  })

  test('a zone that does not exist is none', () => {
    for (const timezone of ['Europe/Grenoble', '', 7, null])
      expect(accepted({ timezone }).content.timezone).toBeUndefined()
  })

  test('whatever it is made of, reading never throws', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(toEvent(ownCafe(), ORIGIN))), fc.jsonValue()),
        (change) => {
          readChanged(change as Json)
        },
      ),
      { numRuns: times(100, 500) },
    )
  })
})

describe('money', () => {
  test('an event that is not free says so, whatever names the price', () => {
    expect(accepted({ isAccessibleForFree: false }).hasPrice).toBe(true)
    expect(accepted({ isAccessibleForFree: true }).hasPrice).toBe(false)
    expect(accepted({ offers: [{ type: 'Offer', price: '12.00' }] }).hasPrice).toBe(true)
    expect(accepted({ offers: { type: 'Offer', price: 0 } }).hasPrice).toBe(false)
    expect(accepted({ price: 5 }).hasPrice).toBe(true)
    expect(accepted({ offers: 'https://billetterie.example/' }).hasPrice).toBe(false)
  })
})

describe('states as others write them', () => {
  test.each([
    [{ eventStatus: 'https://schema.org/EventCancelled', status: 'CONFIRMED' }, 'cancelled'],
    [{ eventStatus: undefined, status: 'CANCELLED' }, 'cancelled'],
    [{ eventStatus: undefined, status: 'ical:CANCELLED' }, 'cancelled'],
    [{ eventStatus: undefined, status: 'TENTATIVE' }, 'scheduled'],
    [{ eventStatus: 'EventTentative', status: undefined }, 'scheduled'],
    [{ eventStatus: 'EventPostponed', status: undefined }, 'postponed'],
    [{ eventStatus: 'EventMovedOnline', status: undefined }, 'moved-online'],
  ])('%j is %s', (change, status) => {
    expect(accepted(change).content.status).toBe(status)
  })

  test('what is postponed needs no date but its previous one', () => {
    const previousStartTime = '2026-12-09T18:30:00+01:00'
    const off = { eventStatus: 'EventPostponed', startTime: undefined, endTime: undefined }
    const { content } = accepted({ ...off, previousStartTime })
    expect(content.startsAt.toString()).toBe('2026-12-09T17:30:00Z')
    expect(content).toMatchObject({ status: 'postponed', previousStartsAt: undefined })
    expect(readChanged(off)).toEqual({ refused: 'no date that can be read' })
    const planned = { ...off, eventStatus: 'EventScheduled', previousStartTime }
    expect(readChanged(planned)).toEqual({ refused: 'no date that can be read' })
  })

  test('a cancelled title is marked once', () => {
    const change = { status: 'CANCELLED', eventStatus: 'EventCancelled', nameMap: undefined }
    expect(accepted({ ...change, name: 'Annulé – Café IA' }).content.title).toBe('Café IA')
    expect(accepted({ ...change, name: 'ANNULÉ : Café IA' }).content.title).toBe('Café IA')
    expect(accepted({ name: 'Annulé – l’histoire d’un mot' }).content.title).toBe(
      'Annulé – l’histoire d’un mot',
    )
  })
})
