import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { accepts } from 'hono/accepts'
import { LANGS, type Lang } from '../../domain/values/lang.ts'

/** `?lang=en`: what the visitor chose by a link, whatever their browser prefers. */
function chosenLanguage(c: HonoContext): Lang | undefined {
  const asked = c.req.query('lang')
  return LANGS.find((lang) => lang === asked)
}

/** The visitor's choice, else the first of their browser's languages that we speak, else French. */
export const languageOf = (c: HonoContext): Lang => chosenLanguage(c) ?? preferredLanguage(c)

/** By `Accept-Language` alone: of two languages the one with the larger q, then the first (RFC 4647, §3.4). */
export function preferredLanguage(c: HonoContext): Lang {
  const supports = [...LANGS]
  const found = accepts(c, { header: 'Accept-Language', supports, default: 'fr', match: lookUp })
  return LANGS.find((lang) => lang === found) ?? 'fr'
}

/** `en-GB` asks for English; `en;q=0` asks for anything else. */
const lookUp = (
  accepted: { type: string; q: number }[],
  { supports, default: fallback }: { supports: string[]; default: string },
): string =>
  accepted
    .filter(({ q }) => q > 0)
    .toSorted((one, other) => other.q - one.q)
    .map(({ type }) => type.toLowerCase().split('-')[0] ?? '')
    .find((language) => supports.includes(language)) ?? fallback

/** This page's own address, in another language. */
export function addressIn(lang: Lang, c: HonoContext): string {
  const { pathname, search } = new URL(c.req.url)
  return withLanguage(pathname + search, lang)
}

/**
 * Says in which language a page is, and makes a choice last without a cookie: on a page whose address says `lang`, so
 * do the addresses of its links, of its forms, and of where an answer leads. An address that names a language keeps it.
 */
export const languageMiddleware: MiddlewareHandler = async (c, next) => {
  await next()
  const chosen = chosenLanguage(c)
  const location = c.res.headers.get('Location')
  if (chosen && location && isPage(location)) c.header('Location', withLanguage(location, chosen))
  if (!c.res.headers.get('Content-Type')?.startsWith('text/html')) return
  // A file of HTML, to be copied: the same for everybody.
  if (c.res.ok && !isPage(c.req.path)) return
  if (chosen) c.res = new Response(withPageLanguage(await c.res.text(), chosen), c.res)
  c.header('Content-Language', languageOf(c))
  c.header('Vary', [...varyOf(c), 'Accept', 'Accept-Language'].filter(isFirst).join(', '))
}

const varyOf = (c: HonoContext): string[] =>
  (c.res.headers.get('Vary') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

const isFirst = (name: string, at: number, names: string[]): boolean =>
  names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === at

/** Our own pages, by their path: neither another site, nor a file, nor what programs read. */
const isPage = (address: string): boolean =>
  /^\/(?!\/|(?:public|media|export|api\/v1)\/)[^?#]*(?:[?#]|$)/.test(address) &&
  !/^[^?#]*\.\w+(?:[?#]|$)/.test(address)

/** The address with `lang` as its last parameter, before the fragment; as it was when it has one. */
function withLanguage(address: string, lang: Lang): string {
  const [whole, fragment = ''] = address.split(/(?=#)/)
  const [path = '', query = ''] = (whole ?? '').split('?')
  const others = query.split('&').filter((part) => part !== '' && !part.startsWith('lang='))
  return `${path}?${[...others, `lang=${lang}`].join('&')}${fragment}`
}

/** What Hono's JSX writes: `"` around every value, `&amp;` in it, and no `<` of a text left as it was. */
const withPageLanguage = (html: string, lang: Lang): string =>
  html
    .replace(/<(?:a|form|button)\b[^<>]*>/g, (tag) =>
      tag.replace(/ (href|action|formaction)="([^"]*)"/, (whole, name, value: string) => {
        const address = value.replaceAll('&amp;', '&')
        if (!isPage(address) || /[?&]lang=/.test(address)) return whole
        return ` ${name}="${withLanguage(address, lang).replaceAll('&', '&amp;')}"`
      }),
    )
    .replace(
      /<form\b(?![^<>]* method="post")[^<>]*>/g,
      (tag) => `${tag}<input type="hidden" name="lang" value="${lang}"/>`,
    )
