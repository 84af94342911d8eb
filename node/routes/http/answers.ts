import { createHash, hash } from 'node:crypto'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'

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
