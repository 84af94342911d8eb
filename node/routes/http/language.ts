import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { accepts } from 'hono/accepts'
import { isPage, withLanguage } from '../../../ui/components/link.tsx'
import { LANGS, type Lang } from '../../domain/values/lang.ts'

/** Returns the language that the visitor chose by a link (`?lang=en`), whatever their browser prefers. */
export function languageInAddress(c: HonoContext): Lang | undefined {
  const asked = c.req.query('lang')
  return LANGS.find((lang) => lang === asked)
}

/** Returns the visitor's choice, otherwise the first of their browser's languages that we have, otherwise French. */
export const languageOf = (c: HonoContext): Lang => languageInAddress(c) ?? preferredLanguage(c)

/**
 * Returns the language by `Accept-Language` alone: of two languages the one with the larger q, then the first (RFC
 * 4647, §3.4).
 */
export function preferredLanguage(c: HonoContext): Lang {
  const supports = [...LANGS]
  const found = accepts(c, { header: 'Accept-Language', supports, default: 'fr', match: lookUp })
  return LANGS.find((lang) => lang === found) ?? 'fr'
}

/** Looks a language up: `en-GB` asks for English; `en;q=0` asks for anything else. */
const lookUp = (
  accepted: { type: string; q: number }[],
  { supports, default: fallback }: { supports: string[]; default: string },
): string =>
  accepted
    .filter(({ q }) => q > 0)
    .toSorted((one, other) => other.q - one.q)
    .map(({ type }) => type.toLowerCase().split('-')[0] ?? '')
    .find((language) => supports.includes(language)) ?? fallback

/** Returns the address of this page in another language. */
export function addressIn(lang: Lang, c: HonoContext): string {
  const { pathname, search } = new URL(c.req.url)
  return withLanguage(pathname + search, lang)
}

/**
 * Sets the language of an answer. A choice lasts without a cookie: where the address says `lang`, so does the address
 * to which an answer redirects; `Link` and `Form` do the same on the page.
 */
export const languageMiddleware: MiddlewareHandler = async (c, next) => {
  await next()
  const { headers, ok } = c.res
  const chosen = languageInAddress(c)
  const location = headers.get('Location')
  if (chosen && location && isPage(location))
    headers.set('Location', withLanguage(location, chosen))
  if (!headers.get('Content-Type')?.startsWith('text/html')) return
  // A file of HTML that is to be copied is the same for everybody.
  if (ok && !isPage(c.req.path)) return
  headers.set('Content-Language', languageOf(c))
  headers.set('Vary', [...varyOf(headers), 'Accept', 'Accept-Language'].filter(isFirst).join(', '))
}

const varyOf = (headers: Headers): string[] =>
  (headers.get('Vary') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

const isFirst = (name: string, at: number, names: string[]): boolean =>
  names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === at
