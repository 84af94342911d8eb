import { z } from 'zod'
import { DEFAULT_RADIUS, MAX_RADIUS } from '../../../../ui/search/values.ts'
import { ATTENDANCE_MODES, INTENTIONS, OPENNESS } from '../../../domain/cafes/cafe.ts'
import { readTime } from '../../../domain/cafes/cafe-input.ts'
import { ACCESSIBILITY_CODES } from '../../../domain/values/accessibility.ts'
import { readDay } from '../../../domain/values/days.ts'
import type { Problem } from '../../../domain/values/problem.ts'
import { KINDS } from '../../../domain/values/structure-kinds.ts'
import { type Box, isOnEarth, type Point } from '../../../geo/distance.ts'
import { findTerritory, type Territory } from '../../../geo/territories.ts'
import { parentsOf } from '../../../geo/territory-family.ts'
import { lookUpWhere } from '../../../geo/where.ts'
import type { CafeQuery } from '../../../store/search/cafe-query.ts'
import { readMark, type Since } from '../../../store/search/changed-cafes.ts'
import { readCursor } from '../../../store/search/cursor.ts'
import { placeProblem } from '../../search/place-choices.ts'
import { toProblems } from '../problems.ts'

const LIMIT_MAX = 100
/** The zone of dates that have none. */
const PARIS = 'Europe/Paris'

const text = z.string('invalid').max(500, 'too_long')
/** Reads values that are repeated or separated by commas. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',') : value),
    z.array(item, 'invalid').max(20, 'too_many'),
  )
/** Values that may hold commas: each is a parameter of its own. */
const severalOf = <T extends z.ZodType>(item: T) =>
  z
    .preprocess(
      (value) => (typeof value === 'string' ? [value] : value),
      z.array(item, 'invalid').max(20, 'too_many'),
    )
    .describe('At least one of them; repeat the parameter')
/** Reads a number of a query. */
export const numberIn = (least: number, most: number) =>
  z.coerce.number('invalid').min(least, 'number_out_of_range').max(most, 'number_out_of_range')
export const RADIUS = numberIn(0.1, MAX_RADIUS)
  .describe(`Kilometres around \`near\`, ${DEFAULT_RADIUS} by default`)
  .optional()
const date = text.describe(
  'A date, which is the day at the place of each café, or a date and time; without an offset it is in Paris time',
)

/** The parameters of a search of the API; those without a value are as if they were left out. */
export const SearchParameters = z.object({
  near: text
    .describe(
      '`lat,lng`, a postcode or a town: cafés around it; of a département or a région, those within, as with `territory`. Of a name that several bear, the most populous: `place` of the answer says which, and what to ask for instead. What is no place is refused with 400, where a search of the pages (`ou`) looks for its words in the cafés: here `q` does. With `territory`, both count',
    )
    .optional(),
  radius: RADIUS,
  from: date
    .describe(`Leaves out what is over by then; now by default. ${date.description}`)
    .optional(),
  until: date.describe(`Leaves out what begins after it. ${date.description}`).optional(),
  q: z
    .string('invalid')
    .describe('Words that the café has, each from its beginning; accents and plurals do not matter')
    .optional(),
  territory: text
    .describe('`r-53` (région), `35` (département), `e-243500139` (EPCI) or `c-35238` (commune)')
    .optional(),
  bbox: text
    .describe('`west,south,east,north` in degrees (RFC 7946 §5): cafés at a place in this box')
    .optional(),
  mode: listOf(z.enum(ATTENDANCE_MODES, 'not_a_choice'))
    .describe('At least one of them')
    .optional(),
  format: severalOf(text).optional(),
  intention: listOf(z.enum(INTENTIONS, 'not_a_choice')).describe('At least one of them').optional(),
  audience: severalOf(text).optional(),
  accessibility: listOf(z.enum(ACCESSIBILITY_CODES, 'not_a_choice'))
    .describe('All of them; repeat the parameter or separate by commas')
    .optional(),
  kind: listOf(z.enum(KINDS, 'not_a_choice'))
    .describe('Kinds of the structure that announces it, where it is known: at least one of them')
    .optional(),
  language: listOf(text)
    .describe('Tags of languages that it is held in: at least one of them')
    .optional(),
  openTo: z
    .enum([...OPENNESS, 'all'], 'not_a_choice')
    .describe('`public` by default')
    .optional(),
  organizer: z.string('invalid').max(2000, 'too_long').describe("The organizer's `id`").optional(),
  structure: text
    .describe(
      'Slug of a structure of this server, or the last part of the address of its page at `/structures`. One for which a directory announces (`announcedFor`) has no page: `q` finds its cafés by its name',
    )
    .optional(),
  network: text
    .describe('Slug of a network of this directory: what its members announce')
    .optional(),
  updatedSince: text
    .describe(
      'What changed here since: the mark in the address `changes` of an answer, or a date or date and time by the clock of this server. What came into sight counts; what left it is at `removed`',
    )
    .optional(),
  order: z
    .enum(['date', 'distance'], 'not_a_choice')
    .describe('`date` by default; `distance` needs `near`')
    .optional(),
  limit: numberIn(1, LIMIT_MAX).pipe(z.int('invalid')).describe('30 by default').optional(),
  cursor: text.describe('From `next`: the page that follows').optional(),
})

