import type { Context as HonoContext } from 'hono'
import { CafeInput, VenueInput } from '../../domain/cafes/cafe-input.ts'
import { ReportInput } from '../../domain/reports/report-input.ts'
import { ResourceInput } from '../../domain/resources/resource-input.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { cleanLines, cleanText, LINES_MAX } from '../../formats/text/clean-text.ts'
import { OwnCafeJson, VenueJson } from './cafes/cafe-json.ts'
import type { LimitUnit } from './problem-texts.ts'
import type { Refusal } from './problems.ts'

const MEBIBYTE = 1024 * 1024
/** The maximum number of bytes of a body: ten times a café with the longest description. */
export const BODY_MAX = 256 * 1024
/** The maximum number of bytes of a batch: a thousand cafés with a long description each. */
export const BATCH_MAX = 12 * MEBIBYTE

type Read<T> = { value: T; refusal?: never } | { refusal: Refusal; value?: never }

/** Reads the sender's own key from an address, cleaned and trimmed like one in a body. */
export const readReference = (c: HonoContext): string =>
  cleanText(c.req.param('reference') ?? '', LINES_MAX).trim()

/**
 * Reads the text of the body, which must be of one of these types, UTF-8 and not compressed; its length is counted
 * while it is read.
 */
export async function readText(
  c: HonoContext,
  { types, max }: { types: readonly string[]; max: number },
): Promise<Read<string>> {
  const type = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const encoding = c.req.header('Content-Encoding') ?? 'identity'
  if (!types.includes(type) || encoding !== 'identity')
    return { refusal: { type: 'unsupported-type' } }
  if (Number(c.req.header('Content-Length') ?? 0) > max)
    return { refusal: toSizeRefusal('bytes', max) }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength
    if (size > max) return { refusal: toSizeRefusal('bytes', max) }
    chunks.push(chunk)
  }
  try {
    return { value: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)) }
  } catch {
    return { refusal: NOT_JSON }
  }
}

/** Returns the refusal of a body that is larger than allowed (413), with the limit in this unit. */
export const toSizeRefusal = (unit: LimitUnit, most: number): Refusal => ({
  type: 'too-large',
  limit: { unit, most },
})

const NOT_JSON: Refusal = { type: 'bad-request', problems: [{ field: '', code: 'not_json' }] }

export const JSON_TYPES = ['application/json']
export const NDJSON_TYPES = [
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/json',
]

/**
 * The maximum number of values in one body: twice as many as the commas of a café with the longest description. The
 * parser calls back for each of them: a line of 12 MB took 10 s.
 */
const VALUES_MAX = 20_000

/**
 * Parses JSON and cleans every text in it, without the line breaks but of the fields `lines`; a text that is too long for its field is left for the schema to refuse. A
 * body is refused as too large beyond 256 Ki UTF-16 units, or beyond 20,000 values, for which commas and brackets are
 * counted wherever they are.
 */
export function parseJson(text: string, lines: ReadonlySet<string> = LINES): Read<unknown> {
  if (text.length > BODY_MAX) return { refusal: toSizeRefusal('bytes', BODY_MAX) }
  if (countMarks(text) > VALUES_MAX) return { refusal: toSizeRefusal('values', VALUES_MAX) }
  try {
    const value: unknown = JSON.parse(text, (key, value: unknown) =>
      typeof value === 'string'
        ? lines.has(key)
          ? cleanLines(value, LINES_MAX)
          : cleanText(value, LINES_MAX)
        : value,
    )
    return { value }
  } catch {
    return { refusal: NOT_JSON }
  }
}

function countMarks(text: string): number {
  let marks = 0
  for (let at = 0; at < text.length; at++) if (MARKS.has(text.charCodeAt(at))) marks += 1
  return marks
}
const MARKS = new Set([...',[{'].map((mark) => mark.charCodeAt(0)))

/** The fields whose line breaks are kept. */
const LINES = new Set(['descriptionMarkdown', 'descriptionHtml'])

/** Returns whether a value from JSON is an object, and neither null nor an array. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Returns the fields that may be sent: those that are read, and those that a program was given and sends back, which
 * are ignored.
 */
const namesOf = (...shapes: object[]): ReadonlySet<string> =>
  new Set(shapes.flatMap((shape) => Object.keys(shape)))

const PLACE = namesOf(VenueInput.shape, VenueJson.shape, { reference: '' })
const CAFE = namesOf(CafeInput.shape, OwnCafeJson.shape)
const REGISTRATION = namesOf(OwnCafeJson.shape.registration.shape)
const IMAGE = namesOf({ url: '', alt: '' })

/** The maximum number of problems that are listed, as many as a person reads. */
const MOST = 20

/**
 * Finds fields of a café that do not exist: `publication: 'draft'`, for instance, would announce what was meant to
 * wait. The field of a problem is its dotted path.
 */
export function findUnknownFields(body: unknown): Problem[] {
  if (!isRecord(body)) return []
  return [
    ...listUnknown(body, CAFE),
    ...listUnknown(body.venue, PLACE, 'venue.'),
    ...listUnknown(body.registration, REGISTRATION, 'registration.'),
    ...listUnknown(body.image, IMAGE, 'image.'),
  ].slice(0, MOST)
}

/** Finds fields of a place that do not exist. */
export const findUnknownPlaceFields = (body: unknown): Problem[] =>
  listUnknown(body, PLACE).slice(0, MOST)

/** Finds fields of a report that do not exist; those that `given`, its JSON, has are passed over. */
export const findUnknownReportFields = (body: unknown, given: { shape: object }): Problem[] =>
  listUnknown(body, namesOf(ReportInput.shape, given.shape)).slice(0, MOST)

/** Does the same for a resource. */
export const findUnknownResourceFields = (body: unknown, given: { shape: object }): Problem[] =>
  listUnknown(body, namesOf(ResourceInput.shape, given.shape)).slice(0, MOST)

const listUnknown = (value: unknown, known: ReadonlySet<string>, before = ''): Problem[] =>
  isRecord(value)
    ? Object.keys(value)
        .filter((name) => !known.has(name))
        .map((name) => ({ field: `${before}${name}`.slice(0, FIELD_MAX), code: 'unknown_field' }))
    : []

const FIELD_MAX = 80

/** Finds a key in the body that differs from each of the known ones and would be lost; a known one may be repeated. */
export function findOtherKey(
  body: unknown,
  field: 'reference' | 'uid',
  ...known: string[]
): Problem[] {
  const said = isRecord(body) ? (body[field] ?? '') : ''
  const isSame = typeof said !== 'string' || ['', ...known].includes(said.trim())
  return isSame ? [] : [{ field, code: 'other_key' }]
}
