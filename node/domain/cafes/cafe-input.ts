import { z } from 'zod'
import { ACCESSIBILITY_CODES } from '../values/accessibility.ts'
import { limitOf, PROBLEM_CODES, type Problem, type ProblemCode } from '../values/problem.ts'
import { isWebAddress, WEB_ADDRESS_MAX } from '../values/web-address.ts'
import {
  ATTENDANCE_MODES,
  type AttendanceMode,
  type Cafe,
  type CafeContent,
  INTENTIONS,
  OPENNESS,
  REGISTRATION_MODES,
} from './cafe.ts'
import { ACCESS_MAX, type Venue } from './venue.ts'

/** Limits of the software downstream (OpenAgenda 140 and 200), so that nothing is cut there. */
export const TITLE_MAX = 140
export const SUMMARY_MAX = 200
/** Of a program's own key of a café or a place. */
export const REFERENCE_MAX = 255
const DESCRIPTION_MAX = 10_000
const SHORT_MAX = 255
const LIST_MAX = 20
/** The longest spelling of a time with its zone. */
const TIME_MAX = 80
/** As long as Mastodon takes. */
const IMAGE_ALT_MAX = 1500

const LONGEST_HOURS = 24 * 7

export const DEFAULT_MINUTES = 90
export const DEFAULT_CAPACITY = 15

const text = (max: number) => z.string('invalid').trim().max(max, 'too_long')
const optionalText = (max: number) =>
  text(max)
    .nullish()
    .transform((value) => value || undefined)
/** Empty, or a whole address. */
const addressText = z
  .string('not_an_url')
  .trim()
  .max(WEB_ADDRESS_MAX, 'not_an_url')
  .refine((value) => value === '' || isWebAddress(value), 'not_an_url')
  .meta({ description: 'An address that begins with `https://` or `http://`' })
const webAddress = addressText.nullish().transform((value) => value || undefined)
/** `''` where it was said that there is nothing; undefined where nothing was said. */
const emptied = (value: string | null | undefined): string | undefined =>
  value === null ? '' : value
const words = z
  .array(text(80), 'invalid')
  .max(LIST_MAX, 'too_many')
  .nullish()
  .transform((items) => [...new Set((items ?? []).filter((item) => item !== ''))])

export const VenueInput = z.object(
  {
    name: text(100).min(1, 'required'),
    streetAddress: optionalText(SHORT_MAX),
    postalCode: optionalText(10),
    commune: optionalText(100),
    codeInsee: optionalText(5),
    latitude: z
      .number('invalid')
      .min(-90, 'number_out_of_range')
      .max(90, 'number_out_of_range')
      .nullish(),
    longitude: z
      .number('invalid')
      .min(-180, 'number_out_of_range')
      .max(180, 'number_out_of_range')
      .nullish(),
    access: text(ACCESS_MAX)
      .nullish()
      .transform(emptied)
      .describe('How one comes in; of a place that is kept, left out it stays and null empties it'),
    acceslibreUrl: addressText
      .nullish()
      .transform(emptied)
      .describe('Its page at Accès libre; left out and null as for `access`'),
  },
  'invalid',
)
export type VenueInput = z.output<typeof VenueInput>

/**
 * What the form, the API and imports send: the contract's `Cafe` without its read-only fields, which are ignored.
 * Messages are codes (`ProblemCode`), put into words at the edge.
 */