export type ReadParameters = { query: CafeQuery } | { problems: Problem[] }

type Parameters = Record<string, string[]>

/** Reads a search, or says what is wrong with each parameter; it never throws. */
export function readParameters(parameters: Parameters, now: Temporal.Instant): ReadParameters {
  const parsed = SearchParameters.safeParse(withoutEmpty(parameters))
  if (!parsed.success) return { problems: toParameterProblems(parsed.error) }
  const asked = parsed.data
  const problems: Problem[] = []
  const check = <T>(field: string, code: Problem['code'], value: T | undefined, given: unknown) => {
    if (given !== undefined && value === undefined) problems.push({ field, code })
    return value
  }

  const place = asked.near === undefined ? undefined : readPlace(asked.near)
  if (place && 'problem' in place) problems.push(place.problem)
  const point = place && 'point' in place ? place.point : undefined
  const box = check('bbox', 'invalid', readBox(asked.bbox), asked.bbox)
  const order = asked.order === 'distance' && point ? 'distance' : 'date'
  if (asked.order === 'distance' && !point && !(place && 'problem' in place))
    problems.push({ field: 'order', code: 'place_required' })
  const from = check('from', 'not_a_date', readDate(asked.from), asked.from)
  const until = check('until', 'not_a_date', readDate(asked.until), asked.until)
  if (from && until && !isBefore(from, until))
    problems.push({ field: 'until', code: 'ends_before_start' })
  const updatedSince = readSince(asked.updatedSince)
  check('updatedSince', 'not_a_date', updatedSince, asked.updatedSince)
  const given = findTerritory(asked.territory ?? '')
  check('territory', 'unknown_place', given, asked.territory)
  const area = place && 'area' in place ? place.area : undefined
  const territory = area && given ? narrowerOf(area, given) : (area ?? given)
  if (area && given && !territory) problems.push({ field: 'territory', code: 'outside_place' })
  const cursor = readCursor(asked.cursor ?? '', order)
  check('cursor', 'invalid', cursor, asked.cursor)
  if (problems.length > 0) return { problems }
  return {
    query: {
      near: point && { ...point, radiusKm: asked.radius ?? DEFAULT_RADIUS },
      box,
      from: from ?? now,
      until,
      words: asked.q,
      territory,
      mode: asked.mode,
      format: asked.format,
      intentions: asked.intention,
      audience: asked.audience,
      accessibility: asked.accessibility,
      kinds: asked.kind,
      language: asked.language,
      openTo: asked.openTo,
      organizer: asked.organizer,
      structure: asked.structure,
      network: asked.network,
      updatedSince,
      order,
      limit: asked.limit,
      cursor,
    },
  }
}

