import { Hono } from 'hono'
import { type JoinProblem, JoinTeamPage } from '../../../ui/accounts/join-team-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { isEmail } from '../../domain/values/contact.ts'
import { NAME_MAX } from '../../store/accounts/accounts.ts'
import {
  findTeamInvitation,
  joinTeam,
  type TeamInvitation,
} from '../../store/accounts/team-invitations.ts'
import { assertSameOrigin, limitBody, readForm, textOf } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { readNewPassword } from './new-password.ts'
import { openSession } from './open-session.ts'

/**
 * The page of an invitation. It needs no session, since the code gives access. Where mail works, an invitation that was
 * mailed makes an account with that address only: under somebody else's, the account would get what they are given later.
 */
export function joinTeamRoutes(context: Context) {
  const { db, config, now } = context

  const provenEmailOf = ({ email }: TeamInvitation): string | undefined =>
    config.mail === undefined ? undefined : email

  return new Hono<WebEnv>()
    .use(withSecretAddress())
    .get('/:code', async (c) => {
      const code = c.req.param('code')
      const site = await findSite(context, c)
      const invitation = await findTeamInvitation(db, code, now())
      if ('dead' in invitation) return deadLink(context, c, 'join-team', invitation)
      const values = { name: '', email: invitation.email ?? '' }
      const hasEmail = provenEmailOf(invitation) !== undefined
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
