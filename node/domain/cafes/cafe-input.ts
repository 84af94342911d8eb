import { z } from 'zod'
import { NamedResourcesInput } from '../resources/named-resource.ts'
import { ACCESSIBILITY_CODES } from '../values/accessibility.ts'
import { optionalText } from '../values/optional-fields.ts'
import { limitOf, PROBLEM_CODES, type Problem, type ProblemCode } from '../values/problem.ts'
import { isWebAddress, WEB_ADDRESS_MAX } from '../values/web-address.ts'
import { STRUCTURE_MAX } from './announced-for.ts'
import { ATTENDANCE_MODES, INTENTIONS, OPENNESS, REGISTRATION_MODES, REMINDERS } from './cafe.ts'
import { mapCafeTexts } from './cafe-texts.ts'
import { ACCESS_MAX } from './venue.ts'

/** The limits of programs that read our exports (OpenAgenda 140 and 200), so that nothing is cut there. */
export const TITLE_MAX = 140

export const SUMMARY_MAX = 200

/** The maximum number of characters of a program's own key of a café or a place. */
export const REFERENCE_MAX = 255

const DESCRIPTION_MAX = 10_000

const SHORT_MAX = 255

const LIST_MAX = 20

/** The maximum number of characters of a time: the longest spelling with its zone. */
const TIME_MAX = 80

/** The maximum number of characters of an alternative text, as many as Mastodon accepts. */
const IMAGE_ALT_MAX = 1500

export const LONGEST_HOURS = 24 * 7

export const DEFAULT_MINUTES = 90

export const DEFAULT_CAPACITY = 15

const text = (max: number) => z.string('invalid').trim().max(max, 'too_long')

/** Either empty or a whole address. */
const addressText = z
  .string('not_an_url')
  .trim()
  .max(WEB_ADDRESS_MAX, 'not_an_url')
  .refine((value) => value === '' || isWebAddress(value), 'not_an_url')
  .meta({ description: 'An address that begins with `https://` or `http://`' })

const webAddress = addressText.nullish().transform((value) => value || undefined)

/** Returns `''` where the sender said that there is nothing, and undefined where it said nothing. */
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

const QUESTIONS_MAX = 2
export const QUESTION_MAX = 140
const ANSWERS_MAX = 6
const ANSWER_MAX = 60

/** A question of a closed list: what people write in their own words may say anything of them. */
const RegistrationQuestionInput = z.object(
  {
    text: text(QUESTION_MAX).min(1, 'required'),
    why: text(QUESTION_MAX).min(1, 'required'),
    answers: z
      .array(text(ANSWER_MAX).min(1, 'required'), 'invalid')
      .min(2, 'two_to_six')
      .max(ANSWERS_MAX, 'two_to_six'),
  },
  'invalid',
)

/**
 * What the form, the API and imports send: the `Cafe` of the API without its read-only fields, which are ignored.
 * Messages are codes (`ProblemCode`), which are put into words where they are shown.
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
    endsAt: z
      .string('invalid')
      .trim()
      .max(TIME_MAX, 'not_a_date')
      .describe('Not together with `durationMinutes`; 90 minutes without either')
      .nullish(),
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
    /** When it is left out it stays as it was, since no reader of the café is told it. */
    registrantsUrl: addressText.nullish(),
    openTo: z.enum(OPENNESS, 'not_a_choice').nullish(),
    intentions: z.array(z.enum(INTENTIONS, 'not_a_choice'), 'invalid').nullish(),
    languages: z
      .array(z.string('invalid').regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'invalid'), 'invalid')
      .max(LIST_MAX, 'too_many')
      .nullish(),
    speakers: words,
    ...mapCafeTexts((_name, { max }) => optionalText(max)),
    phone: optionalText(30).refine(
      (phone) => phone === undefined || /^\+?[\d\s().-]{3,}$/.test(phone),
      'invalid',
    ),
    venue: VenueInput.nullish(),
    format: optionalText(80),
    themes: words,
    resources: NamedResourcesInput.nullish().describe(
      'What its team leads it with: `{"id","title"}`, or the address of a page; left out it stays and null empties it',
    ),
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
          onlineCapacity: z
            .number('invalid')
            .int('invalid')
            .min(1, 'number_out_of_range')
            .max(100_000, 'number_out_of_range')
            .nullish()
            .describe(
              'The seats online of a café that is also on site, `capacity` being those of the room; null is no limit, left out it stays',
            ),
          /** 0 means that it is full; when it is left out, the known number stays. No more than `capacity`. */
          seatsLeft: z
            .number('invalid')
            .int('invalid')
            .min(0, 'number_out_of_range')
            .max(100_000, 'number_out_of_range')
            .nullish(),
          reminders: z
            .array(z.enum(REMINDERS, 'not_a_choice'), 'invalid')
            .max(REMINDERS.length, 'too_many')
            .nullish()
            .describe('When people who have seats are reminded; left out it stays'),
          wholeSeries: z
            .boolean('invalid')
            .nullish()
            .describe('Whether one may register at all dates of its series at once'),
          questions: z
            .array(RegistrationQuestionInput, 'invalid')
            .max(QUESTIONS_MAX, 'too_many')
            .nullish()
            .describe('What people are asked who register; left out they stay'),
        },
        'invalid',
      )
      .nullish(),
    image: z
      .object(
        {
          url: z
            .string('not_an_url')
            .max(WEB_ADDRESS_MAX, 'not_an_url')
            .describe(
              'It is fetched once, within ten seconds, and kept here without what its file says of who made it: answers have its address here. Another picture needs another address',
            ),
          alt: z.string('alt_required').max(IMAGE_ALT_MAX, 'too_long'),
        },
        'invalid',
      )
      .nullish(),
    announcedFor: text(STRUCTURE_MAX)
      .nullish()
      .transform((name) => name || undefined)
      .describe(
        'At a directory: the structure that organises it and asked for it to be announced; its name is put before the description. Left out and null it stays',
      ),
    reference: optionalText(SHORT_MAX),
    uid: optionalText(SHORT_MAX),
    series: z
      .union([optionalText(SHORT_MAX), z.object({ id: optionalText(SHORT_MAX) })], 'invalid')
      .transform((series) => (typeof series === 'object' ? series.id : series))
      .describe(
        'A text that is the same for all dates of a series; a series of ours is made at `/series`',
      ),
    draft: z.boolean('invalid').nullish(),
    publishAt: z.string('invalid').trim().max(TIME_MAX, 'not_a_date').nullish(),
    /** A café is free for the public, so any other value is refused. */
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

/** Returns whether a time has an hour; a date alone would be read as its midnight. */
export const hasHour = (time: string): boolean => /\d[T\s]\d/i.test(time)

/**
 * Reads an ISO time. With an offset or Z it is an instant; without one it is the wall time of the zone. Undefined when
 * it cannot be read.
 */
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
