import { z } from 'zod'
import { isEmail, isPhone } from '../values/contact.ts'
import { ALT_MAX } from '../values/image.ts'
import { optionalText } from '../values/optional-fields.ts'
import { type Problem, toProblemCode } from '../values/problem.ts'
import { findAliasProblem } from './alias.ts'
import {
  CONTACT_WAYS,
  FACILITATOR_FIELDS,
  FACILITATOR_STATUSES,
  FACILITATOR_TITLES,
  type FacilitatorField,
  LEVELS,
  type Level,
  TRAININGS,
} from './facilitator.ts'

export const NAME_MAX = 80
const AVAILABILITY_MAX = 200
export const PRESENTATION_MAX = 600
const LIST_MAX = 12
const WORD_MAX = 60

/** Distances from the middle of the territory, in kilometres; 0 means that the person stays within the territory. */
export const TRAVEL_RADII = [0, 10, 20, 30, 50, 100] as const

/** How much of the map around the typed town the territory covers. */
export const EXTENTS = ['commune', 'epci', 'departement', 'region'] as const

const choice = <const Values extends readonly string[]>(values: Values) =>
  z
    .union([z.literal(''), z.enum(values)], 'invalid')
    .nullish()
    .transform((value) => (value ? value : undefined))

const list = z
  .array(z.string().max(WORD_MAX, 'too_long'), 'invalid')
  .nullish()
  .transform((words) => [...new Set(words)])
  .pipe(z.array(z.string()).max(LIST_MAX, 'too_many'))

const level = z.enum(LEVELS, 'required')

/**
 * What a person fills in of their profile, with the form's own names. Messages are codes (`ProblemCode`). The town and
 * the photo are read beside it, since they need data from outside the form.
 */
export const FacilitatorInput = z.object({
  name: z.string('required').trim().min(1, 'required').max(NAME_MAX, 'too_long'),
  alias: optionalText(Number.POSITIVE_INFINITY)
    .transform((value) => value?.toLowerCase())
    .superRefine((value, issues) => {
      const message = value === undefined ? undefined : findAliasProblem(value)
      if (message) issues.addIssue({ code: 'custom', message })
    }),
  word: z.enum(FACILITATOR_TITLES, 'required'),
  extent: z.enum(EXTENTS, 'invalid'),
  radiusKm: z
    .union([z.literal(''), z.enum(TRAVEL_RADII.map(String))], 'invalid')
    .nullish()
    .transform((value) => (value ? Number(value) : undefined)),
  formats: list,
  themes: list,
  languages: z
    .array(z.string('invalid').regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'invalid'), 'invalid')
    .max(LIST_MAX, 'too_many'),
  status: choice(FACILITATOR_STATUSES),
  training: choice(TRAININGS),
  trainedOn: optionalText(Number.POSITIVE_INFINITY).refine(
    (value) => value === undefined || /^20\d\d-(?:0[1-9]|1[0-2])$/.test(value),
    'not_a_past_month',
  ),
  availability: optionalText(AVAILABILITY_MAX),
  presentation: optionalText(PRESENTATION_MAX),
  photoAlt: optionalText(ALT_MAX),
  contact: z.enum(CONTACT_WAYS, 'required'),
  shownContact: optionalText(254).refine(
    (value) => value === undefined || isEmail(value) || isPhone(value),
    'contact_required',
  ),
  email: z.string('required').trim().min(1, 'required').refine(isEmail, 'not_an_email'),
  isAdult: z.literal(true, 'adults_only'),
  level,
  fieldLevels: z.partialRecord(z.enum(FACILITATOR_FIELDS), level),
})
export type FacilitatorInput = z.output<typeof FacilitatorInput>

/** Checks what was typed and returns the values, or every problem at once; `thisMonth` is `YYYY-MM`. */
export function parseFacilitatorInput(
  body: unknown,
  thisMonth: string,
): { input: FacilitatorInput; problems?: never } | { problems: Problem[]; input?: never } {
  const read = FacilitatorInput.safeParse(body)
  if (!read.success) return { problems: read.error.issues.map(toProblem) }
  const { data } = read
  const problems: Problem[] = []
  if (data.contact === 'shown' && !data.shownContact)
    problems.push({ field: 'shownContact', code: 'contact_required' })
  if (data.trainedOn !== undefined && data.trainedOn > thisMonth)
    problems.push({ field: 'trainedOn', code: 'not_a_past_month' })
  if (problems.length > 0) return { problems }
  return {
    input: {
      ...data,
      shownContact: data.contact === 'shown' ? data.shownContact : undefined,
      trainedOn: data.training === 'trained' ? data.trainedOn : undefined,
      fieldLevels: withoutSame(data.fieldLevels, data.level),
    },
  }
}

/** Keeps only the levels that differ from that of the whole profile. */
const withoutSame = (
  levels: Partial<Record<FacilitatorField, Level>>,
  whole: Level,
): Partial<Record<FacilitatorField, Level>> =>
  Object.fromEntries(
    Object.entries(levels).filter(([, level]) => LEVELS.indexOf(level) > LEVELS.indexOf(whole)),
  )

const LIMITS: { readonly [field: string]: number } = {
  name: NAME_MAX,
  availability: AVAILABILITY_MAX,
  presentation: PRESENTATION_MAX,
  photoAlt: ALT_MAX,
  formats: WORD_MAX,
  themes: WORD_MAX,
}

function toProblem({ path, message }: z.core.$ZodIssue): Problem {
  const field = String(path[0] ?? '')
  const code = toProblemCode(message)
  const limit = code === 'too_many' ? LIST_MAX : code === 'too_long' ? LIMITS[field] : undefined
  return { field, code, ...(limit && { detail: String(limit) }) }
}
