import { z } from 'zod'
import { paths } from '../../../../ui/paths.ts'
import {
  ATTENDANCE_MODES,
  attendanceModeOf,
  CAFE_STATUSES,
  type Cafe,
  calendarUidOf,
  INTENTIONS,
  isOurs,
  OPENNESS,
  REGISTRATION_MODES,
} from '../../../domain/cafes/cafe.ts'
import { mapCafeTexts } from '../../../domain/cafes/cafe-texts.ts'
import { GEOCODINGS, type Venue } from '../../../domain/cafes/venue.ts'
import type { Facilitator } from '../../../domain/facilitators/facilitator.ts'
import { titleOfResource } from '../../../domain/resources/named-resource.ts'
import type { SeriesOutline } from '../../../domain/series/date-of-series.ts'
import { seriesWords } from '../../../domain/series/words.ts'
import { ACCESSIBILITY_CODES } from '../../../domain/values/accessibility.ts'
import type { CopiedPicture } from '../../../domain/values/image.ts'
import { geocodingOf } from '../../../geo/location.ts'
import type { PublicPeer } from '../../../store/directory/public-peers.ts'
import { OwnRegistration, toOwnRegistration } from './own-registration.ts'

const localTime = z.iso
  .datetime({ offset: true })
  .describe('Wall time of the place with its numeric offset, e.g. 2026-12-09T18:30:00+01:00')
const utcTime = z.iso.datetime().describe('UTC, e.g. 2026-11-25T09:00:00Z')

export const VenueJson = z
  .object({
    name: z.string(),
    streetAddress: z.string().nullable(),
    postalCode: z.string().nullable(),
    commune: z.string(),
    codeInsee: z.string().nullable().describe('INSEE code of the commune or arrondissement'),
    departement: z.string().nullable(),
    region: z.string().nullable().describe('INSEE code of the région'),
    latitude: z.number().nullable().describe('Degrees, WGS 84'),
    longitude: z.number().nullable(),
    geocoding: z
      .enum(GEOCODINGS)
      .nullable()
      .describe(
        'How sure the point is: that of the `commune` alone, near the `address` (a hundred metres or so), or `exact` (ten metres); null without a point',
      ),
    access: z.string().nullable().describe('How one comes in, in plain words'),
    acceslibreUrl: z.string().nullable().describe('Its page at Accès libre'),
  })
  .meta({ id: 'Venue' })
export type VenueJson = z.output<typeof VenueJson>

/** The series of a café. Of another server's, only what its cafés say is known. */
const SeriesOfCafeJson = z
  .object({
    id: z.string().describe('The same for all of its dates'),
    words: z.string().nullable().describe('When it takes place, in French'),
    url: z.string().nullable(),
  })
  .meta({ id: 'SeriesOfCafe' })

const OF_OWN = 'Only with the token of its structure'

