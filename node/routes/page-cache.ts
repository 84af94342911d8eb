import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { Context } from '../context.ts'
import type { Lang } from '../domain/lang.ts'
import { contentVersion, versionAtOnce } from '../store/content-version.ts'
import { hasTag } from './api/answers.ts'
import { chooseEncoding, compress, decompress, type Encoding } from './compression.ts'
import { preferredLanguage } from './language.ts'
import { createPageStore } from './page-store.ts'
import { readSessionToken } from './session-cookie.ts'

/** What a page is good for: what is said in the database, and the minute, since pages say what is past. */
type Moment = { version: number; minute: number }

type Page = Moment & {
  headers: Record<string, string>
  /** As it was made, until it is ready in an encoding: kept beside it, it would take ten times as much. */
  made: Uint8Array<ArrayBuffer> | undefined
  /** Ready to be sent, in each encoding that somebody wanted. */
  answers: Map<Encoding | 'identity', Answer>
}

type Answer = {
  body: Uint8Array<ArrayBuffer>
  headers: Record<string, string>
  /** Undefined: as it is, wanted so or too small. */
  encoding: Encoding | undefined
}

type WebContext = HonoContext<{ Bindings: Partial<HttpBindings> }>

/** Asked again each time, and sent again only when it changed: no one else may go on showing what was cancelled. */
const CACHE_CONTROL = 'public, max-age=0, must-revalidate'

/** The desk, whose pages hold secrets of a session, and files, which know themselves what a reader has. */
const NOT_KEPT =
  /^\/(?:(?:administration|public|media|export|healthz|metrics)(?:[/?]|$)|donnees-ouvertes\/)/

/** Texts that are made as a whole; files that flow to the reader are never gathered in memory. */
const KEPT = /^(?:text\/(?:html|calendar)|application\/(?:atom\+xml|feed\+json)|image\/svg\+xml)\b/
const KEPT_OF_API = /^application\/json\b/

/** What a kept answer holds besides its bytes, roughly. */
const HEAD_BYTES = 2000

/** What is looked at of a request, of whichever HTTP. */
export type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'>

export type PageCache = {
  /** What is kept of a page and still holds, before anything else is done with the request. */
  answer: (incoming: Asked | undefined) => Response | undefined
  /** Makes the others, once each. */
  make: MiddlewareHandler<{ Bindings: Partial<HttpBindings> }>
}

/**
 * Public pages are made once, until something changes that they may show or the minute is over, and sent compressed or
 * answered with 304. Whoever is signed in gets their own. Keys are the address, the language and nothing else:
 * other forms of the same address (ActivityPub) pass by.
 */
export function createPageCache(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  mostBytes: number,
): PageCache {
  const pages = createPageStore<Page>(mostBytes)
  const underWay = new Map<string, Moment & { made: Promise<Page | undefined> }>()
  const languages = rememberLanguages()

  const minute = () => Math.floor(context.now().epochMilliseconds / 60_000)

  const now = async (): Promise<Moment> => ({
    version: await contentVersion(context.db),
    minute: minute(),
  })

  function answer(incoming: Asked | undefined): Response | undefined {
    if (incoming?.method !== 'GET' || incoming.headers.cookie !== undefined) return
    const { headers } = incoming
    const address = addressToKeep(incoming)
    const lang = languages.known(headers['accept-language'])
    if (address === undefined || lang === undefined) return
    const version = versionAtOnce(context.db)
    const page = pages.get(lang + address)
    if (!page || version === undefined || !isSame(page, { version, minute: minute() })) return
    const ready = page.answers.get(chooseEncoding(headers['accept-encoding']) ?? 'identity')
    return ready && toResponse(page, ready, headers['if-none-match'])
  }

  async function make(c: WebContext, next: () => Promise<void>, moment: Moment) {
    // Of what is kept, the tag is ours to compare.
    c.req.raw.headers.delete('If-None-Match')
    await next()
    const kept = c.req.path.startsWith('/api/v1/') ? KEPT_OF_API : KEPT
    return kept.test(c.res.headers.get('Content-Type') ?? '') ? readPage(c.res, moment) : undefined
  }

  /** The page as it was made for somebody else who asked at the same moment, or for this one. */
  async function makeOnce(
    c: WebContext,
    next: () => Promise<void>,
    { key, moment }: { key: string; moment: Moment },
  ): Promise<Page | undefined> {
    const other = underWay.get(key)
    if (other && isSame(other, moment)) {
      const page = await other.made.catch(() => undefined)
      if (!page) await next()
      return page
    }
    const made = make(c, next, moment)
    const turn = { ...moment, made }
    underWay.set(key, turn)
    try {
      return await made
    } finally {
      if (underWay.get(key) === turn) underWay.delete(key)
    }
  }

  const makeOrAnswer: PageCache['make'] = async (c, next) => {
    if (isSignedIn(c, context.config)) {
      await next()
      if (c.res.headers.get('Content-Type')?.startsWith('text/html'))
        if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'private, no-cache')
      return
    }
    const address = addressToKeep(c.env?.incoming)
    if (address === undefined) return next()
    const moment = await now()
    const key = languages.of(c) + address
    const tags = c.req.header('If-None-Match')
    const accepted = c.req.header('Accept-Encoding')
    const known = pages.get(key)
    const isKnown = known && isSame(known, moment)
    const page = isKnown ? known : await makeOnce(c, next, { key, moment })
    if (!page) return
    const prepared = page.answers.get(chooseEncoding(accepted) ?? 'identity')
    const ready = prepared ?? (await prepare(page, accepted))
    if (!isKnown || !prepared) pages.set(key, page, sizeOf(key, page))
    c.res = undefined
    c.res = toResponse(page, ready, tags)
  }

  return { answer, make: makeOrAnswer }
}

