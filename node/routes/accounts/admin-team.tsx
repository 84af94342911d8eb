import { Hono, type Context as HonoContext } from 'hono'
import { AuditPage } from '../../../ui/accounts/audit-page.tsx'
import {
  PaperInvitationPage,
  RemoveColleaguePage,
  TeamPage,
  type TeamProblem,
} from '../../../ui/accounts/team-pages.tsx'
import {
  ConfirmActionPage,
  type ConfirmActionPageProps,
} from '../../../ui/admin/confirm-action-page.tsx'
import { VERSION } from '../../../ui/admin/meanwhile.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { isEmail } from '../../domain/values/contact.ts'
import { DomainError } from '../../domain/values/errors.ts'
import {
  type AccountRole,
  findAccountByEmail,
  hasKnownEmail,
} from '../../store/accounts/accounts.ts'
import { countActs, listAudit } from '../../store/accounts/acts.ts'
import { countTokensOf } from '../../store/accounts/api-tokens.ts'
import { insertLinkTo } from '../../store/accounts/links.ts'
import { saveEdit } from '../../store/accounts/saved-edit.ts'
import {
  deleteSecondFactor,
  FACTOR_SETTING,
  isFactorRequired,
} from '../../store/accounts/second-factors.ts'
import {
  type Colleague,
  changeRole,
  hasOtherRole,
  listColleagues,
  removeColleague,
} from '../../store/accounts/team.ts'
import {
  createTeamInvitation,
  listTeamInvitations,
  type TeamInvitation,
  withdrawTeamInvitation,
} from '../../store/accounts/team-invitations.ts'
import { inTransaction } from '../../store/database/database.ts'
import { placePage } from '../../store/database/list-page.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { readPage } from '../http/read-page.ts'
import { findSite } from '../http/site.ts'
import { nameOfCode } from '../http/territory-links.ts'
import {
  type Admin,
  adminSession,
  authorOf,
  needsAdministrator,
  type WebEnv,
} from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { refusalOf } from '../workspaces/refusals.ts'
import { dayOf, mailOfInvitation } from './invitation-mail.ts'
import { enqueueFactorMail } from './second-factor.tsx'

/** Far more than a team needs; it limits how many mails can be caused. */
const OPEN_INVITATIONS = 20

/** The maximum number of entries that are shown; a team makes fewer in a year. */
const AUDIT_SHOWN = 50

/** The team: who has which role, and who is invited. */
export const teamRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', (c) => showTeam(context, c))
    .get('/journal', (c) => showAudit(context, c))
    .post('/invitations', (c) => invite(context, c))
    .get('/invitations/:id/retirer', (c) => askWithdrawal(context, c))
    .post('/invitations/:id/retirer', (c) => withdrawInvitation(context, c))
    .post('/second-facteur', (c) => saveFactorSetting(context, c))
    .get('/:id/second-facteur', (c) => askFactorReset(context, c))
    .post('/:id/second-facteur', (c) => resetFactor(context, c))
    .get('/:id/role', (c) => askDemotion(context, c))
    .post('/:id/role', (c) => giveRole(context, c))
    .get('/:id/retirer', (c) => askRemoval(context, c))
    .post('/:id/retirer', (c) => removeFromTeam(context, c))

type Asked = HonoContext<WebEnv>

async function showTeam(context: Context, c: Asked, problems: TeamProblem[] = []) {
  const { db, config, now } = context
  const { admin, form } = c.var
  const { id } = admin.organization
  const invitations = await listTeamInvitations(db, id, now())
  return c.html(
    <TeamPage
      {...(await adminPropsFor(context, c))}
      colleagues={(await listColleagues(db, id)).map(toShown)}
      ownId={admin.account.id}
      isFactorRequired={await isFactorRequired(db)}
      mailWorks={config.mail !== undefined}
      invitations={invitations.map((one) => ({
        ...one,
        until: dayOf(one.expiresAt, languageOf(c)),
      }))}
      values={form ? valuesOf(form) : { role: 'editor' }}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  )
}

async function showAudit(context: Context, c: Asked) {
  const { db } = context
  const asked = { page: readPage(c.req.query('page')), size: AUDIT_SHOWN }
  const { offset, ...placed } = placePage(await countActs(db, 'access'), asked)
  const entries = await listAudit(db, AUDIT_SHOWN, offset)
  const rows = entries.map((entry) =>
    entry.act.startsWith('mandate-') ? { ...entry, about: nameOfCode(entry.about) } : entry,
  )
  const found = { ...placed, rows }
  return c.html(<AuditPage {...(await adminPropsFor(context, c))} found={found} />)
}

