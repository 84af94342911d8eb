import { Hono, type Context as HonoContext } from 'hono'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { disownedMail } from '../../../ui/referents/mails.ts'
import { NotMyMandatePage } from '../../../ui/referents/not-my-mandate-page.tsx'
import type { Context } from '../../context.ts'
import { inTransaction } from '../../store/database/database.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { findReferentByLink, type LinkedReferent } from '../../store/referents/accounts.ts'
import { saveMandateAct } from '../../store/referents/mandate-acts.ts'
import { listTeamEmails } from '../../store/structures/team-addresses.ts'
import { assertSameOrigin, limitBody } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import { nameOfCode } from '../http/territory-links.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { createMandateMails, MAIL_HOURS } from './mandate-mails.ts'

/**
 * The second link of the mail that says that a person was appointed: whoever has the mailbox says that it is not them.
 * GET shows one button, since programs that check mails open links; POST ends the mandate and tells the team, once.
 */
export function notMyMandateRoutes(context: Context) {
  const { db, now, config } = context
  const purpose = 'not-my-mandate'
  const path = paths.notMyMandate(':token')
  const mails = createMandateMails(context)

  /** Finds the mandate while it runs, or what this link made of it; a link that went to no mailbox opens nothing. */
  async function find(c: HonoContext<WebEnv>) {
    const token = c.req.param('token') ?? ''
    const referent = await findReferentByLink(db, { token, purpose }, now())
    if ('dead' in referent) return referent
    const isOpen = referent.state === 'appointed' && referent.isProven
    if (isOpen || referent.endReason === 'disowned') return { referent, token, isOpen }
    return { dead: 'unknown' as const }
  }

  async function disown(c: HonoContext<WebEnv>, referent: LinkedReferent): Promise<void> {
    const { lang, name: siteName } = await findSite(context, c)
    const text = messagesFor(lang).links.notMyMandate.lead(nameOfCode(referent.territory))
    const by = { kind: 'link', name: '' } as const
    await inTransaction(db, async (trx) => {
      const done = { act: 'disown', said: { text, lang }, by } as const
      if (!(await saveMandateAct(trx, referent.id, done, now()))) return
      const mail = disownedMail(mails.about(referent, siteName), referent.id)
      const expiresAt = now().add({ hours: MAIL_HOURS })
      for (const to of await listTeamEmails(trx))
        await appendMail(trx, { to, ...mail, expiresAt }, now())
    })
    context.wake()
  }

  return new Hono<WebEnv>()
    .use(path, withSecretAddress())
    .get(path, async (c) => {
      const found = await find(c)
      if ('dead' in found) return deadLink(context, c, purpose, found)
      const { referent, token, isOpen } = found
      const shown = { site: await findSite(context, c), territory: nameOfCode(referent.territory) }
      return c.html(<NotMyMandatePage {...shown} token={isOpen ? token : undefined} />)
    })
    .post(path, limitBody(), async (c) => {
      assertSameOrigin(c, config)
      const found = await find(c)
      if ('dead' in found) return deadLink(context, c, purpose, found)
      if (found.isOpen) await disown(c, found.referent)
      return c.redirect(paths.notMyMandate(found.token), 303)
    })
}
