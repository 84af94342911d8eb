import fc from 'fast-check'
import { type CafeContent, INTENTIONS } from '../../node/domain/cafes/cafe.ts'
import { mapCafeTexts } from '../../node/domain/cafes/cafe-texts.ts'
import type { Venue } from '../../node/domain/cafes/venue.ts'
import { ACCESSIBILITY_CODES } from '../../node/domain/values/accessibility.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import { toDescription } from '../../node/formats/text/html-text.ts'
import { renderMarkdown } from '../../node/formats/text/markdown.ts'

/** Only what checks properties imports this: fast-check takes a second of the processor to make its web addresses. */

const WORDS = fc.constantFrom(
  'café',
  'IA',
  'L’été',
  'travail',
  'Œuvre',
  'à',
  '100 %',
  '&',
  '&amp;',
  '"guillemets"',
  "l'art",
  '☕',
  '👩🏽‍💻',
  '日本',
  'مرحبا',
  '#hashtag',
  '\\',
  '{}',
)

/** Returns text as forms and imports store it: cleaned, trimmed, of a length between the limits. */
const textOf = (min: number, max: number) =>
  fc
    .oneof(
      fc.array(WORDS, { minLength: 1, maxLength: 12 }).map((words) => words.join(' ')),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: max }),
    )
    .map((text) => cleanText(text.replaceAll(/[<>‹›]/g, ''), max))
    .filter((text) => text.length >= min)

const wordsOf = fc.uniqueArray(textOf(1, 80), { maxLength: 5 })
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const secondsOf = (from: string, until: string) =>
  fc
    .integer({
      min: Temporal.Instant.from(from).epochMilliseconds / 1000,
      max: Temporal.Instant.from(until).epochMilliseconds / 1000,
    })
    .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000))

const ZONES = [
  'Europe/Paris',
  'Indian/Reunion',
  'Indian/Mayotte',
  'America/Martinique',
  'America/Guadeloupe',
  'America/Cayenne',
  'America/Miquelon',
  'Pacific/Noumea',
  'Pacific/Tahiti',
  'Pacific/Wallis',
]

const venues: fc.Arbitrary<Venue> = fc
  .record({
    name: textOf(1, 100),
    streetAddress: maybe(textOf(1, 255)),
    postalCode: fc.constantFrom('69003', '97400', '2A004', undefined),
    commune: textOf(1, 100),
    codeInsee: fc.constantFrom('69383', '97411', '2A004', undefined),
    point: maybe(
      fc.record({
        latitude: fc.oneof(
          fc.double({ min: -90, max: 90, noNaN: true }),
          fc.integer({ min: -90, max: 90 }),
        ),
        longitude: fc.oneof(
          fc.double({ min: -180, max: 180, noNaN: true }),
          fc.integer({ min: -180, max: 180 }),
        ),
      }),
    ),
  })
  .map(({ point, ...venue }) => ({
    ...venue,
    id: undefined,
    departement: undefined,
    region: undefined,
    latitude: point?.latitude,
    longitude: point?.longitude,
  }))

const places = fc.oneof(
  fc.record({
    attendanceMode: fc.constantFrom('offline' as const, 'mixed' as const),
    venue: venues,
    status: fc.constantFrom(
      'scheduled' as const,
      'cancelled' as const,
      'postponed' as const,
      'rescheduled' as const,
    ),
  }),
  fc.record({
    attendanceMode: fc.constant('online' as const),
    venue: fc.constant(undefined),
    status: fc.constantFrom('scheduled' as const, 'cancelled' as const, 'moved-online' as const),
  }),
)

const registrations = fc
  .record({
    mode: fc.constantFrom('none' as const, 'local' as const, 'external' as const, 'phone' as const),
    url: fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }),
    capacity: maybe(fc.integer({ min: 1, max: 100_000 })),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ mode, url, capacity, share }) => ({
    mode,
    url: mode === 'external' ? url : undefined,
    capacity,
    seatsLeft: capacity === undefined ? undefined : Math.floor(capacity * share),
    waitlist: false,
  }))

/**
 * Any café that a form can make, as its organiser decided it, without a picture and without what only its server knows.
 */
export const cafeContents: fc.Arbitrary<CafeContent> = fc
  .record({
    title: textOf(3, 140),
    summary: maybe(textOf(1, 200)),
    markdown: fc.oneof(
      fc.constant(
        'On **regarde** ensemble :\n\n- un\n- deux\n\n[le site](https://a.example/?a=1&b=2)',
      ),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    ),
    startsAt: secondsOf('2026-01-01T00:00:00Z', '2028-12-31T00:00:00Z'),
    minutes: fc.integer({ min: 5, max: 7 * 24 * 60 }),
    timezone: fc.constantFrom(...ZONES),
    statusNote: maybe(textOf(1, 255)),
    previousStartsAt: maybe(secondsOf('2026-01-01T00:00:00Z', '2028-12-31T00:00:00Z')),
    place: places,
    onlineUrl: maybe(fc.webUrl({ validSchemes: ['https'] })),
    openTo: fc.constantFrom('public' as const, 'reserved' as const),
    intentions: fc.subarray([...INTENTIONS]),
    languages: fc.uniqueArray(fc.constantFrom('fr', 'en', 'br', 'ar', 'gcf', 'pt-BR'), {
      minLength: 1,
      maxLength: 3,
    }),
    speakers: wordsOf,
    texts: fc.record(mapCafeTexts((_name, { max }) => maybe(textOf(1, max)))),
    phone: fc.constantFrom('02 99 00 00 00', '+33 (0)4 75-00-00-00', undefined),
    format: maybe(textOf(1, 80)),
    themes: wordsOf,
    resources: maybe(
      fc.uniqueArray(fc.record({ uri: fc.webUrl(), title: textOf(0, 100) }), {
        ...{ minLength: 1, maxLength: 10, selector: ({ uri }) => uri },
      }),
    ),
    audiences: wordsOf,
    accessibility: fc.subarray([...ACCESSIBILITY_CODES]),
    registration: registrations,
  })
  .map(({ markdown, minutes, place, texts, previousStartsAt, ...content }) => ({
    ...content,
    ...texts,
    ...place,
    // A café that moves gets another date.
    previousStartsAt: previousStartsAt?.equals(content.startsAt) ? undefined : previousStartsAt,
    descriptionMarkdown: undefined,
    ...toDescription(renderMarkdown(markdown)),
    endsAt: content.startsAt.add({ minutes }),
    image: undefined,
  }))
