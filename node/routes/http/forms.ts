import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy } from '@fastify/busboy'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { CAFE_FIELDS, VENUE_FIELDS } from '../../../ui/cafes/cafe-fields.ts'
import type { FormValues } from '../../../ui/components/fields.tsx'
import { OWN_PROFILE_FIELDS } from '../../../ui/facilitators/own-profile-fields.ts'
import { type Field, type Fields, linesOf } from '../../../ui/forms/description.ts'
import { NETWORK_FIELDS } from '../../../ui/networks/fields.tsx'
import { REPORT_FIELDS } from '../../../ui/reports/report-fields.ts'
import { RESOURCE_FIELDS } from '../../../ui/resources/fields.tsx'
import { SETTINGS_FIELDS } from '../../../ui/site/settings-fields.ts'
import { PROFILE_FIELDS } from '../../../ui/structures/profile-fields.ts'
import type { Config } from '../../config.ts'
import { DomainError } from '../../domain/values/errors.ts'
import type { Refusal } from '../../domain/values/refusal.ts'
import { completeWebAddress } from '../../domain/values/web-address.ts'
import { cleanLines, cleanText } from '../../formats/text/clean-text.ts'
import { giveWay } from '../../turns/turns.ts'

/**
 * Checks that a page of ours sent it, by headers that other pages cannot make browsers forge: `Sec-Fetch-Site` and
 * `Origin`. A program that sends neither has no cookie of somebody else's to abuse; the form's token is checked as
 * well.
 */
export function assertSameOrigin(c: HonoContext, { origin }: Pick<Config, 'origin'>): void {
  const site = c.req.header('sec-fetch-site')
  if (site && site !== 'same-origin' && site !== 'none')
    throw new DomainError('forbidden', 'site.foreign_form')
  const from = c.req.header('origin')
  if (!from || from === origin) return
  // The page was opened as localhost where the settings say 127.0.0.1; the browser itself says that it is one origin.
  if (site === 'same-origin' && URL.canParse(from) && new URL(from).host === c.req.header('host'))
    return
  throw new DomainError('forbidden', 'site.foreign_form')
}

const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data']

/**
 * Reads the body of a form, in the two types that forms have, and cleans every text: what is typed on one line is one
 * line, and what a text area holds keeps its lines. The form's own rules limit lengths; nothing is cut here.
 * @throws DomainError forbidden for any other type; what `readFormBody` throws, for a longer body or longer texts than
 * `limits` (256 KiB each unless they say otherwise).
 */
export async function readForm(
  c: HonoContext,
  limits: Partial<BodyLimits> = {},
): Promise<FormData> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!FORM_TYPES.includes(type)) throw new DomainError('forbidden', 'site.foreign_form')
  const form = new FormData()
  const all = { most: LONG_FORM_BYTES, textUnits: LONG_FORM_BYTES, ...limits }
  await readFormBody(c, all, (name, value) =>
    typeof value === 'string'
      ? form.append(name, VERBATIM.test(name) ? value : cleanField(name, value))
      : form.append(name, value),
  )
  return form
}

/** The fields of described forms, and of the others, whose texts have several lines. */
const LINES = new Set([
  ...[CAFE_FIELDS, OWN_PROFILE_FIELDS, NETWORK_FIELDS, PROFILE_FIELDS, SETTINGS_FIELDS].flatMap(
    linesOf,
  ),
  ...linesOf(VENUE_FIELDS),
  ...linesOf(REPORT_FIELDS.details),
  ...linesOf(RESOURCE_FIELDS),
  'reason',
])
const MESSAGE = /^(?:contact\.)?message(?:\.[\d.]+)?$/

/**
 * The fields that are not cleaned: secrets, and what is checked or read byte for byte, such as a form that is kept, a
 * file in a field, a signed text, or a record.
 */
const VERBATIM = /^(?:csrf|kept|packed|pasted|text|file|seen)$|password/i

const cleanField = (name: string, value: string): string =>
  (LINES.has(name) || MESSAGE.test(name) ? cleanLines : cleanText)(value, LONG_FORM_BYTES)