async function invite(context: Context, c: Asked) {
  const { config } = context
  const { admin, form } = c.var
  const problems = await findInvitationProblems(context, form, admin)
  const role = textOf(form, 'role')
  if (problems.length > 0 || !isRole(role)) return showTeam(context, c, problems)
  // The mails that are sent by hand are the site's, which its own team alone reads.
  const isSent = config.mail !== undefined || admin.isSite
  if (textOf(form, 'way') !== 'mail' || !isSent) return inviteOnPaper(context, c, role)
  await inviteByMail(context, admin, { role, email: textOf(form, 'email') })
  // Without a mail relay, the page of mails says how to send the invitation.
  return c.redirect(config.mail ? withFlash(paths.team, 'invited') : paths.mails, 303)
}

async function findInvitationProblems(
  { db, now }: Context,
  form: FormData,
  { organization }: Admin,
): Promise<TeamProblem[]> {
  const problems: TeamProblem[] = isRole(textOf(form, 'role')) ? [] : ['roleMissing']
  const open = await listTeamInvitations(db, organization.id, now())
  if (open.length >= OPEN_INVITATIONS) problems.push('tooMany')
  if (textOf(form, 'way') !== 'mail') return problems
  const email = textOf(form, 'email')
  if (!isEmail(email)) return [...problems, 'emailWrong']
  const known = await findAccountByEmail(db, email)
  const isColleague =
    known && (await listColleagues(db, organization.id)).some(({ id }) => id === known.id)
  return isColleague ? [...problems, 'emailTaken'] : problems
}

/** Stores the invitation and the mail that will carry its link, or neither. */
async function inviteByMail(
  { db, now, wake }: Context,
  { account, organization }: Admin,
  { role, email }: { role: AccountRole; email: string },
) {
  const siteName = organization.name
  const asked = { organizationId: organization.id, role, email, invitedBy: account.id }
  await db.transaction().execute(async (trx) => {
    const invitation = await createTeamInvitation(trx, asked, now())
    const mail = mailOfInvitation({ to: email, siteName, by: account, invitation })
    await appendMail(trx, mail, now())
  })
  wake()
}

/** Makes an invitation whose link is shown in this answer alone: no address leads to it again. */
async function inviteOnPaper(context: Context, c: Asked, role: AccountRole) {
  const { db, config, now } = context
  const { organization, account } = c.var.admin
  const asked = { organizationId: organization.id, role, email: undefined, invitedBy: account.id }
  const { code, expiresAt } = await inTransaction(db, async (trx) => {
    const { id, expiresAt } = await createTeamInvitation(trx, asked, now())
    const link = { purpose: 'join-team', subject: id, expiresAt, isFilledIn: true } as const
    return { code: await insertLinkTo(trx, link, now()), expiresAt }
  })
  return c.html(
    <PaperInvitationPage
      {...(await adminPropsFor(context, c))}
      link={config.origin + paths.teamInvitation(code)}
      mailWorks={config.mail !== undefined}
      until={dayOf(expiresAt, languageOf(c))}
    />,
  )
}

async function findInvitation({ db, now }: Context, c: Asked): Promise<TeamInvitation> {
  const open = await listTeamInvitations(db, c.var.admin.organization.id, now())
  const invitation = open.find(({ id }) => id === c.req.param('id'))
  if (!invitation) throw refusalOf('invitation')
  return invitation
}

async function askWithdrawal(context: Context, c: Asked) {
  const invitation = await findInvitation(context, c)
  const whose = invitation.email ?? messagesFor(languageOf(c)).team.onPaper
  return askFirst(context, c, {
    action: paths.withdrawInvitation(invitation.id),
    question: ({ invitation: texts }) => ({ ...texts, title: texts.title(whose) }),
  })
}

async function withdrawInvitation(context: Context, c: Asked) {
  const { id } = await findInvitation(context, c)
  const organizationId = c.var.admin.organization.id
  await withdrawTeamInvitation(context.db, { id, organizationId })
  return c.redirect(withFlash(paths.team, 'done'), 303)
}

async function askDemotion(context: Context, c: Asked) {
  const colleague = await findColleague(context, c)
  const { name, email } = toShown(colleague)
  const isSelf = colleague.id === c.var.admin.account.id
  return askFirst(context, c, {
    action: paths.teamRole(colleague.id),
    fields: { role: 'editor' },
    question: ({ demote }) => ({
      title: demote.title(name || (email ?? messagesFor(languageOf(c)).team.noName)),
      effects: isSelf ? `${demote.effects}\n${demote.self}` : demote.effects,
      submit: demote.submit,
    }),
  })
}

