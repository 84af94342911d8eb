import { createHash, hash } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { Config } from '../../config.ts'
import { borrowFor, type Loan } from '../../turns/memory.ts'
import { addressOf, borrowerOf } from './middleware.ts'

/** The answer is asked for again each time, but sent again only when it has changed. */
const CACHE_CONTROL = 'public, max-age=0, must-revalidate'

/** A text in UTF-8 with the entity tag of its bytes. */
export type TaggedText = { bytes: Uint8Array<ArrayBuffer>; etag: string }

/** Answers with any public text and its entity tag; `headers` are added. */
export function publicText(
  c: HonoContext,
  text: string | TaggedText,
  contentType: string,
  headers: Record<string, string> = {},
): Response {
  const [body, etag] = typeof text === 'string' ? [text, tagOf(text)] : [text.bytes, text.etag]
  const common = { ETag: etag, 'Cache-Control': CACHE_CONTROL, ...headers }
  if (hasTag(c.req.header('If-None-Match'), etag)) return c.body(null, 304, common)
  return c.body(body, 200, { 'Content-Type': contentType, ...common })
}

/** The number of characters of an entity tag, out of the 43 of a hash. */
const TAG_LENGTH = 27

/** Returns the entity tag of these bytes. */
export const tagOf = (body: string | Uint8Array): string =>
  `"${hash('sha256', body, 'base64url').slice(0, TAG_LENGTH)}"`

/**
 * Gathers a long text, of which each part is encoded and hashed as it comes, so that no step of it takes long. The tag
 * is that of `tagOf`.
 */
export async function gatherText(parts: AsyncIterable<string>): Promise<TaggedText> {
  const encoder = new TextEncoder()
  const sum = createHash('sha256')
  const encoded: Uint8Array[] = []
  for await (const part of parts) {
    const bytes = encoder.encode(part)
    sum.update(bytes)
    encoded.push(bytes)
  }
  const etag = `"${sum.digest('base64url').slice(0, TAG_LENGTH)}"`
  return { bytes: Buffer.concat(encoded), etag }
}

/** Returns whether the caller has this version already; tags are compared weakly (RFC 9110 §13.1.2). */
export const hasTag = (header: string | undefined, etag: string): boolean =>
  (header ?? '')
    .split(',')
    .some((tag) => withoutWeakness(tag.trim()) === withoutWeakness(etag) || tag.trim() === '*')

const withoutWeakness = (tag: string): string => tag.replace(/^W\//, '')

/** Lets pages of any site read, and none write with somebody's token. */
export const openReads: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'OPTIONS') {
    return c.body(null, 204, {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, HEAD',
      'Access-Control-Allow-Headers': 'Accept, Accept-Language, If-None-Match, If-Range, Range',
      'Access-Control-Max-Age': '86400',
    })
  }
  await next()
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return
  c.res.headers.set('Access-Control-Allow-Origin', '*')
  c.res.headers.set(
    'Access-Control-Expose-Headers',
    'Content-Disposition, Content-Range, ETag, Link, Retry-After',
  )
}

/** In seconds: when somebody comes back for whom no memory was free. */
export const COME_BACK_S = '30'

/** About how many bytes of memory a text of so many characters takes, with the cafés of which it is made. */
export const bytesFor = (characters: number): number => 8 * characters

/** An answer that goes to no socket takes nothing. */
const NO_LOAN: Loan = { bytes: () => 0, keep: () => undefined, end: () => undefined }

/**
 * Borrows the memory of an answer that is longer than a page, before it is made; what was borrowed for it before is given
 * back first. It comes back by itself once the answer is sent or its visitor has left.
 * @returns Undefined where none came free within a minute, or too many requests of this network wait.
 */
export async function takeMemory(
  c: HonoContext,
  config: Pick<Config, 'trustProxy'>,
  bytes: number,
): Promise<Loan | undefined> {
  const { incoming, outgoing }: Partial<HttpBindings> = c.env ?? {}
  if (!outgoing) return NO_LOAN
  return borrowFor(outgoing, 'work', bytes, borrowerOf(addressOf(incoming, config)))
}
