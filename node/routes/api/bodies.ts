import type { Context as HonoContext } from 'hono'
import { cleanLines, cleanText, LINES_MAX } from '../../formats/text/clean-text.ts'
import type { LimitUnit } from './problem-texts.ts'
import type { Refusal } from './problems.ts'

const MEBIBYTE = 1024 * 1024
/** Ten times a café with the longest description. */
export const BODY_MAX = 256 * 1024
/** A thousand cafés with a long description each. */
export const BATCH_MAX = 12 * MEBIBYTE

type Read<T> = { value: T; refusal?: never } | { refusal: Refusal; value?: never }

/** The sender's own key, as it stands in an address: clean and trimmed like one in a body. */
export const readReference = (c: HonoContext): string =>
  cleanText(c.req.param('reference') ?? '', LINES_MAX).trim()

/** The text of the body: of one of these types, UTF-8, not compressed, counted while it is read. */
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
 * Values in one body: twice as many as the commas of a café with the longest description. The parser calls back for
 * each of them: a line of 12 MB took 10 s.
 */
const VALUES_MAX = 20_000

/**
 * Parsed, every text in it clean; what is too long for its field is left for the schema to refuse. Refused as too large
 * beyond 256 Ki UTF-16 units, or beyond 20,000 values, for which commas and brackets are counted wherever they are.
 */
export function parseJson(text: string): Read<unknown> {
  if (text.length > BODY_MAX) return { refusal: toSizeRefusal('bytes', BODY_MAX) }
  if (countMarks(text) > VALUES_MAX) return { refusal: toSizeRefusal('values', VALUES_MAX) }
  try {
    const value: unknown = JSON.parse(text, (key, value: unknown) =>
      typeof value === 'string'
        ? LINES.has(key)
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

/** The fields whose lines matter. */
const LINES = new Set(['descriptionMarkdown', 'descriptionHtml'])

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