export const CafeInput = z.object(
  {
    title: text(TITLE_MAX).min(1, 'required').min(3, 'too_short'),
    summary: optionalText(SUMMARY_MAX),
    descriptionMarkdown: optionalText(DESCRIPTION_MAX),
    startsAt: z
      .string('required')
      .trim()
      .min(1, 'required')
      .max(TIME_MAX, 'not_a_date')
      .describe('ISO 8601: with an offset, or the wall time of the place without one'),
    endsAt: z.string('invalid').trim().max(TIME_MAX, 'not_a_date').nullish(),
    durationMinutes: z
      .number('invalid')
      .int('invalid')
      .min(5, 'number_out_of_range')
      .max(LONGEST_HOURS * 60, 'number_out_of_range')
      .nullish(),
    timezone: optionalText(60).refine(
      (zone) => zone === undefined || isTimezone(zone),
      'not_a_timezone',
    ),
    attendanceMode: z.enum(ATTENDANCE_MODES, 'not_a_choice').nullish(),
    onlineUrl: webAddress,
    /** Not said: as it was, since no reader of the café is told it. */
    registrantsUrl: addressText.nullish(),
    openTo: z.enum(OPENNESS, 'not_a_choice').nullish(),
    intentions: z.array(z.enum(INTENTIONS, 'not_a_choice'), 'invalid').nullish(),
    languages: z
      .array(z.string('invalid').regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'invalid'), 'invalid')
      .max(LIST_MAX, 'too_many')
      .nullish(),
    speakers: words,
    support: optionalText(SHORT_MAX),
    phone: optionalText(30).refine(
      (phone) => phone === undefined || /^\+?[\d\s().-]{3,}$/.test(phone),
      'invalid',
    ),
    venue: VenueInput.nullish(),
    format: optionalText(80),
    themes: words,
    audiences: words,
    accessibility: z.array(z.enum(ACCESSIBILITY_CODES, 'not_a_choice'), 'invalid').nullish(),
    registration: z
      .object(
        {
          mode: z.enum(REGISTRATION_MODES, 'not_a_choice').nullish(),
          url: webAddress,
          capacity: z
            .number('invalid')
            .int('invalid')
            .min(1, 'number_out_of_range')
            .max(100_000, 'number_out_of_range')
            .nullish(),
          /** 0 says that it is full; left out, what is known stays. */
          seatsLeft: z
            .number('invalid')
            .int('invalid')
            .min(0, 'number_out_of_range')
            .max(100_000, 'number_out_of_range')
            .nullish(),
        },
        'invalid',
      )
      .nullish(),
    image: z
      .object(
        {
          url: z.string('not_an_url').max(WEB_ADDRESS_MAX, 'not_an_url'),
          alt: z.string('alt_required').max(IMAGE_ALT_MAX, 'too_long'),
        },
        'invalid',
      )
      .nullish(),
    reference: optionalText(SHORT_MAX),
    uid: optionalText(SHORT_MAX),
    series: optionalText(SHORT_MAX),
    draft: z.boolean('invalid').nullish(),
    publishAt: z.string('invalid').trim().max(TIME_MAX, 'not_a_date').nullish(),
    /** A café is free for the public: any other value is refused. */
    isFree: z.literal(true, 'price_refused').nullish(),
    price: z.union([z.literal(0), z.literal('0'), z.literal('')], 'price_refused').nullish(),
  },
  'invalid',
)
export type CafeInput = z.output<typeof CafeInput>

/** Checks the shape of what was sent. The field of a problem is its dotted path, e.g. `venue.postalCode`. */
export function parseCafeInput(
  body: unknown,
): { input: CafeInput; problems?: never } | { problems: Problem[]; input?: never } {
  const result = CafeInput.safeParse(body, { reportInput: true })
  if (result.success) return { input: result.data }
  return {
    problems: result.error.issues.map((issue) => ({
      field: issue.path.join('.'),
      code: codeOfIssue(issue.message, issue.input),
      ...limitOf(issue),
    })),
  }
}

const MAY_BE_ABSENCE = new Set<ProblemCode>(['invalid', 'not_a_choice'])

const codeOfIssue = (message: string, input: unknown): ProblemCode => {
  const code = PROBLEM_CODES.find((code) => code === message)
  return code && !(MAY_BE_ABSENCE.has(code) && input === undefined) ? code : 'required'
}

const isTimezone = (zone: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return /^[A-Z]\w*\/|^UTC$/.test(zone)
  } catch {
    return false
  }
}

