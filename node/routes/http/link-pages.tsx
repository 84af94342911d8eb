import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { DeadLinkPage, type DeadLinkPageProps } from '../../../ui/components/dead-link.tsx'
import type { Context } from '../../context.ts'
import type { DeadLink } from '../../domain/values/link.ts'
import { declareGate } from './needs.ts'
import { findSite } from './site.ts'

/**
 * Returns the headers of pages whose address is a secret: no cache keeps them, and no other site learns the address.
 * `referrer` is `no-referrer` where the forms of the page check no origin; with it, browsers send `Origin: null` (Fetch
 * standard, §3.2.7). A GET of a link changes nothing, since programs that check mails open links; only a POST acts.
 */
export const withSecretAddress = (
  referrer: 'no-referrer' | 'same-origin' = 'same-origin',
): MiddlewareHandler =>
  declareGate('link', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    c.header('Referrer-Policy', referrer)
    await next()
  })

/** Returns the page that says why a secret link opens nothing, and what to do next. */
export const deadLink = async (
  context: Context,
  c: HonoContext,
  purpose: DeadLinkPageProps['purpose'],
  { dead: why }: { dead: DeadLink },
): Promise<Response> =>
  c.html(<DeadLinkPage site={await findSite(context, c)} {...{ purpose, why }} />, 410)
