import { Hono } from 'hono'
import { MailedLinkPage } from '../../../ui/accounts/email-link-page.tsx'
import type { Context } from '../../context.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import { isEmail } from '../../domain/values/contact.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { toEmail } from '../../store/accounts/accounts.ts'
import { requestSignInLink } from '../../store/queues/sign-in-links.ts'
import { assertSameOrigin, LONG_FORM_BYTES, limitBody, readForm, textOf } from '../http/forms.ts'
import { addressOf } from '../http/middleware.ts'
import { createVisitorLimit } from '../http/rate-limit.ts'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'

/** The page that mails a link to sign in. Its answer never says whether anybody has that address. */
export function mailedLinkRoutes(context: Context) {
  const { db, config, now } = context
  const byNetwork = createVisitorLimit(db, limitOf('mailed links'))

  return new Hono<WebEnv>()
    .use(async (c, next) => {
      c.header('Cache-Control', 'no-store')
      if (!config.mail) throw new DomainError('not_found', 'admin.no_mail_here')
      await next()
    })
    .get('/', async (c) =>
      c.html(<MailedLinkPage site={await findSite(context, c)} state="asking" />),
    )
    .post('/', limitBody(LONG_FORM_BYTES), async (c) => {
      assertSameOrigin(c, config)
      const form = await readForm(c)
      const email = toEmail(textOf(form, 'email'))
      const pendingForm = textOf(form, 'kept') || undefined
      const site = await findSite(context, c)
      // The form of the sign-in page leads here with what was typed before, which a link could not carry.
      if (!form.has('email'))
        return c.html(<MailedLinkPage {...{ site, pendingForm }} state="asking" />)
      if (!isEmail(email))
        return c.html(<MailedLinkPage {...{ site, email, pendingForm }} state="wrong" />, 422)
      const wait = await byNetwork(addressOf(c.env.incoming, config))
      if (wait !== undefined) {
        c.header('Retry-After', String(wait))
        return c.html(<MailedLinkPage {...{ site, email, pendingForm }} state="wait" />, 429)
      }
      await requestSignInLink(db, email, now())
      context.wake()
      return c.html(<MailedLinkPage {...{ site, pendingForm }} state="sent" />)
    })
}
