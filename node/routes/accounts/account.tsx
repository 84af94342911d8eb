import { Hono, type Context as HonoContext } from 'hono'
import { AccountPage, type AccountPageProps, TO_DO_ID } from '../../../ui/accounts/account-page.tsx'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import {
  changePassword,
  deletePassword,
  findAccountByPassword,
  isComplete,
  toEmail,
  updateAccount,
} from '../../store/accounts/accounts.ts'
import { proposeEmail } from '../../store/accounts/email-changes.ts'
import { deleteSession, deleteSessions, listSessions } from '../../store/accounts/sessions.ts'
import { findToDoRhythm, isToDoRhythm, saveToDoRhythm } from '../../store/accounts/to-do-mails.ts'
import type { Database } from '../../store/database/database.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { readFlash, withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { addressOf } from '../http/middleware.ts'
import { clearSessionCookie } from '../http/session-cookie.ts'
import { findSite } from '../http/site.ts'
import { type Admin, adminSession, type SignedInEnv, signedInGate } from '../workspaces/access.ts'
import { answerSecondClick } from '../workspaces/double-submit.ts'
import { listOtherWorkspaces } from '../workspaces/other-workspaces.ts'
import { logActs } from './audit.ts'
import { findAccountProblems } from './choose-password.tsx'
import { enqueueToFormerAddress } from './confirm-email.tsx'
import { passwordOf, readNewPassword } from './new-password.ts'
import { createSignInLimits } from './sign-in-limits.ts'

/**
 * The pages of one's own account: how one signs in, where one is signed in and, for the team, one's name and address.
 * The address of a referent is part of their mandate.
 */