/** The maximum number of fields, more than any form of ours has. */
const FIELDS_MAX = 1000

/** The maximum number of UTF-16 units of the name of a field. */
const NAME_MAX = 200

/** Bytes that are parsed between two turns of other requests; with the shortest parts it takes about 5 ms. */
const PIECE = 16 * 1024

export type BodyLimits = {
  /** The maximum number of bytes of the whole body. */
  most: number
  /** The refusal of a longer body. */
  refusal?: Refusal
  /** The maximum number of UTF-16 units of all texts and names together; files are not counted. */
  textUnits: number
  /** The one field that holds a text as long as a file. */
  fileField?: string
  /** Whether each file is dropped as it arrives: only its name and type remain, without its bytes. */
  isWithoutFiles?: boolean
}

/** Receives one field in the order of the body, except that a file comes when its last byte has arrived. */
type Take = (name: string, value: string | File) => void

/**
 * Reads a form of either type (`application/x-www-form-urlencoded`, `multipart/form-data`) while it arrives. Node's own
 * `formData()` reads the whole body in one turn, for a time that grows faster than the body: 256,000 fields took 1.8 s,
 * 256 kB of headers in one part 0.3 s.
 * @throws DomainError too_large beyond a limit, or beyond 1,000 fields; invalid when the body is no such form.
 */
async function readFormBody(c: HonoContext, limits: BodyLimits, take: Take): Promise<void> {
  const tooLong = () => new DomainError('too_large', limits.refusal ?? 'site.form_too_large')
  if (Number(c.req.header('content-length') ?? 0) > limits.most) throw tooLong()
  let fields = 0
  let textUnits = 0
  const isTooMuch = () => fields > FIELDS_MAX || textUnits > limits.textUnits
  /** Counts a field, and says whether it may be taken. */
  const count = (name: string, length: number): boolean => {
    fields += 1
    textUnits += name.length + (name === limits.fileField ? 0 : length)
    return !isTooMuch() && name.length <= NAME_MAX
  }

  async function* pieces(): AsyncGenerator<Uint8Array> {
    let size = 0
    for await (const chunk of c.req.raw.body ?? []) {
      size += chunk.byteLength
      if (size > limits.most) throw tooLong()
      for (let at = 0; at < chunk.byteLength; at += PIECE) {
        yield chunk.subarray(at, at + PIECE)
        if (isTooMuch()) throw new DomainError('too_large', 'site.form_too_large')
        await giveWay()
      }
    }
  }

  try {
    const parser = createParser(c, limits)
    parser.on('field', (name, value, _, isCut) => {
      // A text that was cut was longer than all texts may be together.
      if (count(name ?? '', isCut ? Number.POSITIVE_INFINITY : value.length))
        take(name ?? '', value)
    })
    parser.on('file', (name, stream, filename, _, type) => {
      const isTaken = count(name ?? '', 0)
      const chunks: Buffer<ArrayBuffer>[] = []
      stream.on('error', () => undefined)
      stream.on(
        'data',
        (chunk: Buffer<ArrayBuffer>) => isTaken && !limits.isWithoutFiles && chunks.push(chunk),
      )
      stream.on('end', () => isTaken && take(name ?? '', new File(chunks, filename, { type })))
    })
    await pipeline(Readable.from(pieces(), { objectMode: false }), parser)
  } catch (error) {
    if (error instanceof DomainError) throw error
    throw new DomainError('invalid', 'site.unreadable_form')
  }
  if (isTooMuch()) throw new DomainError('too_large', 'site.form_too_large')
}

const createParser = (c: HonoContext, { most, textUnits, fileField }: BodyLimits) =>
  new Busboy({
    headers: { 'content-type': c.req.header('content-type') ?? '' },
    // One more than is allowed is read, so that `count` sees that there were too many.
    limits: {
      fields: FIELDS_MAX + 1,
      files: FIELDS_MAX + 1,
      parts: FIELDS_MAX + 1,
      fieldNameSize: NAME_MAX + 1,
      fieldSize: fileField === undefined ? textUnits : most,
      headerPairs: 20,
      headerSize: 4096,
    },
  })

