import { Hono, type Context as HonoContext } from 'hono'
import { StopToDoPage } from '../../../ui/accounts/stop-to-do-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { findAccount } from '../../store/accounts/accounts.ts'
import { findLink } from '../../store/accounts/links.ts'
import { saveToDoRhythm } from '../../store/accounts/to-do-mails.ts'
import { limitBody } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'

/**
 * The link at the end of a mail about what waits. GET shows one button, since programs that check mails open links;
 * POST stops these mails. The origin is not checked, since a mail reader's own button has no page (RFC 8058 §3.2).
 */
export function stopToDoRoutes(context: Context) {
  const { db, now } = context
  const purpose = 'stop-to-do'
  const path = paths.stopToDo(':token')

  async function find(c: HonoContext<WebEnv>) {
    const token = c.req.param('token') ?? ''
    const link = await findLink(db, { token, purpose }, now())
    if ('dead' in link) return link
    const account = await findAccount(db, link.subject)
    return account ? { account, token } : { dead: 'unknown' as const }
  }

  return new Hono<WebEnv>()
    .use(path, withSecretAddress('no-referrer'))
    .get(path, async (c) => {
      const found = await find(c)
      if ('dead' in found) return deadLink(context, c, purpose, found)
      const { account, token } = found
      const site = await findSite(context, c)
      return c.html(<StopToDoPage {...{ site, token }} email={account.email} />)
    })
    .post(path, limitBody(), async (c) => {
      const found = await find(c)
      if ('dead' in found) return deadLink(context, c, purpose, found)
      const { account } = found
      await saveToDoRhythm(db, { accountId: account.id, rhythm: 'never' })
      const site = await findSite(context, c)
      return c.html(<StopToDoPage site={site} email={account.email} />)
    })
}
