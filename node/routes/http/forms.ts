import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { FormValues } from '../../../ui/components/fields.tsx'
import type { Config } from '../../config.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { cleanLines, cleanText } from '../../formats/text/clean-text.ts'

const FORBIDDEN = 'Cette demande ne vient pas d’une page de ce site.'

/**
 * Whether a page of ours sent it, by what browsers cannot be made to forge: `Sec-Fetch-Site` and `Origin`. A program
 * that sends neither has no cookie of somebody else's to abuse; the form's token is asked for besides.
 */
export function assertSameOrigin(c: HonoContext, { origin }: Pick<Config, 'origin'>): void {
  const site = c.req.header('sec-fetch-site')
  if (site && site !== 'same-origin' && site !== 'none')
    throw new DomainError('forbidden', FORBIDDEN)
  const from = c.req.header('origin')
  if (!from || from === origin) return
  // Opened as localhost where the settings say 127.0.0.1: the browser itself says that it is one origin.
  if (site === 'same-origin' && URL.canParse(from) && new URL(from).host === c.req.header('host'))
    return
  throw new DomainError('forbidden', FORBIDDEN)
}

const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data']

/**
 * The body of a form, in the two types that forms have, every text of it clean: what is typed on one line is one line,
 * what a text area holds keeps its lines. Lengths are what the form's own rules say; nothing is cut here.
 * @throws DomainError forbidden for any other type, invalid when it cannot be read, too_large when a field is longer
 * than any text, which a form that may hold a picture would let through.
 */
export async function readForm(c: HonoContext): Promise<FormData> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!FORM_TYPES.includes(type)) throw new DomainError('forbidden', FORBIDDEN)
  return cleanForm(await parseForm(c))
}

async function parseForm(c: HonoContext): Promise<FormData> {
  try {
    return await c.req.formData()
  } catch {
    throw new DomainError('invalid', 'Ce formulaire n’a pas pu être lu. Recommencez.')
  }
}

/** The texts of several lines: the names of the text areas. */
const LINES =
  /^(?:access|accessibilityGaps|descriptionMarkdown|hostAddress|legalAddress|links|presentation|presentationMarkdown|reason|speakers|(?:contact\.)?message(?:\.[\d.]+)?)$/

/** Secrets, and what is checked or read to the letter: a form kept aside, a file in a field, a signed text, a record. */
const VERBATIM = /^(?:csrf|kept|packed|pasted|text|file|seen)$|password/i

function cleanForm(form: FormData): FormData {
  const cleaned = new FormData()
  let length = 0
  for (const [name, value] of form) {
    if (typeof value !== 'string') cleaned.append(name, value)
    else if (VERBATIM.test(name)) cleaned.append(name, value)
    else {
      length += value.length
      if (length > LONG_FORM_BYTES) throw new DomainError('too_large', TOO_LARGE)
      const clean = LINES.test(name) ? cleanLines : cleanText
      cleaned.append(name, clean(value, LONG_FORM_BYTES))
    }
  }
  return cleaned
}

/** One text field, trimmed; empty when it is missing or a file. */
export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

export const textsOf = (form: FormData, name: string): string[] =>
  form.getAll(name).filter((value) => typeof value === 'string')

/** All that was typed, to be shown again: text fields only, without the token. */
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

/** A few short fields and a message of 3,000 characters, each of which may be nine bytes once encoded. */
const FORM_BYTES = 32 * 1024

/** The same with a description of 10,000 characters; the rest of the administration too. */
export const LONG_FORM_BYTES = 256 * 1024

const TOO_LARGE = 'Ce qui a été envoyé est trop grand.'

/** Refuses a longer body with a page (413), before it is read where its length is announced. */
export const limitBody = (maxSize = FORM_BYTES, refusal = TOO_LARGE): MiddlewareHandler =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new DomainError('too_large', refusal)
    },
  })
