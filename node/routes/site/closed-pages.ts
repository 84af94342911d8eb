import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { Context } from '../../context.ts'
import { findRestoration, isUnanswered } from '../../store/backup/restoration.ts'
import { refuse } from '../api/problems.ts'
import { isForPrograms } from '../http/middleware.ts'
import { errorPage } from './errors.tsx'

/**
 * Addresses without cafés and people: the administration, and what others need to communicate with this server. The
 * accounts of people are not among them, nor WebFinger, which knows their names.
 */
const ALWAYS_OPEN = [
  /^\/administration(?:\/|$)/,
  /^\/nodeinfo\//,
  /^\/(?:inbox|registry\.json|\.well-known\/nodeinfo)$/,
  /^\/actors\/[^/]+\/inbox$/,
  /^\/actors\/(?:instance|cafe-ia|cafes(?:-[a-z\d-]+)?)(?:\/keys\/[^/]+)?$/,
]

/** In seconds. The directory of a restored site usually answers within a few seconds; otherwise it is asked again. */
const RETRY_AFTER = '60'

/** The address of one café. */
const OF_CAFE = /^\/cafes\/[\da-f]{8}-[\da-f-]{27}$/

/**
 * Refuses public pages of a site that was restored without a journal of erasures, before the directories that it had
 * joined have said what was deleted since; with a journal, those of cafés that are not here, which may come back. It
 * answers 503, so that nobody takes what is not shown for deleted.
 */
export function refuseWhileClosed(context: Context): MiddlewareHandler {
  // A site whose pages are open is never closed, and asks no more once it has every answer.
  let isOpen = false
  let isAsking = true
  return async (c, next) => {
    if ((isOpen && !isAsking) || ALWAYS_OPEN.some((path) => path.test(c.req.path))) return next()
    const restoration = await findRestoration(context.db)
    isOpen ||= !restoration?.isClosed
    isAsking = restoration !== undefined && isUnanswered(restoration)
    if (!isOpen) return refusal(context, c)
    await next()
    if (!isAsking || c.res.status !== 404 || !OF_CAFE.test(c.req.path)) return
    const answer = await refusal(context, c)
    // Hono merges the headers of the answer that is replaced, unless that is removed first.
    c.res = undefined
    c.res = answer
  }
}

async function refusal(context: Context, c: HonoContext): Promise<Response> {
  const answer = isForPrograms(c.req.path)
    ? refuse(c, context.config, { type: 'just-restored' })
    : await errorPage(c, context, { errorStatus: 503 })
  answer.headers.set('Retry-After', RETRY_AFTER)
  answer.headers.set('Cache-Control', 'no-store')
  return answer
}
