import { Hono, type Context as HonoContext } from 'hono'
import { JoinAddressPage, JoinLinkSentPage } from '../../../ui/accounts/join-address-page.tsx'
import { type JoinProblem, JoinTeamPage } from '../../../ui/accounts/join-team-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { isEmail } from '../../domain/values/contact.ts'
import { findAccount, NAME_MAX, toEmail } from '../../store/accounts/accounts.ts'
import {
  findTeamInvitation,
  joinTeam,
  type OpenedInvitation,
} from '../../store/accounts/team-invitations.ts'
import { requestJoinLink } from '../../store/queues/join-links.ts'
import { assertSameOrigin, limitBody, readForm, textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { dayOf, mailOfInvitation } from './invitation-mail.ts'
import { readNewPassword } from './new-password.ts'
import { openSession } from './open-session.ts'

/**
 * The page of an invitation. It needs no session, since the code gives access. Where mail works, an account is made only
 * by a link that was mailed, and with the address of that mailbox: under somebody else's, the account would get what
 * they are given later. A code on paper mails such a link.
 */
export function joinTeamRoutes(context: Context) {
  const { db, config, now } = context

  const mailWorks = config.mail !== undefined
  const provenEmailOf = ({ mailedTo }: OpenedInvitation): string | undefined =>
    mailWorks ? mailedTo : undefined

  async function mailLink(
    c: HonoContext<WebEnv>,
    { code, invitation, form }: { code: string; invitation: OpenedInvitation; form: FormData },
  ): Promise<Response> {
    const site = await findSite(context, c)
    const email = toEmail(textOf(form, 'email'))
    if (!isEmail(email))
      return c.html(<JoinAddressPage {...{ site, code, email }} problem="emailWrong" />, 422)
    const by = await findAccount(db, invitation.invitedBy)
    if (!by) return deadLink(context, c, 'join-team', { dead: 'unknown' })
    const mail = mailOfInvitation({ to: email, siteName: site.name, by, invitation })
    const asked = await requestJoinLink(db, mail, now())
    if (asked === 'wait')
      return c.html(<JoinAddressPage {...{ site, code, email }} problem="wait" />, 429)
    context.wake()
    const until = dayOf(invitation.expiresAt, languageOf(c))
    return c.html(<JoinLinkSentPage {...{ site, code, email, until }} />)
  }

  return new Hono<WebEnv>()
    .use(withSecretAddress())
    .get('/:code', async (c) => {
      const code = c.req.param('code')
      const site = await findSite(context, c)
      const invitation = await findTeamInvitation(db, code, now())
      if ('dead' in invitation) return deadLink(context, c, 'join-team', invitation)
      const proven = provenEmailOf(invitation)
      const email = proven ?? invitation.email ?? ''
      if (mailWorks && proven === undefined)
        return c.html(<JoinAddressPage {...{ site, code, email }} />)
      const values = { name: '', email }
      const hasEmail = proven !== undefined
      return c.html(<JoinTeamPage {...{ site, code, values, hasEmail }} problems={[]} />)
    })
    .post('/:code', limitBody(), async (c) => {
      assertSameOrigin(c, config)
      const form = await readForm(c)
      const code = c.req.param('code')
      const site = await findSite(context, c)
      // The invitation is checked before the password is hashed, which is slow on purpose.
      const invitation = await findTeamInvitation(db, code, now())
      if ('dead' in invitation) return deadLink(context, c, 'join-team', invitation)
      const proven = provenEmailOf(invitation)
      if (mailWorks && proven === undefined) return mailLink(c, { code, invitation, form })
      const hasEmail = proven !== undefined
      const values = { name: textOf(form, 'name'), email: proven ?? textOf(form, 'email') }
      const { password, problems: wrong } = readNewPassword(form)
      const problems: JoinProblem[] = [
        ...(values.name === '' ? (['nameMissing'] as const) : []),
        ...(values.name.length > NAME_MAX ? (['nameTooLong'] as const) : []),
        ...(isEmail(values.email) ? [] : (['emailWrong'] as const)),
        ...wrong,
      ]
      if (problems.length > 0)
        return c.html(<JoinTeamPage {...{ site, code, values, hasEmail, problems }} />, 422)
      const joined = await joinTeam(db, { code, ...values, password }, now())
      if (joined.outcome === 'dead') return deadLink(context, c, 'join-team', joined)
      if (joined.outcome === 'email_taken')
        return c.html(
          <JoinTeamPage {...{ site, code, values, hasEmail }} problems={['emailTaken']} />,
          422,
        )
      await openSession(c, context, joined.accountId)
      return c.redirect(paths.admin, 303)
    })
}
