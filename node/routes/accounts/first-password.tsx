import { Hono } from 'hono'
import { FirstPasswordPage } from '../../../ui/accounts/first-password-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { chooseFirstPassword, findNewAccount } from '../../store/accounts/accounts.ts'
import { consumeLink } from '../../store/accounts/links.ts'
import { assertSameOrigin, limitBody, readForm } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { readNewPassword } from './new-password.ts'
import { openSession } from './open-session.ts'

/**
 * The page on which a person who was given access to a network signs in for the first time, with an account that nobody
 * has used yet.
 */
export function firstPasswordRoutes(context: Context) {
  const { db, config, now } = context
  const purpose = 'first-password'

  return new Hono<WebEnv>()
    .use(withSecretAddress())
    .get('/:token', async (c) => {
      const token = c.req.param('token')
      const account = await findNewAccount(db, token, now())
      if ('dead' in account) return deadLink(context, c, purpose, account)
      const { email } = account
      const site = await findSite(context, c)
      return c.html(<FirstPasswordPage {...{ site, token, email }} problems={[]} />)
    })
    .post('/:token', limitBody(), async (c) => {
      assertSameOrigin(c, config)
      const { password, problems } = readNewPassword(await readForm(c))
      const token = c.req.param('token')
      const account = await findNewAccount(db, token, now())
      if ('dead' in account) return deadLink(context, c, purpose, account)
      const { id: accountId, email } = account
      const site = await findSite(context, c)
      if (problems.length > 0)
        return c.html(<FirstPasswordPage {...{ site, token, email, problems }} />, 422)
      if (!(await chooseFirstPassword(db, { accountId, password }, now())))
        return deadLink(context, c, purpose, { dead: 'used' })
      await consumeLink(db, { token, purpose }, now())
      await openSession(c, context, accountId)
      return c.redirect(paths.dashboards, 303)
    })
}