async function giveRole(context: Context, c: Asked) {
  const role = textOf(c.var.form, 'role')
  if (!isRole(role)) throw new DomainError('invalid', 'accounts.no_such_role')
  const { organization, account } = c.var.admin
  const member = { accountId: idOf(c), organizationId: organization.id }
  const { outcome } = await changeRole(context.db, { ...member, role })
  if (outcome === 'last_administrator') return showTeam(context, c, ['last'])
  if (outcome === 'unknown') throw refusalOf('colleague')
  const isOwnEnd = member.accountId === account.id && role !== 'administrator'
  return c.redirect(withFlash(isOwnEnd ? paths.admin : paths.team, 'done'), 303)
}

async function askRemoval(context: Context, c: Asked) {
  const colleague = await findColleague(context, c)
  return c.html(
    <RemoveColleaguePage
      {...(await adminPropsFor(context, c))}
      colleague={toShown(colleague)}
      isSelf={colleague.id === c.var.admin.account.id}
      tokens={await countTokensOf(context.db, colleague.id)}
    />,
  )
}

async function removeFromTeam(context: Context, c: Asked) {
  const organizationId = c.var.admin.organization.id
  const { outcome } = await removeColleague(context.db, { accountId: idOf(c), organizationId })
  if (outcome === 'last_administrator') return showTeam(context, c, ['last'])
  if (outcome === 'unknown') throw refusalOf('colleague')
  return c.redirect(withFlash(paths.team, 'done'), 303)
}

/** Sets whether every account must have a second factor; a page that is out of date changes nothing. */
async function saveFactorSetting({ db, now }: Context, c: Asked) {
  const { form, admin } = c.var
  const isRequired = textOf(form, 'required') === '1'
  const edit = { id: 'second-factor', by: authorOf(admin), seen: textOf(form, VERSION) }
  const decide = () => ({ value: { isRequired } })
  const { outcome } = await saveEdit(db, FACTOR_SETTING, { ...edit, decide }, now())
  return c.redirect(withFlash(paths.team, outcome === 'saved' ? 'done' : 'refused'), 303)
}

/**
 * Finds a colleague whose second factor this team may remove: of somebody who works for other structures too, that would
 * open theirs, so it is for the team of the site.
 */
async function findColleagueToReset(context: Context, c: Asked): Promise<Colleague> {
  const colleague = await findColleague(context, c)
  const { isSite, organization } = c.var.admin
  const member = { accountId: colleague.id, organizationId: organization.id }
  if (!isSite && (await hasOtherRole(context.db, member)))
    throw new DomainError('forbidden', 'structures.site_only')
  return colleague
}

async function askFactorReset(context: Context, c: Asked) {
  const { id, name, email } = await findColleagueToReset(context, c)
  return askFirst(context, c, {
    action: paths.resetFactor(id),
    question: () => {
      const { title, effects, submit } = messagesFor(languageOf(c)).admin.secondFactor.reset
      return { title: title(name || email), effects, submit }
    },
  })
}

async function resetFactor(context: Context, c: Asked) {
  const { id, email } = await findColleagueToReset(context, c)
  const siteName = c.var.admin.organization.name
  await inTransaction(context.db, async (trx) => {
    if (await deleteSecondFactor(trx, id))
      await enqueueFactorMail(trx, context, { account: { email }, siteName, what: 'reset' })
  })
  context.wake()
  return c.redirect(withFlash(paths.team, 'done'), 303)
}

async function findColleague({ db }: Context, c: Asked): Promise<Colleague> {
  const colleagues = await listColleagues(db, c.var.admin.organization.id)
  const colleague = colleagues.find(({ id }) => id === c.req.param('id'))
  if (!colleague) throw refusalOf('colleague')
  return colleague
}

async function askFirst(
  context: Context,
  c: Asked,
  asked: Pick<ConfirmActionPageProps, 'action' | 'fields' | 'question'>,
): Promise<Response> {
  const site = await findSite(context, c)
  const session = adminSession(c.var.admin)
  return c.html(<ConfirmActionPage {...{ site, session }} {...asked} from={paths.team} />)
}

const idOf = (c: Asked): string => c.req.param('id') ?? ''

const isRole = (text: string): text is AccountRole => text === 'administrator' || text === 'editor'

const toShown = (colleague: Colleague) => ({
  ...colleague,
  email: hasKnownEmail(colleague) ? colleague.email : undefined,
})