const LISTS = ['intention', 'accessibility', 'kind', 'mode', 'language']

const withoutEmpty = (parameters: Parameters): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, values]) => {
      const given = values.filter((value) => value.trim() !== '')
      if (given.length === 0) return []
      if (LISTS.includes(name)) return [[name, given.join(',')]]
      return [[name, given.length === 1 ? (given[0] ?? '') : given]]
    }),
  )

/**
 * Returns the problems of a list under the name of the parameter and not of a part of it, each once however many parts
 * are wrong.
 */
function toParameterProblems(error: z.ZodError): Problem[] {
  const problems = toProblems(error).map(({ field, ...problem }) =>
    withLimits({ ...problem, field: field.replace(/\..*/, '') }),
  )
  return [...new Map(problems.map((each) => [`${each.field} ${each.code}`, each])).values()]
}

const LIMITS: Record<string, string> = { radius: `0.1–${MAX_RADIUS}`, limit: `1–${LIMIT_MAX}` }

const withLimits = (problem: Problem): Problem => {
  const detail = problem.code === 'number_out_of_range' ? LIMITS[problem.field] : undefined
  return detail ? { ...problem, detail } : problem
}

/** Reads a place; of several towns of one name it is the most populous. */
function readPlace(near: string): { point?: Point } | { area: Territory } | { problem: Problem } {
  const answer = lookUpWhere(near)
  switch (answer.kind) {
    case 'point':
      return { point: { latitude: answer.latitude, longitude: answer.longitude } }
    case 'commune':
      return { point: toPoint(answer.commune) }
    case 'area':
      return { area: answer.area }
    case 'everywhere':
      return {}
    case 'unknown':
      return { problem: placeProblem('near', answer) }
  }
}

/** Reads `west,south,east,north` in degrees; where west lies east of east the box crosses the antimeridian. */
function readBox(text: string | undefined): Box | undefined {
  const parts = text?.split(',') ?? []
  const [west = 0, south = 0, east = 0, north = 0] = parts.map(Number)
  const isBox =
    parts.length === 4 && parts.every((part) => /^ *-?\d{1,3}(\.\d{1,15})? *$/.test(part))
  const corners = [
    { latitude: south, longitude: west },
    { latitude: north, longitude: east },
  ]
  return isBox && corners.every(isOnEarth) && south <= north
    ? { west, south, east, north }
    : undefined
}

/** Returns whichever of the two territories is within the other; undefined where neither is. */
export function narrowerOf(one: Territory, other: Territory): Territory | undefined {
  const isWithin = (inner: Territory, { code }: Territory) =>
    inner.code === code || parentsOf(inner).some((parent) => parent.code === code)
  if (isWithin(other, one)) return other
  return isWithin(one, other) ? one : undefined
}

const toPoint = ({ latitude, longitude }: Point): Point => ({ latitude, longitude })

type Limit = Temporal.Instant | Temporal.PlainDate

function readDate(value: string | undefined): Limit | undefined {
  if (value === undefined) return undefined
  // In a query string, an unescaped plus sign arrives as a space.
  const text = value.trim().replace(/ (\d{2}:?\d{2})$/, '+$1')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return readTime(text, PARIS)
  const day = readDay(text)
  return day && day.year >= 2000 && day.year < 2100 ? day : undefined
}

/** Reads a mark or a time. */
export function readSince(value: string | undefined): Since | undefined {
  const mark = value === undefined ? undefined : readMark(value)
  const limit = mark ? undefined : readDate(value)
  return mark ?? (limit && toInstant(limit))
}

const toInstant = (limit: Limit): Temporal.Instant =>
  limit instanceof Temporal.Instant ? limit : limit.toZonedDateTime(PARIS).toInstant()

/** Returns whether a start is before an end; a day ends when the next begins. */
const isBefore = (from: Limit, until: Limit): boolean => {
  const end = until instanceof Temporal.Instant ? until : toInstant(until.add({ days: 1 }))
  return Temporal.Instant.compare(toInstant(from), end) < 0
}
