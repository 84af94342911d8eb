import { createHash, generateKeyPairSync } from 'node:crypto'
import { importJwk, verifyProof as verifyByFedify } from '@fedify/fedify/sig'
import { DataIntegrityProof, Event, Multikey, Place } from '@fedify/vocab'
import { getDocumentLoader } from '@fedify/vocab-runtime'
import { hashes, verify as verifyByNoble } from '@noble/ed25519'
import { base58 } from '@scure/base'
import fc from 'fast-check'
import canonicalize from 'json-canon'
import { describe, expect, test } from 'vitest'
import { toActorJson } from '../../../federation/actors/actors.ts'
import { CONTEXT } from '../../../federation/wire/context.ts'
import { toEvent } from '../../../federation/wire/event.ts'
import { isObject, type Json, toList } from '../../../federation/wire/json.ts'
import { addProof, verifyProof } from '../../../federation/wire/proof.ts'
import { fromEvent } from '../../../federation/wire/read-event.ts'
import type { CafeContent } from '../../../node/domain/cafes/cafe.ts'
import { cafeContents, ownCafe } from '../../support/own-cafe.ts'

hashes.sha512 = (message) => new Uint8Array(createHash('sha512').update(message).digest())

const ORIGIN = 'https://mediatheque.example'
const PAGE = `${ORIGIN}/cafes/0197a1c2-0000-7000-8000-000000000001`

/** What leaves: the text, and what a reader makes of it. */
function wireOf(content: Partial<CafeContent> = {}): { text: string; event: Json } {
  const text = JSON.stringify(toEvent(ownCafe(content), ORIGIN))
  return { text, event: JSON.parse(text) }
}

const instant = (text: string) => Temporal.Instant.from(text)
const at = (text: string) => Temporal.ZonedDateTime.from(text).toInstant()
const textsOf = (event: Json) => [event.summary, event.content, event.name].map(String)
/** French typography puts spaces that do not break where a reader sees a space. */
const seen = (text: unknown) => String(text).replaceAll(/[\u00a0\u202f]/g, ' ')

