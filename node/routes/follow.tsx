import { Hono, type Context as HonoContext } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { FollowPage, type FollowPageProps } from '../../ui/follow-page.tsx'
import { paths } from '../../ui/paths.ts'
import { problemMessage, stringsFor } from '../../ui/strings.ts'
import type { Context } from '../context.ts'
import { findDesk, type WebEnv } from './access.ts'
import { assertSameOrigin, limitBody, readForm, textOf } from './forms.ts'
import { languageOf } from './language.ts'
import { addressOf, networkOf } from './middleware.ts'
import { findSite } from './site.ts'

/** Each makes us ask a server that a stranger chose: more than somebody who mistypes, less than a scan of hosts. */
const REQUESTS = 10
const WINDOW_SECONDS = 10 * 60

const ACCOUNT_MAX = 300

type Shown = Pick<FollowPageProps, 'account' | 'message' | 'found'>

/** How to follow this site, and the way there from the visitor's own account. */
export function followRoutes(context: Context) {
  const limiter = new RateLimiterMemory({ points: REQUESTS, duration: WINDOW_SECONDS })

  async function followPage(c: HonoContext, shown: Shown = {}, status: 200 | 400 | 429 = 200) {
    const signedIn = (await findDesk(c, context)) !== undefined
    return c.html(
      <FollowPage site={await findSite(context, c)} {...shown} signedIn={signedIn} />,
      status,
    )
  }

  return new Hono<WebEnv>()
    .get(paths.followPage, (c) => followPage(c))
    .post(paths.followPage, limitBody(), async (c) => {
      assertSameOrigin(c, context.config)
      const account = textOf(await readForm(c), 'compte').slice(0, ACCOUNT_MAX)
      if (account === '') {
        const message = problemMessage({ field: 'compte', code: 'required' }, languageOf(c))
        return followPage(c, { account, message }, 400)
      }
      const waitSeconds = await spend(
        limiter,
        networkOf(addressOf(c.env?.incoming, context.config)),
      )
      const site = await findSite(context, c)
      if (waitSeconds !== undefined) {
        c.header('Retry-After', String(waitSeconds))
        const message = stringsFor(site.lang).followPage.tooMany
        return followPage(c, { account, message }, 429)
      }
      const answer = await context.network.findFollowPage({
        account,
        handle: site.handle,
        actorUri: site.actorHref,
        returnTo: context.config.origin + paths.followPage,
      })
      if (answer.outcome === 'refused')
        return followPage(c, { account, message: answer.reason }, 400)
      return followPage(c, { account, found: answer })
    })
}

/** Seconds to wait when it is too much; undefined when it is not. */
async function spend(limiter: RateLimiterMemory, who: string): Promise<number | undefined> {
  try {
    await limiter.consume(who)
    return undefined
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
  }
}
