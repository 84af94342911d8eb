import type { CafeContent } from '../cafes/cafe.ts'
import type { ImportSnapshot } from '../cafes/import-snapshot.ts'
import { instantOf, type Recurrence, type WallTime } from './recurrence.ts'

type Registration = CafeContent['registration']

/** What belongs to one date alone, and is therefore not said of a series. */
type OfDate =
  | ('startsAt' | 'endsAt' | 'isUndated' | 'timezone')
  | ('status' | 'statusNote' | 'previousStartsAt')
  | 'registration'

/** What each date of a series says, unless it was changed by hand. */
export type SeriesContent = Omit<CafeContent, OfDate> & {
  registration: Omit<Registration, 'seatsLeft' | 'bySide'>
  /** How long each date is. */
  minutes: number
}

/** The repeated event of a calendar from which a series was imported. */
export type SeriesSource = {
  uid: string
  /** The followed calendar that says when it takes place, so that nobody plans or edits it here. */
  calendarId: string | undefined
  /**
   * What it said last; its `times` are how long each date is, and its zone. `recurrence` is undefined for a series that
   * came back from what was signed of it: of the days that it leaves out, nobody knows who left them out.
   */
  said: { words: ImportSnapshot; recurrence: Recurrence | undefined }
}

/** A series of ours: a season that is planned once, each date of which is a café. */
export type Series = {
  id: string
  /** The address of its page, which the cafés of the series carry. */
  uri: string
  organizationId: string
  source: SeriesSource | undefined
  /** The territory of the mandate under which a referent announced it here. */
  announcedUnder: string | undefined
  /** A draft has no cafés yet. */
  publication: 'draft' | 'published'
  content: SeriesContent
  recurrence: Recurrence
  /** IANA zone of the place, by whose clock it repeats. */
  timezone: string
  /** It is strictly later at each revision, as that of a café. */
  updatedAt: Temporal.Instant
}

/** The fields of which a date may have its own, besides those of the content: when it begins, whether it takes place. */
export type DateField = keyof SeriesContent | 'startsAt' | 'status'

/**
 * What the series says in the fields that were changed by hand on one date, by which the date can be taken back to it;
 * null where it says nothing, or where it follows from the date (`startsAt`, `status`). Other fields are the series'.
 */
export type OwnFields = { readonly [Field in DateField]?: unknown }

/**
 * One date of a series that has been made, or must not be made again. It is made once, whoever plans (unique in the
 * schema).
 */
export type SeriesDate = {
  seriesId: string
  /** When the rule has it: what identifies the date within its series (RECURRENCE-ID), also once it was moved. */
  date: WallTime
  /** Its café; undefined once that was deleted, so that the date is not made again. */
  cafeId: string | undefined
  own: OwnFields
}

/** The fields of a café that are said of all dates of its series. */
const SAID = {
  ...{ title: true, announcedFor: true, summary: true, support: true },
  ...{ descriptionMarkdown: true, descriptionHtml: true, descriptionText: true },
  ...{ attendanceMode: true, onlineUrl: true, registrantsUrl: true, venue: true, phone: true },
  ...{ openTo: true, intentions: true, languages: true, speakers: true, image: true },
  ...{ format: true, themes: true, resources: true, audiences: true, accessibility: true },
} as const satisfies Record<Exclude<keyof SeriesContent, 'registration' | 'minutes'>, true>

const SAID_FIELDS = Object.keys(SAID) as (keyof typeof SAID)[]

/** All fields of the content of a series. */
export const CONTENT_FIELDS: readonly (keyof SeriesContent)[] = [
  ...SAID_FIELDS,
  ...(['registration', 'minutes'] as const),
]

/** Returns what a series says of all of its dates, from one café. */
export function seriesContentOf(cafe: CafeContent): SeriesContent {
  const { seatsLeft, bySide, ...registration } = cafe.registration
  return {
    ...(Object.fromEntries(SAID_FIELDS.map((field) => [field, cafe[field]])) as Pick<
      CafeContent,
      keyof typeof SAID
    >),
    registration,
    minutes: cafe.startsAt.until(cafe.endsAt).total('minutes'),
  }
}

/** Returns what a café of a series says on one date, as long as nobody changes it by hand. */
export function contentAt(
  { content, timezone }: Pick<Series, 'content' | 'timezone'>,
  date: WallTime,
): CafeContent {
  const { minutes, registration, ...same } = content
  const startsAt = instantOf(date, timezone)
  return {
    ...same,
    ...{ startsAt, endsAt: startsAt.add({ minutes }), isUndated: undefined, timezone },
    ...{ status: 'scheduled', statusNote: undefined, previousStartsAt: undefined },
    registration: { ...registration, seatsLeft: undefined },
  }
}

/** Returns the version of a series that somebody sees, which changes with each edit. */
export const versionOfSeries = ({ updatedAt }: Pick<Series, 'updatedAt'>): string =>
  updatedAt.toString()