export function accountRoutes(context: Context) {
  const { db, config, now } = context
  const limits = createSignInLimits(context.db, 'account')

  async function accountProps(c: HonoContext<SignedInEnv>): Promise<AccountPageProps> {
    const { admin, signedIn } = c.var
    const { account, session, csrf } = signedIn
    const sessions = await listSessions(db, account.id, now())
    return {
      site: await findSite(context, c),
      csrf,
      team: admin && adminSession(admin),
      workspaces: await listOtherWorkspaces(context, {
        ...{ accountId: account.id, from: 'account', lang: languageOf(c) },
      }),
      values: { name: account.name, email: account.email },
      askedEmail: account.askedEmail,
      hasPassword: account.hasPassword,
      mailWorks: config.mail !== undefined,
      toDoRhythm: config.mail && (await findToDoRhythm(db, account.id)),
      sessions: sessions.map((open) => ({ ...open, isCurrent: open.id === session.id })),
      now: now(),
    }
  }

  /**
   * Checks the password before the account is changed: a person who finds a session open must neither take the account
   * over nor guess its password there.
   */
  async function tryPassword(
    c: HonoContext<SignedInEnv>,
    field: 'emailPassword' | 'currentPassword' | 'removalPassword',
  ): Promise<'right' | 'wrong' | 'wait'> {
    const { email } = c.var.signedIn.account
    const address = addressOf(c.env?.incoming, config)
    if ((await limits.begin(address, email)) !== undefined) return 'wait'
    const password = passwordOf(c.var.form, field)
    if (!(await findAccountByPassword(db, { email, password }))) return 'wrong'
    await limits.succeed(address, email)
    return 'right'
  }

  /**
   * Queues the mail that confirms a new address, which holds once its mailbox has confirmed it. A site without mail can
   * only ask for the password.
   */
  async function enqueueConfirmation(
    trx: Database,
    { account, organization }: Admin,
    to: string,
  ): Promise<void> {
    const mail = draftMail('confirm-email', { siteName: organization.name })
    const expiresAt = now().add({ hours: 24 })
    await appendMail(trx, { to, ...mail, about: account.id, expiresAt }, now())
  }

  return (
    new Hono<SignedInEnv>()
      .use(signedInGate(context))
      .use(answerSecondClick())
      .use(logActs(context))
      .use(async (c, next) => {
        const { admin } = c.var
        return admin && !isComplete(admin.account) ? c.redirect(paths.choosePassword) : next()
      })
      .get('/', async (c) =>
        c.html(<AccountPage {...(await accountProps(c))} flash={readFlash(c)} />),
      )
      .post('/', async (c) => {
        const { admin } = c.var
        if (!admin) throw new DomainError('forbidden', 'site.team_only')
        const { account } = admin
        const props = await accountProps(c)
        const name = textOf(c.var.form, 'name')
        const email = textOf(c.var.form, 'email')
        const isOther = toEmail(email) !== account.email
        const problems: AccountPageProps['problems'] = await findAccountProblems(db, {
          id: account.id,
          name,
          email,
        })
        const tried = isOther ? await tryPassword(c, 'emailPassword') : 'right'
        if (tried !== 'right') problems.push(tried === 'wait' ? 'emailWait' : 'emailPassword')
        if (problems.length > 0) {
          const values = { ...props.values, name, email }
          return c.html(<AccountPage {...props} values={values} problems={problems} />, 422)
        }
        const siteName = admin.organization.name
        const changed = { account, next: toEmail(email), siteName }
        await db.transaction().execute(async (trx) => {
          const isAsked = isOther && config.mail !== undefined
          await updateAccount(trx, { id: account.id, email: isAsked ? account.email : email, name })
          await proposeEmail(trx, { id: account.id, email: isAsked ? email : undefined })
          if (isAsked) await enqueueConfirmation(trx, admin, toEmail(email))
          else if (isOther) await enqueueToFormerAddress(trx, context, changed)
        })
        if (isOther) context.wake()
        return c.redirect(withFlash(paths.account, 'done'), 303)
      })
      // The mails lead to this address; the field is on the account's page.
      .get('/courriels', (c) => c.redirect(`${paths.account}#${TO_DO_ID}`))
      .post('/courriels', async (c) => {
        const rhythm = textOf(c.var.form, 'toDo')
        if (!isToDoRhythm(rhythm))
          return c.html(
            <AccountPage {...(await accountProps(c))} problems={['toDoMissing']} />,
            422,
          )
        await saveToDoRhythm(db, { accountId: c.var.signedIn.account.id, rhythm })
        return c.redirect(withFlash(paths.account, 'done'), 303)
      })
      .post('/mot-de-passe', async (c) => {
        const { account, session } = c.var.signedIn
        const tried = await tryPassword(c, 'currentPassword')
        const { password, problems } = readNewPassword(c.var.form)
        if (tried !== 'right' || problems.length > 0) {
          const first = { right: [], wrong: ['wrongCurrent'], wait: ['passwordWait'] } as const
          const all = [...first[tried], ...problems]
          return c.html(<AccountPage {...(await accountProps(c))} problems={all} />, 422)
        }
        await changePassword(db, { accountId: account.id, password, keepSession: session.id })
        return c.redirect(withFlash(paths.account, 'done'), 303)
      })
      .post('/sans-mot-de-passe', async (c) => {
        // Without mail, the password is the only way to sign in.
        if (!config.mail) throw new DomainError('not_found', 'admin.no_mail_here')
        const { account, session } = c.var.signedIn
        const tried = await tryPassword(c, 'removalPassword')
        if (tried !== 'right') {
          const problem = tried === 'wait' ? 'removalWait' : 'wrongRemoval'
          return c.html(<AccountPage {...(await accountProps(c))} problems={[problem]} />, 422)
        }
        await deletePassword(db, { accountId: account.id, keepSession: session.id })
        return c.redirect(withFlash(paths.account, 'done'), 303)
      })
      .post('/sessions/fermer', async (c) => {
        const { account, session } = c.var.signedIn
        const isEverywhere = textOf(c.var.form, 'which') === 'all'
        const keep = isEverywhere ? undefined : session.id
        await deleteSessions(db, { accountId: account.id, keep })
        if (!isEverywhere) return c.redirect(withFlash(paths.account, 'done'), 303)
        clearSessionCookie(c, config)
        return c.redirect(`${paths.signIn}?fait=deconnexion`, 303)
      })
      .post('/sessions/:id/fermer', async (c) => {
        const accountId = c.var.signedIn.account.id
        await deleteSession(db, { id: c.req.param('id'), accountId })
        return c.redirect(withFlash(paths.account, 'done'), 303)
      })
  )
}
