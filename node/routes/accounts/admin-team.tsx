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
import { countTokensOf } from '../../store/accounts/api-tokens.ts'
import { listAudit } from '../../store/accounts/audit.ts'
import { insertLinkTo } from '../../store/accounts/links.ts'
import {
  type Colleague,
  changeRole,
  listColleagues,
  removeColleague,
} from '../../store/accounts/team.ts'
import {
  createTeamInvitation,
  listTeamInvitations,
  withdrawTeamInvitation,
} from '../../store/accounts/team-invitations.ts'
import { inTransaction } from '../../store/database/database.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { findSite } from '../http/site.ts'
import { type Admin, adminSession, assertAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { dayOf, mailOfInvitation } from './invitation-mail.ts'

/** Far more than a team needs; it limits how many mails can be caused. */
const OPEN_INVITATIONS = 20

/** The maximum number of entries that are shown; a team makes fewer in a year. */
const AUDIT_SHOWN = 300

/** The team: who has which role, and who is invited. */
export function teamRoutes(context: Context) {
  const { db, config, now } = context

  async function page(c: HonoContext<WebEnv>, problems: TeamProblem[] = []) {
    const { admin, form } = c.var
    const { id } = admin.organization
    const invitations = await listTeamInvitations(db, id, now())
    return c.html(
      <TeamPage
        {...(await adminPropsFor(context, c))}
        colleagues={(await listColleagues(db, id)).map(toShown)}
        ownId={admin.account.id}
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

  async function colleagueOf(admin: Admin, id: string): Promise<Colleague> {
    const colleagues = await listColleagues(db, admin.organization.id)
    const colleague = colleagues.find((one) => one.id === id)
    if (!colleague) throw new DomainError('not_found', 'accounts.account_gone')
    return colleague
  }

  async function askFirst(
    c: HonoContext<WebEnv>,
    action: string,
    asked: Pick<ConfirmActionPageProps, 'fields' | 'question'>,
  ): Promise<Response> {
    const site = await findSite(context, c)
    const session = adminSession(c.var.admin)
    return c.html(<ConfirmActionPage {...{ site, session, action }} {...asked} from={paths.team} />)
  }

  async function findInvitationProblems(
    form: FormData,
    { organization }: Admin,
  ): Promise<TeamProblem[]> {
    const problems: TeamProblem[] = isRole(textOf(form, 'role')) ? [] : ['roleMissing']
    const open = await listTeamInvitations(db, organization.id, now())
    if (open.length >= OPEN_INVITATIONS) problems.push('tooMany')
    if (textOf(form, 'way') !== 'mail') return problems
    const email = textOf(form, 'email')
    if (!isEmail(email)) return [...problems, 'emailWrong']
    return (await findAccountByEmail(db, email)) ? [...problems, 'emailTaken'] : problems
  }

  /** Stores the invitation and the mail that will carry its link, or neither. */
  async function inviteByMail({ account, organization }: Admin, role: AccountRole, email: string) {
    await db.transaction().execute(async (trx) => {
      const invitation = await createTeamInvitation(
        trx,
        { organizationId: organization.id, role, email, invitedBy: account.id },
        now(),
      )
      const siteName = organization.name
      await appendMail(
        trx,
        mailOfInvitation({ to: email, siteName, by: account, invitation }),
        now(),
      )
    })
    context.wake()
  }

  return new Hono<WebEnv>()
    .use(async (c, next) => {
      assertAdministrator(c.var.admin)
      await next()
    })
    .get('/', (c) => page(c))
    .get('/journal', async (c) =>
      c.html(
        <AuditPage
          {...(await adminPropsFor(context, c))}
          entries={await listAudit(db, AUDIT_SHOWN)}
        />,
      ),
    )
    .post('/invitations', async (c) => {
      const { admin, form } = c.var
      const problems = await findInvitationProblems(form, admin)
      const role = textOf(form, 'role')
      if (problems.length > 0 || !isRole(role)) return page(c, problems)
      if (textOf(form, 'way') === 'mail') {
        await inviteByMail(admin, role, textOf(form, 'email'))
        // Without a mail relay, the page of mails says how to send the invitation.
        return c.redirect(config.mail ? withFlash(paths.team, 'invited') : paths.mails, 303)
      }
      const asked = {
        organizationId: admin.organization.id,
        role,
        email: undefined,
        invitedBy: admin.account.id,
      }
      const { code, expiresAt } = await inTransaction(db, async (trx) => {
        const { id, expiresAt } = await createTeamInvitation(trx, asked, now())
        const link = { purpose: 'join-team', subject: id, expiresAt, isFilledIn: true } as const
        return { code: await insertLinkTo(trx, link, now()), expiresAt }
      })
      // The link is shown in this answer alone: no address leads to it again.
      return c.html(
        <PaperInvitationPage
          {...(await adminPropsFor(context, c))}
          link={config.origin + paths.teamInvitation(code)}
          mailWorks={config.mail !== undefined}
          until={dayOf(expiresAt, languageOf(c))}
        />,
      )
    })
    .get('/invitations/:id/retirer', async (c) => {
      const open = await listTeamInvitations(db, c.var.admin.organization.id, now())
      const invitation = open.find(({ id }) => id === c.req.param('id'))
      if (!invitation) throw new DomainError('not_found', 'accounts.invitation_gone')
      const whose = invitation.email ?? messagesFor(languageOf(c)).team.onPaper
      return askFirst(c, paths.withdrawInvitation(invitation.id), {
        question: ({ invitation: texts }) => ({ ...texts, title: texts.title(whose) }),
      })
    })
    .post('/invitations/:id/retirer', async (c) => {
      const organizationId = c.var.admin.organization.id
      await withdrawTeamInvitation(db, { id: c.req.param('id'), organizationId })
      return c.redirect(withFlash(paths.team, 'done'), 303)
    })
    .get('/:id/role', async (c) => {
      const colleague = await colleagueOf(c.var.admin, c.req.param('id'))
      const { name, email } = toShown(colleague)
      const isSelf = colleague.id === c.var.admin.account.id
      return askFirst(c, paths.teamRole(colleague.id), {
        fields: { role: 'editor' },
        question: ({ demote }) => ({
          title: demote.title(name || (email ?? messagesFor(languageOf(c)).team.noName)),
          effects: isSelf ? `${demote.effects}\n${demote.self}` : demote.effects,
          submit: demote.submit,
        }),
      })
    })
    .post('/:id/role', async (c) => {
      const role = textOf(c.var.form, 'role')
      if (!isRole(role)) throw new DomainError('invalid', 'accounts.no_such_role')
      const organizationId = c.var.admin.organization.id
      const accountId = c.req.param('id')
      const { outcome } = await changeRole(db, { accountId, organizationId, role })
      if (outcome === 'last_administrator') return page(c, ['last'])
      if (outcome === 'unknown') throw new DomainError('not_found', 'accounts.account_gone')
      const isOwnEnd = accountId === c.var.admin.account.id && role !== 'administrator'
      return c.redirect(withFlash(isOwnEnd ? paths.admin : paths.team, 'done'), 303)
    })
    .get('/:id/retirer', async (c) => {
      const { admin } = c.var
      const colleague = await colleagueOf(admin, c.req.param('id'))
      return c.html(
        <RemoveColleaguePage
          {...(await adminPropsFor(context, c))}
          colleague={toShown(colleague)}
          isSelf={colleague.id === admin.account.id}
          tokens={await countTokensOf(db, colleague.id)}
        />,
      )
    })
    .post('/:id/retirer', async (c) => {
      const organizationId = c.var.admin.organization.id
      const { outcome } = await removeColleague(db, {
        accountId: c.req.param('id'),
        organizationId,
      })
      if (outcome === 'last_administrator') return page(c, ['last'])
      if (outcome === 'unknown') throw new DomainError('not_found', 'accounts.account_gone')
      return c.redirect(withFlash(paths.team, 'done'), 303)
    })
}

const isRole = (text: string): text is AccountRole => text === 'administrator' || text === 'editor'

const toShown = (colleague: Colleague) => ({
  ...colleague,
  email: hasKnownEmail(colleague) ? colleague.email : undefined,
})