const VENUE = ownCafe().venue
const online = { attendanceMode: 'online', venue: undefined } as const

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
      { numRuns: 200 },
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
    expect(seen(card.name)).toBe(
      'Café IA : les images. jeudi 3 décembre 2026, 18 h 30 – 20 h (heure de Paris). Médiathèque des Tilleuls, 14 rue des Tilleuls, 35000 Rennes.',
    )
    expect(seen(cardOf({ status: 'cancelled' }).name)).toMatch(/^Annulé : Café IA/)
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
      name: 'Médiathèque des Tilleuls',
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

  test('online it is one VirtualLocation with a name: Gancio looks places up by name', () => {
    for (const status of ['scheduled', 'moved-online'] as const) {
      const { event } = wireOf({ ...online, status })
      expect(event.location).toEqual({ type: 'VirtualLocation', name: 'En ligne', url: PAGE })
      expect(event.isOnline).toBe(true)
    }
  })

  test('joinMode is external with an address to go to, whatever the way to sign up', () => {
    for (const mode of ['none', 'local', 'phone'] as const) {
      const registration = { ...ownCafe().registration, mode, url: undefined }
      const { event } = wireOf({ registration, phone: '02 99 00 00 00' })
      expect(event.joinMode).toBe('external')
      expect(event.externalParticipationUrl).toBe(PAGE)
    }
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
      ...'attachment tag replies href width height'.split(' '),
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

describe('times', () => {
  test('of the café are local with their offset, without a fraction', () => {
    fc.assert(
      fc.property(cafeContents, (content) => {
        const { event } = wireOf(content)
        for (const time of [event.startTime, event.endTime, event.previousStartTime])
          if (time !== undefined)
            expect(time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/)
        expect(String(event.startTime).length).toBeGreaterThan(20)
        expect(event.timezone).toBe(content.timezone)
      }),
      { numRuns: 200 },
    )
  })

  test('of what was published are UTC without a fraction, and updated is not before published', () => {
    const cafe = ownCafe()
    const event = toEvent({ ...cafe, updatedAt: cafe.updatedAt.add({ hours: 1 }) }, ORIGIN)
    for (const time of [event.published, event.updated])
      expect(time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
    expect(String(event.updated) >= String(event.published)).toBe(true)
  })

  test('there is an updated only once it differs: GoToSocial and NodeBB show what has one as edited', () => {
    const cafe = ownCafe()
    const publishedAt = cafe.updatedAt
    expect(toEvent({ ...cafe, publishedAt }, ORIGIN)).not.toHaveProperty('updated')
    const updatedAt = publishedAt.add({ seconds: 1 })
    expect(toEvent({ ...cafe, publishedAt, updatedAt }, ORIGIN).updated).toBe(String(updatedAt))
  })

  test.each([
    ['2026-10-24T18:30[Europe/Paris]', '2026-10-24T18:30:00+02:00'],
    ['2026-10-25T02:30+02:00[Europe/Paris]', '2026-10-25T02:30:00+02:00'],
    ['2026-10-25T02:30+01:00[Europe/Paris]', '2026-10-25T02:30:00+01:00'],
    ['2026-10-25T18:30[Europe/Paris]', '2026-10-25T18:30:00+01:00'],
    ['2027-03-27T18:30[Europe/Paris]', '2027-03-27T18:30:00+01:00'],
    ['2027-03-28T18:30[Europe/Paris]', '2027-03-28T18:30:00+02:00'],
    ['2026-12-09T18:30[Indian/Reunion]', '2026-12-09T18:30:00+04:00'],
    ['2026-07-09T18:30[America/Martinique]', '2026-07-09T18:30:00-04:00'],
    ['2026-12-09T18:30[America/Cayenne]', '2026-12-09T18:30:00-03:00'],
    ['2026-07-09T18:30[America/Miquelon]', '2026-07-09T18:30:00-02:00'],
    ['2026-12-09T18:30[Pacific/Noumea]', '2026-12-09T18:30:00+11:00'],
    ['2026-12-09T18:30[Pacific/Tahiti]', '2026-12-09T18:30:00-10:00'],
    ['2026-12-09T18:30[Pacific/Marquesas]', '2026-12-09T18:30:00-09:30'],
  ])('%s is written %s', (when, written) => {
    const start = Temporal.ZonedDateTime.from(when)
    const startsAt = start.toInstant()
    const { event } = wireOf({
      startsAt,
      endsAt: startsAt.add({ minutes: 90 }),
      timezone: start.timeZoneId,
    })
    expect(event.startTime).toBe(written)
    expect(instant(String(event.startTime)).equals(startsAt)).toBe(true)
  })

  test('a café over the hour that comes twice ends after it began', () => {
    const { event } = wireOf({
      startsAt: at('2026-10-25T02:30+02:00[Europe/Paris]'),
      endsAt: at('2026-10-25T02:30+01:00[Europe/Paris]'),
    })
    expect(event.startTime).toBe('2026-10-25T02:30:00+02:00')
    expect(event.endTime).toBe('2026-10-25T02:30:00+01:00')
  })

  test('the words give the hour of the place, and name its zone', () => {
    const startsAt = at('2026-12-09T18:30[Indian/Reunion]')
    const { event } = wireOf({
      startsAt,
      endsAt: startsAt.add({ minutes: 90 }),
      timezone: 'Indian/Reunion',
    })
    expect(seen(event.summary)).toContain(
      'mercredi 9 décembre 2026, 18 h 30 – 20 h (heure de La Réunion)',
    )
  })
})

describe('the words that other software shows', () => {
  test('summary and content both carry date, hour, place and how to come', () => {
    const { event } = wireOf()
    for (const html of [seen(event.summary), seen(event.content)]) {
      expect(html).toContain('jeudi 3 décembre 2026, 18 h 30 – 20 h (heure de Paris)')
      expect(html).toContain('Médiathèque des Tilleuls, 14 rue des Tilleuls, 35000 Rennes')
      expect(html).toContain('Gratuit, sur inscription (15 places)')
    }
  })

  test('content begins with the title, which GoToSocial and Misskey show nowhere else', () => {
    expect(seen(wireOf().event.content)).toMatch(
      /^<p><strong>Café IA : les images<\/strong><br>jeudi 3 décembre/,
    )
  })

  test('what an organiser typed stays text', () => {
    const evil = '<script>alert(1)</script>"&'
    const venue = VENUE && { ...VENUE, name: evil, streetAddress: evil }
    const { event } = wireOf({
      title: evil,
      summary: evil,
      statusNote: evil,
      status: 'cancelled',
      venue,
    })
    for (const html of textsOf(event)) expect(html).not.toContain('<script')
  })

  test('one seat is one', () => {
    const registration = { ...ownCafe().registration, capacity: 1 }
    expect(wireOf({ registration }).event.summary).toContain('(1 place)')
  })

  test('a full café is said to be full', () => {
    const registration = { ...ownCafe().registration, capacity: 15, seatsLeft: 0 }
    expect(wireOf({ registration }).event.summary).toContain('complet')
    expect(wireOf({ registration }).event.remainingAttendeeCapacity).toBe(0)
  })

  test('a café online is online in words, and one that is both says both', () => {
    expect(wireOf({ ...online }).event.summary).toContain('📍 En ligne')
    expect(wireOf({ attendanceMode: 'mixed' }).event.summary).toContain('35000 Rennes, et en ligne')
  })
})

describe('the states of a café', () => {
  test('cancelled: the title, the first line and both status words say so', () => {
    const { event } = wireOf({ status: 'cancelled', statusNote: 'Fuite d’eau' })
    expect(event.name).toBe('Annulé – Café IA : les images')
    expect(event.status).toBe('CANCELLED')
    expect(event.eventStatus).toBe('EventCancelled')
    expect(event.summary).toMatch(/^<p>❌ Annulé : Fuite d’eau<br>/)
    expect(event.content).toMatch(/^<p>❌ Annulé : Fuite d’eau<br>/)
    expect(event.startTime).toBe('2026-12-03T18:30:00+01:00')
  })

  test('postponed: tentative, with its old date as startTime and previousStartTime', () => {
    const { event } = wireOf({ status: 'postponed' })
    expect(event).toMatchObject({
      name: 'Reporté – Café IA : les images',
      status: 'TENTATIVE',
      eventStatus: 'EventPostponed',
      startTime: '2026-12-03T18:30:00+01:00',
      previousStartTime: '2026-12-03T18:30:00+01:00',
    })
    expect(event.summary).toMatch(/^<p>⏸️ Reporté/)
  })

  test('rescheduled: the new date, the old one and both in words', () => {
    const { event } = wireOf({
      status: 'rescheduled',
      previousStartsAt: at('2026-11-26T18:30[Europe/Paris]'),
    })
    expect(event).toMatchObject({
      name: 'Café IA : les images',
      status: 'CONFIRMED',
      eventStatus: 'EventRescheduled',
      startTime: '2026-12-03T18:30:00+01:00',
      previousStartTime: '2026-11-26T18:30:00+01:00',
    })
    expect(seen(event.summary)).toMatch(
      /^<p>🔁 Nouvelle date \(prévu d’abord jeudi 26 novembre 2026\)/,
    )
  })

  test('moved online: a VirtualLocation and a title that says so, even where the place is kept', () => {
    for (const place of [online, { attendanceMode: 'offline', venue: VENUE } as const]) {
      const { event } = wireOf({ ...place, status: 'moved-online' })
      expect(event).toMatchObject({
        name: 'Café IA : les images (en ligne)',
        status: 'CONFIRMED',
        eventStatus: 'EventMovedOnline',
        isOnline: true,
        location: { type: 'VirtualLocation', name: 'En ligne' },
      })
      expect(event.summary).toMatch(/^<p>💻 Déplacé en ligne/)
      expect(event.summary).not.toContain('rue des Tilleuls')
    }
  })

  test('seats that nobody counts are not said to be free', () => {
    const registration = { ...ownCafe().registration, capacity: 40, seatsLeft: undefined }
    const { event } = wireOf({ registration })
    expect(event.maximumAttendeeCapacity).toBe(40)
    for (const name of ['remainingAttendeeCapacity', 'participantCount'])
      expect(event).not.toHaveProperty(name)
  })

  test('moved online, still of its town: whoever knows the term reads the place that it had', () => {
    const { event } = wireOf({ venue: VENUE, status: 'moved-online' })
    const read = fromEvent(event, Temporal.Instant.from('2026-12-31T00:00:00Z'))
    if ('refused' in read) throw new Error(read.refused)
    const { name = '', postalCode, codeInsee, latitude } = VENUE ?? {}
    expect(read.venue).toMatchObject({ name, postalCode, codeInsee })
    expect(read.venue?.latitude).toBeCloseTo(latitude ?? 0, 5)
    expect(read.content).toMatchObject({ status: 'moved-online', attendanceMode: 'offline' })
    // Of another status the term says nothing: a place is where one goes.
    const back = { ...event, eventStatus: 'EventScheduled', location: undefined }
    expect(fromEvent(back, Temporal.Instant.from('2026-12-31T00:00:00Z'))).toMatchObject({
      venue: undefined,
    })
  })
})

describe('other software reads it', () => {
  const options = { contextLoader: getDocumentLoader(), documentLoader: getDocumentLoader() }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const keyId = `${ORIGIN}/actors/cafes#ed25519-key`
  const signer = { privateKey, verificationMethod: keyId }
  const signedText = () =>
    JSON.stringify(
      addProof(toEvent(ownCafe(), ORIGIN), signer, instant('2026-11-25T09:00:00.999Z')),
    )

  test('Fedify’s Event has its title, times, place and words', async () => {
    const event = await Event.fromJsonLd(JSON.parse(signedText()), options)
    expect(event.id?.href).toBe(PAGE)
    expect(event.name?.toString()).toBe('Café IA : les images')
    expect(event.startTime?.equals(instant('2026-12-03T17:30:00Z'))).toBe(true)
    expect(event.endTime?.equals(instant('2026-12-03T19:00:00Z'))).toBe(true)
    expect(event.attributionId?.href).toBe(`${ORIGIN}/actors/cafes`)
    const place = await event.getLocation(options)
    expect(place).toBeInstanceOf(Place)
    expect((place as Place).latitude).toBeCloseTo(48.1113)
    expect((await Array.fromAsync(event.getTags(options))).map(String).length).toBeGreaterThan(1)
  })

  test('its proof, made in whole seconds of UTC, holds for us, for noble and for Fedify', async () => {
    const event = JSON.parse(signedText())
    const { proof, ...document } = event
    expect(proof.created).toBe('2026-11-25T09:00:00Z')
    expect(proof.verificationMethod).toBe(keyId)
    expect(proof['@context']).toEqual(document['@context'])
    expect(verifyProof(event, publicKey)).toBe(true)

    const { proofValue, ...proofOptions } = proof
    const sha = (text: string) => createHash('sha256').update(text).digest()
    const message = Buffer.concat([sha(canonicalize(proofOptions)), sha(canonicalize(document))])
    const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(12)
    expect(verifyByNoble(base58.decode(proofValue.slice(1)), message, raw)).toBe(true)

    const jwk = publicKey.export({ format: 'jwk' })
    const key = new Multikey({
      id: new URL(keyId),
      controller: new URL(`${ORIGIN}/actors/cafes`),
      publicKey: await importJwk({ ...jwk, alg: 'Ed25519', key_ops: ['verify'] }, 'public'),
    })
    const keyCache = { get: async () => key, set: async () => undefined }
    const read = await DataIntegrityProof.fromJsonLd(proof, options)
    expect((await verifyByFedify(event, read, { ...options, keyCache }))?.id?.href).toBe(keyId)
    expect(
      await verifyByFedify({ ...event, name: 'Faux' }, read, { ...options, keyCache }),
    ).toBeNull()
  })
})

test('an actor’s publicKey is one object, and its Ed25519 key stands in assertionMethod alone', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const id = `${ORIGIN}/actors/cafes`
  const signer = { privateKey, verificationMethod: `${id}#ed25519-key` }
  const ed25519 = { keyId: `${id}#ed25519-key`, publicKey, signer }
  const keys = {
    rsa: { keyId: `${id}#main-key`, privateKey, publicKey, publicPem: 'PEM' },
    former: [],
    ed25519,
    proofKeys: [ed25519],
    posterSigner: signer,
    leaked: [],
  }
  const actor = {
    identifier: 'cafes',
    type: 'Group',
    name: 'Cafés',
    summaryHtml: '',
    facts: [],
  } as const
  expect(toActorJson(actor, keys, ORIGIN)).toMatchObject({
    publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: 'PEM' },
    assertionMethod: [{ id: `${id}#ed25519-key`, type: 'Multikey', controller: id }],
  })
})
