import { hash } from 'node:crypto'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'

/** Asked again each time, but sent again only when it changed. */
const CACHE_CONTROL = 'public, max-age=0, must-revalidate'

/** Any public text with its entity tag. `headers` come besides. */
export function publicText(
  c: HonoContext,
  body: string,
  contentType: string,
  headers: Record<string, string> = {},
): Response {
  const etag = tagOf(body)
  const common = { ETag: etag, 'Cache-Control': CACHE_CONTROL, ...headers }
  if (hasTag(c.req.header('If-None-Match'), etag)) return c.body(null, 304, common)
  return c.body(body, 200, { 'Content-Type': contentType, ...common })
}

/** The entity tag of these very bytes. */
export const tagOf = (body: string | Uint8Array): string =>
  `"${hash('sha256', body, 'base64url').slice(0, 27)}"`

/** Whether the caller has this version already; tags are compared as weak ones (RFC 9110 §13.1.2). */
export const hasTag = (header: string | undefined, etag: string): boolean =>
  (header ?? '')
    .split(',')
    .some((tag) => withoutWeakness(tag.trim()) === withoutWeakness(etag) || tag.trim() === '*')

const withoutWeakness = (tag: string): string => tag.replace(/^W\//, '')

/** Pages of any site may read; none may write with somebody's token. */
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