/** Returns one text field, trimmed; empty when it is missing or a file. */
export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

/**
 * Returns the file that was chosen in a field; `empty` where it holds nothing, undefined where none was chosen, which
 * browsers send as a file without a name.
 */
export function fileOf(form: FormData, name: string): File | 'empty' | undefined {
  const file = form.get(name)
  if (!(file instanceof File)) return undefined
  if (file.size > 0) return file
  return file.name === '' ? undefined : 'empty'
}

/** Returns a web address as it was typed, with `https://` added where that was left out. */
export const webAddressOf = (form: FormData, name: string): string =>
  completeWebAddress(textOf(form, name))

/**
 * Lists what a person typed into a form, to give it back where it cannot be saved: without passwords, and without what
 * pages put into hidden fields and buttons, which are codes of one word.
 */
export const unsavedTextsOf = (form: FormData): string[] => {
  const typed = [...form].flatMap(([name, value]) =>
    typeof value === 'string' && !HIDDEN.test(name) && !CODE.test(value) ? [value.trim()] : [],
  )
  return [...new Set(typed)].filter((text) => text !== '')
}

const HIDDEN = /^(?:csrf|version|shown|asked|keep\..*)$|password/i
const CODE = /^(?:[a-z][a-z\d_:-]*|[\da-f-]{36}|\d{0,2})$/

/** Returns all texts of a form under one name, in their order and as they were sent; files are left out. */
export const textsOf = (form: FormData, name: string): string[] =>
  form.getAll(name).filter((value) => typeof value === 'string')

/**
 * Reads the fields of a form, but its own ones, as the input of a schema, which refuses what they may not hold: texts, a
 * number (NaN where it is none), lists of texts; undefined where nothing was chosen. A name with a dot is that of a field
 * within a field.
 */
export function readFields(form: FormData, fields: Fields): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    if (field.isOwn) continue
    const [outer = name, inner] = name.split('.')
    const value = readField(form, name, field)
    body[outer] = inner === undefined ? value : { ...Object(body[outer]), [inner]: value }
  }
  return body
}

function readField(form: FormData, name: string, { kind }: Field): unknown {
  const text = textOf(form, name)
  if (kind === 'url' || kind === 'contact') return completeWebAddress(text)
  if (kind === 'radio' || kind === 'select') return text || undefined
  if (kind === 'number') return text === '' ? undefined : Number(text.replace(/\s/g, ''))
  if (kind === 'tick') return text !== ''
  if (kind === 'boxes') return textsOf(form, name)
  if (kind === 'links') return splitTexts([text], /\s+/).map(completeWebAddress)
  if (kind === 'words' || kind === 'list') return splitTexts(textsOf(form, name), SEPARATORS[kind])
  return text
}

const SEPARATORS = { words: /[,;\n]/, list: /[;\n]/ }

const splitTexts = (texts: readonly string[], between: RegExp): string[] =>
  texts
    .flatMap((text) => text.split(between))
    .map((text) => text.trim())
    .filter((text) => text !== '')

/** Returns everything that was typed, to be shown again: text fields only, without the token. */
export function valuesOf(form: FormData): FormValues {
  const values: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of form) {
    if (name === 'csrf' || typeof value !== 'string') continue
    const before = values[name]
    if (before === undefined) values[name] = value
    else if (typeof before === 'string') values[name] = [before, value]
    else before.push(value)
  }
  return values
}

/**
 * The maximum number of bytes of a form with a few short fields and a message of 3,000 characters, each of which may
 * take nine bytes once encoded.
 */
const FORM_BYTES = 32 * 1024

/** The same with a description of 10,000 characters; it is also the limit of the rest of the administration. */
export const LONG_FORM_BYTES = 256 * 1024

/** Refuses a longer body with a page (413), before it is read where its length is announced. */
export const limitBody = (maxSize = FORM_BYTES): MiddlewareHandler =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new DomainError('too_large', 'site.form_too_large')
    },
  })