/** A café as JSON. Every key is present that everybody is given; what is not known is null. */
export const CafeJson = z
  .object({
    id: z.string().nullable().describe('ActivityPub id: its address at its origin'),
    uid: z
      .string()
      .nullable()
      .describe('Its UID in our calendars, the same at its origin and at each directory'),
    reference: z.string().nullable().describe("The sender's own key"),
    url: z.string().nullable().describe('The page to look at, at its origin'),
    title: z.string(),
    summary: z.string().nullable(),
    descriptionHtml: z.string().describe('Sanitised'),
    startsAt: localTime,
    endsAt: localTime,
    timezone: z.string().describe('IANA zone of the place'),
    status: z.enum(CAFE_STATUSES),
    statusNote: z.string().nullable().describe("The organiser's words on the status"),
    previousStartsAt: localTime.nullable(),
    confirmedAt: utcTime.nullable().describe("The team's own word that it takes place"),
    attendanceMode: z.enum(ATTENDANCE_MODES),
    onlineUrl: z.string().nullable(),
    isFree: z.literal(true),
    openTo: z.enum(OPENNESS),
    intentions: z.array(z.enum(INTENTIONS)),
    languages: z.array(z.string()).describe('BCP 47'),
    speakers: z.array(z.string()),
    ...mapCafeTexts((_name, { about }) => z.string().nullable().describe(about)),
    phone: z.string().nullable(),
    venue: VenueJson.nullable().describe('Null when it is only online'),
    organizer: z.object({ id: z.string(), name: z.string(), url: z.string() }),
    announcedFor: z
      .string()
      .nullable()
      .describe('The structure that organises it, where `organizer`, a directory, announces it'),
    facilitators: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .describe('Those who consent now'),
    format: z.string().nullable().describe('Free text'),
    themes: z.array(z.string()),
    resources: z
      .array(z.object({ id: z.string(), title: z.string(), url: z.string() }))
      .describe('What its team leads it with; `url` is the page to look at'),
    audiences: z.array(z.string()),
    accessibility: z
      .array(z.enum(ACCESSIBILITY_CODES))
      .describe('Hearing, visual, psychic, motor, intellectual impairment'),
    registration: z.object({
      mode: z.enum(REGISTRATION_MODES),
      url: z.string().nullable(),
      capacity: z.int().nullable(),
      seatsLeft: z.int().nullable(),
      waitlist: z.boolean(),
      ...OwnRegistration.partial().shape,
    }),
    image: z
      .object({ url: z.string(), alt: z.string() })
      .nullable()
      .describe(
        'Of a café of another server, the small copy that is here; in a dry run, which fetches no picture, the address that was sent',
      ),
    series: SeriesOfCafeJson.nullable(),
    updatedAt: utcTime,
    descriptionMarkdown: z.string().nullable().optional().describe(OF_OWN),
    draft: z.boolean().optional().describe(OF_OWN),
    publishAt: utcTime.nullable().optional().describe(OF_OWN),
    peer: z
      .object({
        host: z.string(),
        lastSeenAt: utcTime.nullable(),
        reachable: z.boolean(),
      })
      .describe('The server that it comes from'),
    distanceKm: z.number().optional().describe('Only when the search has `near`'),
  })
  .meta({ id: 'Cafe' })
export type CafeJson = z.output<typeof CafeJson>

/** A café as JSON with what only the structure's own programs are given. */
export const OwnCafeJson = z
  .object({
    ...CafeJson.shape,
    registration: CafeJson.shape.registration.extend(OwnRegistration.shape),
    descriptionMarkdown: z.string().nullable(),
    draft: z.boolean(),
    publishAt: utcTime.nullable(),
    dryRun: z
      .literal(true)
      .optional()
      .describe('Nothing was stored: `id`, `uid` and `url` are null'),
  })
  .meta({ id: 'OwnCafe' })
export type OwnCafeJson = z.output<typeof OwnCafeJson>

type Surroundings = {
  /** This server's own origin. */
  origin: string
  /** Undefined for a café of ours. */
  peer: PublicPeer | undefined
  distanceKm?: number | undefined
  /** The people who agree now to be shown to everybody. */
  facilitators?: readonly Facilitator[] | undefined
  /** Our copy of the picture of another server’s café. */
  copy?: CopiedPicture | undefined
  /** The series that are known here, by their addresses. */
  series?: ReadonlyMap<string, SeriesOutline> | undefined
}

/**
 * Converts a café, ours or received, to what everybody may read of it. Times are wall times of its place with their
 * offset; what is not known is null.
 */
