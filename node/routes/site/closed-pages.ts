import type { MiddlewareHandler } from 'hono'
import type { Context } from '../../context.ts'
import { isClosed } from '../../store/backup/restoration.ts'
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

/**
 * Refuses public pages of a site that was restored without a journal of erasures, before the directories that it had
 * joined have said what was deleted since. It answers 503, so that nobody takes what is not shown for deleted.
 */
export function refuseWhileClosed(context: Context): MiddlewareHandler {
  // A running site is never closed.
  let isOpen = false
  return async (c, next) => {
    if (isOpen || ALWAYS_OPEN.some((path) => path.test(c.req.path))) return next()
    isOpen = !(await isClosed(context.db))
    if (isOpen) return next()
    const answer = isForPrograms(c.req.path)
      ? refuse(c, context.config, { type: 'just-restored' })
      : await errorPage(c, context, { errorStatus: 503 })
    answer.headers.set('Retry-After', RETRY_AFTER)
    answer.headers.set('Cache-Control', 'no-store')
    return answer
  }
}
