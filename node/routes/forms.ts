import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { FormValues } from '../../ui/fields.tsx'
import { refusalIn } from '../../ui/refusals.ts'
import type { Config } from '../config.ts'
import { DomainError } from '../domain/errors.ts'
import { languageOf } from './language.ts'

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
 * The body of a form, in the two types that forms have.
 * @throws DomainError forbidden for any other type, invalid when it cannot be read.
 */
export async function readForm(c: HonoContext): Promise<FormData> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!FORM_TYPES.includes(type)) throw new DomainError('forbidden', FORBIDDEN)
  try {
    return await c.req.formData()
  } catch {
    throw new DomainError('invalid', 'Ce formulaire n’a pas pu être lu. Recommencez.')
  }
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
  for (const name of new Set(form.keys())) {
    if (name === 'csrf') continue
    const texts = textsOf(form, name)
    values[name] = texts.length === 1 ? (texts[0] ?? '') : texts
  }
  return values
}

/** Far beyond any form; an import may be larger. */
const FORM_BYTES = 1024 ** 2

export const limitBody = (
  maxSize = FORM_BYTES,
  refusal = 'Ce qui a été envoyé est trop grand.',
): MiddlewareHandler =>
  bodyLimit({ maxSize, onError: (c) => c.text(refusalIn(languageOf(c), refusal), 413) })