export function toCafeJson(
  cafe: Cafe,
  { origin, peer, distanceKm, facilitators = [], copy, series }: Surroundings,
): CafeJson {
  return {
    id: cafe.uri,
    uid: calendarUidOf(cafe),
    // The keys of a peer are its own, and never come with its cafés.
    reference: orNull(cafe.reference),
    url: cafe.url,
    title: cafe.title,
    summary: orNull(cafe.summary),
    descriptionHtml: cafe.descriptionHtml,
    startsAt: toLocalTime(cafe.startsAt, cafe.timezone),
    endsAt: toLocalTime(cafe.endsAt, cafe.timezone),
    timezone: cafe.timezone,
    status: cafe.status,
    statusNote: orNull(cafe.statusNote),
    previousStartsAt: cafe.previousStartsAt
      ? toLocalTime(cafe.previousStartsAt, cafe.timezone)
      : null,
    confirmedAt: toUtc(cafe.confirmedAt),
    attendanceMode: attendanceModeOf(cafe),
    onlineUrl: orNull(cafe.onlineUrl),
    isFree: true,
    openTo: cafe.openTo,
    intentions: cafe.intentions,
    languages: cafe.languages,
    speakers: cafe.speakers,
    ...mapCafeTexts((name) => orNull(cafe[name])),
    phone: orNull(cafe.phone),
    venue: cafe.venue ? toVenueJson(cafe.venue) : null,
    organizer: { id: cafe.organizer.uri, name: cafe.organizer.name, url: cafe.organizer.url },
    announcedFor: orNull(cafe.announcedFor),
    facilitators: facilitators.map(({ uri, name }) => ({ id: uri, name })),
    format: orNull(cafe.format),
    themes: cafe.themes,
    resources: (cafe.resources ?? []).map((one) => ({
      ...{ id: one.uri, title: titleOfResource(one), url: one.uri },
    })),
    audiences: cafe.audiences,
    accessibility: cafe.accessibility,
    registration: {
      mode: cafe.registration.mode,
      url: orNull(cafe.registration.url),
      capacity: orNull(cafe.registration.capacity),
      seatsLeft: orNull(cafe.registration.seatsLeft),
      waitlist: cafe.registration.waitlist,
    },
    image: cafe.image
      ? { url: cafe.image.url, alt: cafe.image.alt }
      : toImage(cafe, { origin, copy }),
    series: toSeriesOfCafe(cafe, series),
    updatedAt: cafe.updatedAt.toString(),
    peer: isOurs(cafe)
      ? { host: new URL(origin).host, lastSeenAt: cafe.updatedAt.toString(), reachable: true }
      : {
          host: peer?.host ?? new URL(cafe.uri).host,
          lastSeenAt: toUtc(peer?.lastSeenAt),
          reachable: peer?.reachable ?? false,
        },
    // It is rounded to a hundred metres, since the town's centre often stands for the place.
    ...(distanceKm !== undefined && { distanceKm: Math.round(distanceKm * 10) / 10 }),
  }
}

const toSeriesOfCafe = (
  { series: id }: Cafe,
  known: Surroundings['series'],
): CafeJson['series'] => {
  const series = id === undefined ? undefined : known?.get(id)
  if (id === undefined) return null
  return series
    ? { id, words: toPlainWords(series), url: series.uri }
    : { id, words: null, url: null }
}

/** Says when a series takes place, in French, with ordinary spaces: what reads it here is a program. */
export const toPlainWords = ({ recurrence }: Pick<SeriesOutline, 'recurrence'>): string =>
  seriesWords(recurrence).replaceAll(/[\u00a0\u202f]/g, ' ')

const toImage = (
  { id }: Pick<Cafe, 'id'>,
  { origin, copy }: Pick<Surroundings, 'origin' | 'copy'>,
): CafeJson['image'] =>
  copy ? { url: origin + paths.cafePicture(id, 'photo', copy.address), alt: copy.alt } : null

/**
 * Converts a café of ours to what the key of its structure may read: also its Markdown, what those who register are asked
 * and reminded of, and whether it is a draft or scheduled.
 */
export const toOwnCafeJson = (
  cafe: Cafe,
  origin: string,
  { facilitators, series }: Pick<Surroundings, 'facilitators' | 'series'> = {},
): OwnCafeJson => {
  const json = toCafeJson(cafe, { origin, peer: undefined, facilitators, series })
  return {
    ...json,
    registration: { ...json.registration, ...toOwnRegistration(cafe) },
    descriptionMarkdown: orNull(cafe.descriptionMarkdown),
    draft: cafe.publication === 'draft',
    publishAt: cafe.publication === 'scheduled' ? toUtc(cafe.publishAt) : null,
  }
}

/** Converts a venue; coordinates are degrees of WGS 84, and what is not known is null. */
export const toVenueJson = (venue: Venue): VenueJson => ({
  name: venue.name,
  streetAddress: orNull(venue.streetAddress),
  postalCode: orNull(venue.postalCode),
  commune: venue.commune,
  codeInsee: orNull(venue.codeInsee),
  departement: orNull(venue.departement),
  region: orNull(venue.region),
  latitude: orNull(venue.latitude),
  longitude: orNull(venue.longitude),
  geocoding: orNull(geocodingOf(venue)),
  access: orNull(venue.access),
  acceslibreUrl: orNull(venue.acceslibreUrl),
})

const orNull = <T>(value: T | undefined): T | null => value ?? null

const toUtc = (instant: Temporal.Instant | undefined): string | null => instant?.toString() ?? null

/** Returns a local time, never with `Z`, so that the hour that is written is that of the place. */
export const toLocalTime = (instant: Temporal.Instant, timezone: string): string =>
  instant.toZonedDateTimeISO(timezone).toString({ timeZoneName: 'never', smallestUnit: 'second' })
