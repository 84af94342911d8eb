import { Hono } from 'hono'
import { ConfirmEmailPage } from '../../../ui/accounts/confirm-email-page.tsx'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { type Account, hasKnownEmail } from '../../store/accounts/accounts.ts'
import { confirmEmail, findProposedEmail } from '../../store/accounts/email-changes.ts'
import { type Database, inTransaction } from '../../store/database/database.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { assertSameOrigin, limitBody, readForm } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'

/**
 * The page on which a mailbox confirms that it is the new one of an account. It opens no session; one signs in as
 * usual.
 */
export function confirmEmailRoutes(context: Context) {
  const { db, config, now } = context
  const purpose = 'confirm-email'

  return new Hono<WebEnv>()
    .use(withSecretAddress())
    .get('/:token', async (c) => {
      const token = c.req.param('token')
      const asked = await findProposedEmail(db, token, now())
      if ('dead' in asked) return deadLink(context, c, purpose, asked)
      const site = await findSite(context, c)
      return c.html(<ConfirmEmailPage {...{ site, token }} email={asked.email} />)
    })
    .post('/:token', limitBody(), async (c) => {
      assertSameOrigin(c, config)
      if (c.req.header('content-type')) await readForm(c)
      const site = await findSite(context, c)
      const done = await inTransaction(db, async (trx) => {
        const confirmed = await confirmEmail(trx, c.req.param('token'), now())
        if (!('dead' in confirmed))
          await enqueueToFormerAddress(trx, context, {
            account: confirmed.account,
            next: confirmed.email,
            siteName: site.name,
          })
        return confirmed
      })
      if ('dead' in done) return deadLink(context, c, purpose, done)
      context.wake()
      return c.html(<ConfirmEmailPage site={site} email={done.email} />)
    })
}

/** Tells the former address of a change, so that a person who would lose their account by it learns of it. */
export async function enqueueToFormerAddress(
  trx: Database,
  { config, now }: Pick<Context, 'config' | 'now'>,
  { account, next, siteName }: { account: Account; next: string; siteName: string },
): Promise<void> {
  if (!hasKnownEmail(account)) return
  const contact = config.origin + paths.contact
  const mail = draftMail('email-changed', { siteName, next, contact })
  const expiresAt = now().add({ hours: 7 * 24 })
  await appendMail(trx, { to: account.email, ...mail, expiresAt }, now())
}