const toResponse = ({ headers }: Page, ready: Answer, tags: string | undefined): Response =>
  tags !== undefined && hasTag(tags, headers.ETag ?? '')
    ? new Response(null, { status: 304, headers })
    : new Response(ready.body, { headers: ready.headers })

const isSame = (one: Moment, other: Moment): boolean =>
  one.version === other.version && one.minute === other.minute

const isSignedIn = (c: WebContext, config: Context['config']): boolean =>
  c.req.header('Cookie') !== undefined && readSessionToken(c, config) !== undefined

/** The path and query as they came; undefined where each answer is its own. */
function addressToKeep(incoming: Asked | undefined): string | undefined {
  const { method, url: address, headers = {} } = incoming ?? {}
  if (method !== 'GET' && method !== 'HEAD') return undefined
  if (!address?.startsWith('/') || NOT_KEPT.test(address) || /[?&]fait=/.test(address))
    return undefined
  if (
    headers.authorization !== undefined ||
    headers.signature !== undefined ||
    headers.range !== undefined
  )
    return undefined
  if (headers.accept && /application\/(?:activity|ld)\+json/i.test(headers.accept)) return undefined
  return address
}

/** Browsers say one of few things. */
const MOST_LANGUAGES = 500

function rememberLanguages(): {
  known: (accepted: string | undefined) => Lang | undefined
  of: (c: WebContext) => Lang
} {
  const languages = new Map<string, Lang>()
  const known = (accepted = '') => languages.get(accepted)
  const of = (c: WebContext) => {
    const accepted = c.req.header('Accept-Language') ?? ''
    const lang = known(accepted) ?? preferredLanguage(c)
    if (languages.size >= MOST_LANGUAGES) languages.clear()
    languages.set(accepted, lang)
    return lang
  }
  return { known, of }
}

/** What was answered, if it is the same for everybody: a success that no route keeps out of caches. */
async function readPage(response: Response, moment: Moment): Promise<Page | undefined> {
  const { headers, status } = response
  const control = headers.get('Cache-Control')
  if (status !== 200 || headers.has('Set-Cookie') || /no-store|private/.test(control ?? ''))
    return undefined
  const bytes = new Uint8Array(await response.arrayBuffer())
  const { etag, 'content-length': _, ...others } = Object.fromEntries(headers)
  return {
    ...moment,
    made: bytes,
    headers: {
      ...others,
      ETag: weakly(
        etag ?? `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`,
      ),
      'cache-control': control ?? CACHE_CONTROL,
      vary: withEncoding(others.vary),
    },
    answers: new Map(),
  }
}

/** One tag for all encodings of a text is a weak one (RFC 9110 §8.8.1). */
const weakly = (etag: string): string => (etag.startsWith('W/') ? etag : `W/${etag}`)

const withEncoding = (vary: string | undefined): string =>
  vary ? `${vary}, Accept-Encoding` : 'Accept-Encoding'

/** Below this, compressing saves less than a packet. */
const WORTH_COMPRESSING = 600

async function prepare(page: Page, accepted: string | undefined): Promise<Answer> {
  const wanted = chooseEncoding(accepted)
  const bytes = page.made ?? (await unpack(page))
  const encoding = bytes.byteLength < WORTH_COMPRESSING ? undefined : wanted
  const body = encoding ? await compress(bytes, encoding, 'light') : bytes
  const answer = {
    body,
    headers: {
      ...page.headers,
      'Content-Length': String(body.byteLength),
      ...(encoding && { 'Content-Encoding': encoding }),
    },
    encoding,
  }
  page.answers.set(wanted ?? 'identity', answer)
  page.made = undefined
  return answer
}

/** The text out of any of its answers. */
async function unpack({ answers }: Page): Promise<Uint8Array<ArrayBuffer>> {
  const [answer] = answers.values()
  if (!answer) throw new Error('a page is kept with an answer')
  const { body, encoding } = answer
  return encoding ? decompress(body, encoding) : body
}

const sizeOf = (key: string, { answers }: Page): number =>
  new Set(answers.values().map(({ body }) => body))
    .values()
    .reduce((sum, body) => sum + body.byteLength, key.length * 2 + HEAD_BYTES)