export type CafeSurroundings = {
  /** The venue with its town looked up; undefined when only online. */
  venue: Venue | undefined
  /** IANA zone of the venue's département, used when the input names none. */
  timezone: string
  now: Temporal.Instant
  /** The café as it stands, for an edit. */
  current: Cafe | undefined
  /** It may wait for its place. */
  isDraft?: boolean | undefined
  renderDescription: (markdown: string) => Pick<CafeContent, 'descriptionHtml' | 'descriptionText'>
}

/** The rule of what makes a café: times in their zone, an end after the start, a place or an address online. */
export function decideCafe(
  input: CafeInput,
  { venue, timezone: placeTimezone, now, current, isDraft, renderDescription }: CafeSurroundings,
): { content: CafeContent; problems?: never } | { problems: Problem[]; content?: never } {
  const problems: Problem[] = []
  const problem = (field: string, code: ProblemCode) => problems.push({ field, code })

  const timezone = input.timezone ?? placeTimezone
  const startsAt = readTime(input.startsAt, timezone)
  if (!startsAt) problem('startsAt', 'not_a_date')
  const explicitEnd = input.endsAt ? readTime(input.endsAt, timezone) : undefined
  if (input.endsAt && !explicitEnd) problem('endsAt', 'not_a_date')
  if (startsAt && !hasHour(input.startsAt)) problem('startsAt', 'time_required')
  if (explicitEnd && input.endsAt && !hasHour(input.endsAt)) problem('endsAt', 'time_required')
  const minutes = input.durationMinutes ?? DEFAULT_MINUTES
  const endsAt = explicitEnd ?? startsAt?.add({ minutes })
  if (startsAt && endsAt) {
    const hours = startsAt.until(endsAt).total('hours')
    if (hours <= 0) problem('endsAt', 'ends_before_start')
    else if (hours > LONGEST_HOURS) problem('endsAt', 'too_long_event')
    else if (!current && Temporal.Instant.compare(endsAt, now) < 0)
      problem('startsAt', 'in_the_past')
  }

  const registrantsUrl =
    input.registrantsUrl === undefined ? current?.registrantsUrl : input.registrantsUrl || undefined
  const isOnline = !venue && (input.onlineUrl ?? registrantsUrl) !== undefined
  const attendanceMode = input.attendanceMode ?? (isOnline ? 'online' : 'offline')
  if (attendanceMode !== 'online' && !venue && !isDraft) problem('venue', 'venue_required')
  const isGoing = isGoingOnline(current, attendanceMode)
  if (isGoing && (input.onlineUrl ?? registrantsUrl) === undefined)
    problem('onlineUrl', 'online_url_required')
  const mode = input.registration?.mode ?? (input.registration?.url ? 'external' : 'none')
  if (mode === 'external' && !input.registration?.url)
    problem('registration.url', 'registration_url_required')
  if (mode === 'none' && registrantsUrl) problem('registration.mode', 'sign_up_required')
  if (mode === 'phone' && !input.phone) problem('phone', 'phone_required')
  if (input.image && !isWebAddress(input.image.url)) problem('image.url', 'not_an_url')
  if (input.image && input.image.alt.trim() === '') problem('image.alt', 'alt_required')

  if (problems.length > 0 || !startsAt || !endsAt) return { problems }
  const moved = current !== undefined && !current.startsAt.equals(startsAt)
  const capacity = input.registration?.capacity ?? undefined
  return {
    content: {
      title: input.title,
      summary: input.summary,
      descriptionMarkdown: input.descriptionMarkdown,
      ...renderDescription(input.descriptionMarkdown ?? ''),
      startsAt,
      endsAt,
      isUndated: undefined,
      timezone,
      ...decideStatus(current, moved),
      ...(isGoing && { status: 'moved-online' }),
      ...(current && (isGoing || staysOnline(current, attendanceMode))
        ? { attendanceMode: current.attendanceMode, venue: venue ?? current.venue }
        : { attendanceMode, venue: attendanceMode === 'online' ? undefined : venue }),
      onlineUrl: input.onlineUrl,
      registrantsUrl,
      openTo: input.openTo ?? 'public',
      intentions: input.intentions ?? [],
      languages: input.languages?.length ? input.languages : ['fr'],
      speakers: input.speakers,
      support: input.support,
      phone: input.phone,
      format: input.format,
      themes: input.themes,
      audiences: input.audiences,
      accessibility: input.accessibility ?? [],
      registration: {
        mode,
        url: input.registration?.url,
        capacity,
        seatsLeft: decideSeatsLeft(input, current),
        waitlist: current?.registration.waitlist ?? false,
      },
      image: decideImage(input.image ?? undefined, current),
    },
  }
}

