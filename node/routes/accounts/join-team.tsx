import { Hono, type Context as HonoContext } from 'hono'
import { JoinAddressPage, JoinLinkSentPage } from '../../../ui/accounts/join-address-page.tsx'
import {
  JoinAsKnownPage,
  type JoinProblem,
  JoinTeamPage,
} from '../../../ui/accounts/join-team-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { isEmail } from '../../domain/values/contact.ts'
import {
  findAccount,
  findAccountByEmail,
  NAME_MAX,
  toEmail,
} from '../../store/accounts/accounts.ts'
import {
  findTeamInvitation,
  joinTeam,
  joinTeamAs,
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
export const joinTeamRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(withSecretAddress())
    .get('/:code', (c) => showInvitation(context, c, c.req.param('code')))
    .post('/:code', limitBody(), (c) => acceptInvitation(context, c, c.req.param('code')))

type Asked = HonoContext<WebEnv>

async function showInvitation(context: Context, c: Asked, code: string) {
  const site = await findSite(context, c)
  const invitation = await findTeamInvitation(context.db, code, context.now())
  if ('dead' in invitation) return deadLink(context, c, 'join-team', invitation)
  const { proven, mustMail } = emailsOf(context, invitation)
  const email = proven ?? invitation.email ?? ''
  if (mustMail) return c.html(<JoinAddressPage {...{ site, code, email }} />)
  if (proven !== undefined && (await findAccountByEmail(context.db, proven)))
    return c.html(<JoinAsKnownPage {...{ site, code, email }} />)
  const values = { name: '', email }
  const hasEmail = proven !== undefined
  return c.html(<JoinTeamPage {...{ site, code, values, hasEmail }} problems={[]} />)
}

/** Returns the address that the link has proven, and whether a link must be mailed first. */
function emailsOf({ config }: Context, { mailedTo }: OpenedInvitation) {
  const mailWorks = config.mail !== undefined
  const proven = mailWorks ? mailedTo : undefined
  return { proven, mustMail: mailWorks && proven === undefined }
}

async function acceptInvitation(context: Context, c: Asked, code: string) {
  const { db, config, now } = context
  assertSameOrigin(c, config)
  const form = await readForm(c)
  const site = await findSite(context, c)
  // The invitation is checked before the password is hashed, which is slow on purpose.
  const invitation = await findTeamInvitation(db, code, now())
  if ('dead' in invitation) return deadLink(context, c, 'join-team', invitation)
  const { proven, mustMail } = emailsOf(context, invitation)
  if (mustMail) return mailLink(context, c, { code, invitation, form })
  const known = proven === undefined ? undefined : await findAccountByEmail(db, proven)
  if (known) {
    const joined = await joinTeamAs(db, { code, accountId: known.id }, now())
    if (joined.outcome === 'dead') return deadLink(context, c, 'join-team', joined)
    return c.redirect(paths.admin, 303)
  }
  const hasEmail = proven !== undefined
  const values = { name: textOf(form, 'name'), email: proven ?? textOf(form, 'email') }
  const { password, problems: wrong } = readNewPassword(form)
  const shown = { site, code, values, hasEmail }
  const problems = [...problemsOf(values), ...wrong]
  if (problems.length > 0) return c.html(<JoinTeamPage {...{ ...shown, problems }} />, 422)
  const joined = await joinTeam(db, { code, ...values, password }, now())
  if (joined.outcome === 'dead') return deadLink(context, c, 'join-team', joined)
  if (joined.outcome === 'email_taken')
    return c.html(<JoinTeamPage {...shown} problems={['emailTaken']} />, 422)
  await openSession(c, context, joined.accountId)
  return c.redirect(paths.admin, 303)
}

const problemsOf = ({ name, email }: { name: string; email: string }): JoinProblem[] => [
  ...(name === '' ? (['nameMissing'] as const) : []),
  ...(name.length > NAME_MAX ? (['nameTooLong'] as const) : []),
  ...(isEmail(email) ? [] : (['emailWrong'] as const)),
]

async function mailLink(
  context: Context,
  c: Asked,
  { code, invitation, form }: { code: string; invitation: OpenedInvitation; form: FormData },
): Promise<Response> {
  const { db, now } = context
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
