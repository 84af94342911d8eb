import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { LRUCache } from 'lru-cache'
import type { Context } from '../../context.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { contentVersion, versionAtOnce } from '../../store/database/content-version.ts'
import { VisitorLeft } from '../../turns/turns.ts'
import { hasTag } from './answers.ts'
import {
  type Answer,
  bytesOf,
  type CachedPage,
  encodingFor,
  type Moment,
  prepare,
  readPage,
  sizeOf,
} from './cached-page.ts'
import { listCameFrom } from './came-from.ts'
import { preferredLanguage } from './language.ts'
import { readSessionToken } from './session-cookie.ts'

type WebContext = HonoContext<{ Bindings: Partial<HttpBindings> }>

/**
 * The administration, whose pages hold secrets of a session, and files, which compare their tags themselves, are not
 * cached here.
 */
const NOT_CACHED =
  /^\/(?:(?:administration|public|media|export|healthz|metrics)(?:[/?]|$)|donnees-ouvertes\/)/

/** The types of texts that are made as a whole; files that are streamed are never gathered in memory. */
const KEPT = /^(?:text\/(?:html|calendar)|application\/(?:atom\+xml|feed\+json)|image\/svg\+xml)\b/
const CACHED_OF_API = /^application\/json\b/

/** The parts of a request that are read, of either HTTP implementation. */
type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'>

export type PageCache = {
  /**
   * Sends the kept answer of a page that is still valid, before anything else is done with the request; returns false
   * where there is none.
   */
  send: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean
  /** Makes the others, once each. */
  make: MiddlewareHandler<{ Bindings: Partial<HttpBindings> }>
}

/**
 * Keeps public pages: each is made once, until something changes that it may show or the minute is over, and is sent
 * compressed or answered with 304. People who are signed in get their own. Keys are the address and the language, for a
 * café also the search that led there; other representations of the same address (ActivityPub) are not handled here.
 */
