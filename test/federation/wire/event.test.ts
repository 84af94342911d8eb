import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CONTEXT } from '../../../federation/wire/context.ts'
import { toEvent } from '../../../federation/wire/event.ts'
import { isObject, type Json, toList } from '../../../federation/wire/json.ts'
import type { CafeContent } from '../../../node/domain/cafes/cafe.ts'
import { cafeContents } from '../../support/cafe-contents.ts'
import { times } from '../../support/full.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { readable } from '../../support/readable.ts'
import { ORIGIN, online, wireOf } from '../../support/wire-event.ts'

const PAGE = `${ORIGIN}/cafes/0197a1c2-0000-7000-8000-000000000001`
const instant = (text: string) => Temporal.Instant.from(text)
const VENUE = ownCafe().venue

describe('the shape of an Event', () => {
  test('tag and attachment are lists, even of one or none: Gancio answers 400 or 500 else', () => {
    const { text } = wireOf({ themes: [], venue: undefined, attendanceMode: 'online' })
    expect(text).toMatch(/"attachment":\[[{\]]/)
    expect(text).toMatch(/"tag":\[\{"type":"Hashtag","name":"#CafeIA"[^{]*\}\]/)
  })

  test('in tag there are only hashtags, each with its sign and its address', () => {
    const { event } = wireOf({ themes: ['vie privée', 'IA & travail', '…'] })
    expect(event.tag).toEqual([
      { type: 'Hashtag', name: '#CafeIA', href: `${ORIGIN}/cafes` },
      { type: 'Hashtag', name: '#Rennes', href: `${ORIGIN}/cafes` },
      { type: 'Hashtag', name: '#ViePrivée', href: `${ORIGIN}/cafes` },
      { type: 'Hashtag', name: '#IATravail', href: `${ORIGIN}/cafes` },
    ])
  })

  test('a hashtag has 2 to 40 characters: Mobilizon refuses the whole Event else', () => {
    const longest = 'Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson'
    const named = (commune: string, themes: string[]) =>
      toList(wireOf({ venue: VENUE && { ...VENUE, commune }, themes }).event.tag)
        .filter(isObject)
        .map(({ name }) => name)
    expect(named('Y', ['X', '日', 'é'.repeat(39), 'é'.repeat(40)])).toEqual([
      '#CafeIA',
      `#É${'é'.repeat(38)}`,
    ])
    expect(named(longest, ['IA', 'w'.repeat(80)])).toEqual([
      '#CafeIA',
      '#SaintRemyEnBouzemontSaintGenestEtIsson',
      '#IA',
    ])
  })

  test('no café, whatever its words, has a hashtag that is too long or too short', () => {
    fc.assert(
      fc.property(cafeContents, (content) => {
        for (const { name } of toList(wireOf(content).event.tag).filter(isObject))
          expect(String(name)).toMatch(/^#.{2,39}$/u)
      }),
      { numRuns: times(40, 200) },
    )
  })

  test('the picture comes first in attachment, and every attachment has a name and a media type', () => {
    const image = { url: `${ORIGIN}/media/1.png`, alt: 'Une table, des tasses' }
    const attachments = toList(wireOf({ image }).event.attachment).filter(isObject)
    expect(attachments[0]).toMatchObject({ type: 'Image', url: image.url, name: image.alt })
    expect(attachments[0]?.mediaType).toBe('image/png')
    expect(attachments[1]).toMatchObject({ type: 'Link', name: 'Website', href: PAGE })
    for (const attachment of attachments) {
      expect(attachment.name).not.toBe('')
      expect(attachment.mediaType).toMatch(/^(image|text)\//)
    }
  })

  test('a photo kept here goes out as its 1200 × 630 part, with its size and where to look', () => {
    const mediaId = 'a'.repeat(32)
    const image = {
      url: `${ORIGIN}/media/${mediaId}-1600.jpg`,
      alt: 'Une table, des tasses',
      mediaId,
      ...{ width: 1600, height: 1600, sizes: [480, 960, 1600] },
      focalPoint: [0.67, 0.67] as const,
    }
    const [first] = toList(wireOf({ image }).event.attachment)
    expect(first).toEqual({
      type: 'Image',
      mediaType: 'image/jpeg',
      url: `${ORIGIN}/media/${mediaId}-1200x630-84-16.jpg`,
      name: 'Une table, des tasses',
      width: 1200,
      height: 630,
      focalPoint: [0.67, 0.37],
      isBannerImage: true,
    })
  })

  test('without a photo the card goes out, with all its words as its name; another when it shows something else', () => {
    const cardOf = (content: Partial<CafeContent>, updatedAt?: Temporal.Instant) => {
      const cafe = ownCafe(content)
      const event = toEvent({ ...cafe, updatedAt: updatedAt ?? cafe.updatedAt }, ORIGIN)
      return toList(event.attachment)[0] as Json
    }
    const card = cardOf({})
    expect(card).toMatchObject({
      ...{ type: 'Image', mediaType: 'image/png', width: 1200, height: 630, focalPoint: [0, 0] },
    })
    expect(card.url).toMatch(new RegExp(`^${PAGE}/carte\\.png\\?v=[0-9a-f]{16}$`))
    expect(readable(String(card.name))).toBe(
      'Café IA : les images. jeudi 3 décembre 2026, 18 h 30 – 20 h (heure de Paris). Médiathèque des Tilleuls, 14 rue des Tilleuls, 35000 Rennes.',
    )
    expect(readable(String(cardOf({ status: 'cancelled' }).name))).toMatch(/^Annulé : Café IA/)
    const unseen = { descriptionHtml: '<p>Autre chose.</p>', phone: '02 99 00 00 00' }
    const registration = { ...ownCafe().registration, capacity: 40, seatsLeft: 0 }
    expect(cardOf({ ...unseen, registration }, instant('2027-01-01T00:00:00Z')).url).toBe(card.url)
    const { startsAt, endsAt } = ownCafe()
    const shown: Partial<CafeContent>[] = [
      { title: 'Café IA : les image' },
      { status: 'cancelled' },
      { status: 'postponed' },
      { startsAt: startsAt.add({ minutes: 1 }) },
      { endsAt: endsAt.add({ minutes: 1 }) },
      { timezone: 'Europe/Brussels' },
      { attendanceMode: 'mixed' },
      { status: 'moved-online' },
      { venue: VENUE && { ...VENUE, name: 'Médiathèque des Tilleul' } },
    ]
    const addresses = [card, ...shown.map((content) => cardOf(content))].map(({ url }) => url)
    expect(new Set(addresses).size).toBe(addresses.length)
  })

  test('coordinates are never integers, and stay on Earth', () => {
    for (const [latitude, longitude] of [
      [48, 2],
      [-21, 55],
      [0, -0],
      [90, 180],
      [-90, -180],
      [48.1113, -1.68],
    ]) {
      const venue = VENUE && { ...VENUE, latitude, longitude }
      const { text, event } = wireOf({ venue })
      expect(text).toMatch(/"latitude":-?\d+\.\d+,"longitude":-?\d+\.\d+\}/)
      const location = event.location as { latitude: number; longitude: number }
      expect(Math.abs(location.latitude)).toBeLessThanOrEqual(90)
      expect(Math.abs(location.longitude)).toBeLessThanOrEqual(180)
      expect(Math.abs(location.latitude - Number(latitude))).toBeLessThan(0.00001)
    }
  })

  test('a coordinate smaller than a millionth of a degree is not written with an exponent', () => {
    const venue = VENUE && { ...VENUE, latitude: 1e-7, longitude: -3e-9 }
    expect(wireOf({ venue }).text).toMatch(/"latitude":-?\d+\.\d+,"longitude":-?\d+\.\d+\}/)
  })

  test('there is one location: a Place with its name and address', () => {
    const { event } = wireOf({ attendanceMode: 'mixed', onlineUrl: 'https://visio.example/1' })
    expect(event.location).toMatchObject({
      type: 'Place',
      name: 'Médiathèque des Tilleuls, Rennes',
      address: {
        type: 'PostalAddress',
        streetAddress: '14 rue des Tilleuls',
        postalCode: '35000',
        addressLocality: 'Rennes',
        addressCountry: 'FR',
      },
    })
    expect(event.isOnline).toBe(true)
  })

  test('online it is one VirtualLocation with a name and an address, which Gancio asks for', () => {
    for (const status of ['scheduled', 'moved-online'] as const) {
      const { event } = wireOf({ ...online, status })
      const here = { name: 'En ligne', address: 'En ligne' }
      expect(event.location).toEqual({ type: 'VirtualLocation', ...here, url: PAGE })
      expect(event.isOnline).toBe(true)
    }
  })

  test('joinMode is external, or restricted where a Join takes a seat; there is an address to go to', () => {
    const local = {
      registration: { ...ownCafe().registration, mode: 'local', url: undefined },
    } as const
    for (const mode of ['none', 'local', 'phone'] as const) {
      const registration = { ...ownCafe().registration, mode, url: undefined }
      const { event } = wireOf({ registration, phone: '02 99 00 00 00' })
      expect(event.joinMode).toBe(mode === 'local' ? 'restricted' : 'external')
      expect(event.externalParticipationUrl).toBe(PAGE)
    }
    const byLink = { ...online, registrantsUrl: 'https://visio.example/secret' }
    for (const change of [{ openTo: 'reserved' }, { status: 'cancelled' }, byLink] as const)
      expect(wireOf({ ...local, ...change }).event.joinMode).toBe('external')
    expect(wireOf().event.externalParticipationUrl).toBe('https://mediatheque.example/inscription')
  })

  test('an address to sign up of more than 255 characters gives way to the page', () => {
    const short = `https://inscription.example/${'x'.repeat(227)}`
    const registration = { ...ownCafe().registration, mode: 'external', url: short } as const
    expect(short).toHaveLength(255)
    expect(wireOf({ registration }).event.externalParticipationUrl).toBe(short)
    const { event } = wireOf({ registration: { ...registration, url: `${short}x` } })
    expect(event.externalParticipationUrl).toBe(PAGE)
    expect(event.joinMode).toBe('external')
  })

  test('the title has 3 to 200 letters and no angle bracket', () => {
    const longest = 'é'.repeat(140)
    for (const status of ['scheduled', 'cancelled', 'postponed', 'moved-online'] as const) {
      const name = String(wireOf({ title: longest, status }).event.name)
      expect(name.length).toBeLessThanOrEqual(200)
    }
    const { event } = wireOf({ title: 'IA <b>& nous</b>' })
    expect(event.name).toBe('IA ‹b›& nous‹/b›')
    expect(event.content).toContain('<strong>IA ‹b›&amp; nous‹/b›</strong>')
  })

  test('category is one known word, and inLanguage one tag', () => {
    const { event } = wireOf({ languages: ['br', 'fr'] })
    expect(event.category).toBe('SCIENCE_TECH')
    expect(event.inLanguage).toBe('br')
    expect(event.nameMap).toEqual({ br: event.name })
    expect(event.contentMap).toEqual({ br: event.content })
  })

  test('it is public, with the followers in copy, by the feed, for the whole server', () => {
    expect(wireOf().event).toMatchObject({
      id: PAGE,
      url: PAGE,
      attributedTo: `${ORIGIN}/actors/cafes`,
      actor: `${ORIGIN}/actors/instance`,
      to: ['https://www.w3.org/ns/activitystreams#Public'],
      cc: [`${ORIGIN}/actors/cafes/followers`],
      organizers: { type: 'OrganizersCollection', items: [`${ORIGIN}/actors/cafes`] },
    })
  })

  test('the context is ActivityStreams, data integrity, then our terms inline; nothing else remote', () => {
    const context = toList(wireOf().event['@context'])
    expect(context).toHaveLength(3)
    expect(context[0]).toBe('https://www.w3.org/ns/activitystreams')
    expect(context[1]).toBe('https://w3id.org/security/data-integrity/v1')
    expect(isObject(context[2])).toBe(true)
    expect(wireOf().text).toContain('"schema":"http://schema.org/"')
  })

  test('every word of an Event is defined by its context, so that no JSON-LD reader drops it', () => {
    const known = new Set([
      ...Object.keys(CONTEXT[2]),
      ...'@context id type url attributedTo actor to cc name nameMap summary content contentMap mediaType'.split(
        ' ',
      ),
      ...'startTime endTime published updated location latitude longitude totalItems items'.split(
        ' ',
      ),
      ...'attachment tag replies href width height instrument'.split(' '),
    ])
    const image = { url: `${ORIGIN}/media/1.png`, alt: 'Une table' }
    const { event } = wireOf({
      image,
      status: 'rescheduled',
      previousStartsAt: instant('2026-12-01T17:00:00Z'),
      statusNote: 'Grève',
      onlineUrl: 'https://visio.example/1',
      phone: '02 99 00 00 00',
      support: 'au chapeau',
      speakers: ['Ada Lovelace'],
    })
    const unknown: string[] = []
    const look = (value: unknown): void => {
      if (Array.isArray(value)) for (const item of value) look(item)
      if (!isObject(value)) return
      for (const [name, item] of Object.entries(value)) {
        if (!known.has(name)) unknown.push(name)
        if (!['@context', 'nameMap', 'contentMap'].includes(name)) look(item)
      }
    }
    look(event)
    expect(unknown).toEqual([])
  })

  test('no person is inside: facilitators are an address, attendees a count', () => {
    const registration = { ...ownCafe().registration, capacity: 40, seatsLeft: 23 }
    const { event, text } = wireOf({ registration })
    expect(event.facilitators).toBe(`${PAGE}/facilitators`)
    expect(event.attendees).toEqual({
      type: 'Collection',
      id: `${PAGE}/attendees`,
      totalItems: 17,
    })
    expect(event).toMatchObject({
      maximumAttendeeCapacity: 40,
      remainingAttendeeCapacity: 23,
      participantCount: 17,
    })
    expect(text).not.toContain('"Person"')
  })

  test('a café costs nothing, and says so', () => {
    const { event, text } = wireOf({ support: 'au chapeau' })
    expect(event.isAccessibleForFree).toBe(true)
    expect(text).not.toMatch(/"(price|offers|priceCurrency)"/)
  })

  test('it is far below what Mastodon reads at most', () => {
    const description = `<p>${'mot '.repeat(2500)}</p>`
    expect(wireOf({ descriptionHtml: description }).text.length).toBeLessThan(100_000)
  })
})