/**
 * Known where somebody counts, and says so. Seats that are added are free ones; a café may be full although nobody
 * counts.
 */
function decideSeatsLeft(input: CafeInput, current: Cafe | undefined): number | undefined {
  const capacity = input.registration?.capacity ?? undefined
  const said = input.registration?.seatsLeft ?? undefined
  if (capacity === undefined) return (said ?? current?.registration.seatsLeft) === 0 ? 0 : undefined
  if (said !== undefined) return Math.min(said, capacity)
  const { capacity: before, seatsLeft } = current?.registration ?? {}
  if (seatsLeft === undefined) return undefined
  return Math.min(capacity, Math.max(0, seatsLeft + capacity - (before ?? capacity)))
}

/** What has moved online is said to be online by every format: who sends that back does not take its place away. */
const staysOnline = (current: Cafe, asked: AttendanceMode): boolean =>
  current.status === 'moved-online' && asked === 'online'

/** Whoever knows of it by its town reads there that it is held online: as if that had been asked for by name. */
export const isGoingOnline = (current: Cafe | undefined, asked: AttendanceMode): boolean =>
  asked === 'online' &&
  current?.publication === 'published' &&
  current.venue !== undefined &&
  current.attendanceMode !== 'online' &&
  (current.status === 'scheduled' || current.status === 'rescheduled')

/** The address of the picture that a café has keeps what is known of it: its sizes, its credit. */
function decideImage(
  image: { url: string; alt: string } | undefined,
  current: Cafe | undefined,
): CafeContent['image'] {
  if (!image) return undefined
  const known = current?.image?.url === image.url ? current.image : undefined
  return { ...known, url: image.url, alt: image.alt.trim() }
}

/** A published café whose date changes is rescheduled, with its old date (FEP-8a8e); else it stays as it was. */
function decideStatus(
  current: Cafe | undefined,
  moved: boolean,
): Pick<CafeContent, 'status' | 'statusNote' | 'previousStartsAt'> {
  if (!current) return { status: 'scheduled', statusNote: undefined, previousStartsAt: undefined }
  const { status, statusNote, previousStartsAt } = current
  if (!moved || current.publication !== 'published') return { status, statusNote, previousStartsAt }
  // Another date neither opens what is cancelled nor brings back to the place what has moved online.
  const isKept = status === 'cancelled' || status === 'moved-online'
  return {
    status: isKept ? status : 'rescheduled',
    statusNote,
    previousStartsAt: current.startsAt,
  }
}

/** A date alone would be taken for its midnight. */
const hasHour = (time: string): boolean => /\d[T\s]\d/i.test(time)

/** An ISO time with an offset or Z as it is, without one as the wall time of the zone. */
export function readTime(value: string, timezone: string): Temporal.Instant | undefined {
  try {
    const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})(?:\[|$)/i.test(value)
    const instant = hasOffset
      ? Temporal.Instant.from(value)
      : Temporal.PlainDateTime.from(value).toZonedDateTime(timezone).toInstant()
    const { year } = instant.toZonedDateTimeISO('UTC')
    return year >= 2000 && year < 2100 ? instant.round('second') : undefined
  } catch {
    return undefined
  }
}