export function createPageCache(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  mostBytes: number,
): PageCache {
  // One page may not push out all others.
  const pages = new LRUCache<string, CachedPage>({
    maxSize: mostBytes,
    maxEntrySize: Math.floor(mostBytes / 8),
  })
  const underWay = new Map<string, Moment & { made: Promise<CachedPage | undefined> }>()
  const languages = rememberLanguages()

  const minute = () => Math.floor(context.now().epochMilliseconds / 60_000)

  let newest: Moment | undefined
  /** Forgets all pages of another moment, since none of them can be sent any more. */
  function forgetOthers(moment: Moment): void {
    if (newest && isSame(newest, moment)) return
    newest = moment
    pages.clear()
  }

  const atOnce = onceATurn(() => ({ version: versionAtOnce(context.db), minute: minute() }))

  const now = async (): Promise<Moment> => ({
    version: await contentVersion(context.db),
    minute: minute(),
  })

  function find({ method, url, headers }: Asked): { page: CachedPage; ready: Answer } | undefined {
    if (method !== 'GET' || headers.cookie !== undefined || hasBody(headers)) return
    const address = addressToKeep({ method, url, headers }, context.config)
    const lang = languages.known(headers['accept-language'])
    if (address === undefined || lang === undefined) return
    const page = pages.get(lang + address)
    if (!page || !isSame(page, atOnce())) return
    const ready = page.answers.get(encodingFor(headers['accept-encoding']))
    return ready && { page, ready }
  }

  function send(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
    const found = find(incoming)
    if (!found) return false
    const { page, ready } = found
    if (isKnown(page, incoming.headers['if-none-match']))
      outgoing.writeHead(304, page.headers).end()
    else outgoing.writeHead(200, ready.head).end(ready.body, 'latin1')
    return true
  }

  async function make(c: WebContext, next: () => Promise<void>, moment: Moment) {
    // For kept pages the tag is compared here.
    c.req.raw.headers.delete('If-None-Match')
    await next()
    if (c.error instanceof VisitorLeft) throw c.error
    const cacheable = c.req.path.startsWith('/api/v1/') ? CACHED_OF_API : KEPT
    return cacheable.test(c.res.headers.get('Content-Type') ?? '')
      ? readPage(c.res, moment)
      : undefined
  }

  /**
   * Returns the page that is being made for another request of the same moment, or makes it for this one, also where the
   * visitor of the other leaves.
   */
  async function makeOnce(
    c: WebContext,
    next: () => Promise<void>,
    { key, moment }: { key: string; moment: Moment },
  ): Promise<CachedPage | undefined> {
    const other = underWay.get(key)
    if (other && isSame(other, moment)) {
      try {
        const page = await other.made
        if (!page) await next()
        return page
      } catch (error) {
        if (error instanceof VisitorLeft) return makeOnce(c, next, { key, moment })
        await next()
        return undefined
      }
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
    const address = addressToKeep(c.env?.incoming, context.config)
    if (address === undefined) return next()
    const moment = await now()
    forgetOthers(moment)
    const key = languages.of(c) + address
    const tags = c.req.header('If-None-Match')
    const accepted = c.req.header('Accept-Encoding')
    const known = pages.get(key)
    const isKnown = known && isSame(known, moment)
    const page = isKnown ? known : await makeOnce(c, next, { key, moment })
    if (!page) return answerIfKnown(c, tags)
    const prepared = page.answers.get(encodingFor(accepted))
    const ready = prepared ?? (await prepare(page, accepted))
    if (!isKnown || !prepared) pages.set(key, page, { size: sizeOf(key, page) })
    c.res = undefined
    c.res = toResponse(page, ready, tags)
  }

  return { send, make: makeOrAnswer }
}

/** Returns whether a request has a body, which may be endless: the code behind the router ends it. */
const hasBody = (headers: Asked['headers']): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined

const isKnown = ({ headers }: CachedPage, tags: string | undefined): boolean =>
  tags !== undefined && hasTag(tags, headers.ETag ?? '')

const toResponse = (page: CachedPage, ready: Answer, tags: string | undefined): Response =>
  isKnown(page, tags)
    ? new Response(null, { status: 304, headers: page.headers })
    : new Response(bytesOf(ready), { headers: ready.headers })

/**
 * Reads once for all requests that arrive in the same turn of the event loop: a client that knows of a change from an
 * answer of ours asks in a later one.
 */
function onceATurn<T>(read: () => T): () => T {
  let turn: { value: T } | undefined
  return () => {
    if (!turn) {
      turn = { value: read() }
      setImmediate(() => {
        turn = undefined
      })
    }
    return turn.value
  }
}

/**
 * Answers 304 to a client that has an answer already which is not kept and was made without its tags (RFC 9110
 * §13.1.2).
 */
function answerIfKnown(c: WebContext, tags: string | undefined): void {
  const { status, headers } = c.res
  const etag = headers.get('ETag')
  if (status !== 200 || tags === undefined || etag === null || !hasTag(tags, etag)) return
  const kept = new Headers(headers)
  for (const name of ['Content-Type', 'Content-Length', 'Content-Encoding']) kept.delete(name)
  c.res = undefined
  c.res = new Response(null, { status: 304, headers: kept })
}

const isSame = (one: Moment, other: { version: number | undefined; minute: number }): boolean =>
  one.version === other.version && one.minute === other.minute

const isSignedIn = (c: WebContext, config: Context['config']): boolean =>
  c.req.header('Cookie') !== undefined && readSessionToken(c, config) !== undefined

/**
 * Returns the path and query as they came, for a café with the list that led there, to which its page links back;
 * undefined where each answer is different.
 */
function addressToKeep(
  incoming: Asked | undefined,
  { origin }: Pick<Context['config'], 'origin'>,
): string | undefined {
  const { method, url: address, headers = {} } = incoming ?? {}
  if (method !== 'GET' && method !== 'HEAD') return undefined
  if (!address?.startsWith('/') || NOT_CACHED.test(address) || /[?&]fait=/.test(address))
    return undefined
  if (
    headers.authorization !== undefined ||
    headers.signature !== undefined ||
    headers.range !== undefined
  )
    return undefined
  if (headers.accept && /application\/(?:activity|ld)\+json/i.test(headers.accept)) return undefined
  if (!address.startsWith('/cafes/')) return address
  return `${address} ${listCameFrom(headers.referer, origin) ?? ''}`
}

/** Browsers send only a few different values. */
const MOST_LANGUAGES = 500

function rememberLanguages(): {
  known: (accepted: string | undefined) => Lang | undefined
  of: (c: WebContext) => Lang
} {
  const languages = new LRUCache<string, Lang>({ max: MOST_LANGUAGES })
  const known = (accepted = '') => languages.get(accepted)
  const of = (c: WebContext) => {
    const accepted = c.req.header('Accept-Language') ?? ''
    const lang = known(accepted) ?? preferredLanguage(c)
    languages.set(accepted, lang)
    return lang
  }
  return { known, of }
}
