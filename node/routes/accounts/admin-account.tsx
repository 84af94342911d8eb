import { Hono, type Context as HonoContext } from 'hono'
import { AccountPage, type AccountPageProps } from '../../../ui/accounts/account-page.tsx'
import { ChoosePasswordPage, type PasswordProblem } from '../../../ui/accounts/sign-in-pages.tsx'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { isEmail } from '../../domain/values/contact.ts'
import {
  changePassword,
  findAccountByEmail,
  findAccountByPassword,
  hasKnownEmail,
  isComplete,
  NAME_MAX,
  toEmail,
  updateAccount,
} from '../../store/accounts/accounts.ts'
import { proposeEmail } from '../../store/accounts/asked-emails.ts'
import { deleteSession, listSessions } from '../../store/accounts/sessions.ts'
import type { Database } from '../../store/database/database.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { type Admin, adminSession, type WebEnv } from '../http/access.ts'
import { readFlash, withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { addressOf } from '../http/middleware.ts'
import { findOnboardingSteps } from '../http/onboarding-state.ts'
import { findSite } from '../http/site.ts'
import { enqueueToFormerAddress } from './confirm-email.tsx'
import { passwordOf, readNewPassword } from './new-password.ts'
import { createSignInLimits } from './sign-in-limits.ts'

/** One's own account: who one is, how one signs in, where one is signed in. */
export function accountRoutes(context: Context) {
  const { db, config, now } = context
  const limits = createSignInLimits(context.db, 'account')

  async function accountProps(c: HonoContext<WebEnv>): Promise<AccountPageProps> {
    const { admin } = c.var
    const { account, session } = admin
    const sessions = await listSessions(db, account.id, now())
    return {
      site: await findSite(context, c),
      session: adminSession(admin),
      values: { name: account.name, email: account.email },
      askedEmail: account.askedEmail,
      sessions: sessions.map((open) => ({ ...open, isCurrent: open.id === session.id })),
      now: now(),
    }
  }

  async function findProblems(
    { name, email }: { name: string; email: string },
    accountId: string,
  ): Promise<PasswordProblem[]> {
    const problems: PasswordProblem[] = name.length > NAME_MAX ? ['nameTooLong'] : []
    if (!isEmail(email)) return [...problems, 'emailWrong']
    const other = await findAccountByEmail(db, email)
    return other && other.id !== accountId ? [...problems, 'emailTaken'] : problems
  }

  /** Whoever finds a session open must not take the account with it, nor guess its password there. */
  async function tryPassword(
    c: HonoContext<WebEnv>,
    field: 'emailPassword' | 'currentPassword',
  ): Promise<'right' | 'wrong' | 'wait'> {
    const { admin, form } = c.var
    const { email } = admin.account
    const address = addressOf(c.env.incoming, config)
    if ((await limits.begin(address, email)) !== undefined) return 'wait'
    const password = passwordOf(form, field)
    if (!(await findAccountByPassword(db, { email, password }))) return 'wrong'
    await limits.succeed(address, email)
    return 'right'
  }

  /** In force once its mailbox says so; a site without mail can ask for nothing but the password. */
  async function enqueueConfirmation(
    trx: Database,
    { account, organization }: Admin,
    to: string,
  ): Promise<void> {
    const mail = draftMail('confirm-email', { siteName: organization.name })
    const expiresAt = now().add({ hours: 24 })
    await appendMail(trx, { to, ...mail, about: account.id, expiresAt }, now())
  }

  /** An administrator of a new server is led on; anybody else comes to an administration that is ready. */
  async function firstPage({ role, organization }: Admin): Promise<string> {
    if (role !== 'administrator') return paths.admin
    const steps = await findOnboardingSteps(context, organization.id)
    return steps.some(({ state }) => state === 'todo') ? paths.onboarding : paths.admin
  }

  return new Hono<WebEnv>()
    .get('/bienvenue', async (c) => {
      const { account, csrf } = c.var.admin
      if (isComplete(account)) return c.redirect(paths.admin)
      const email = hasKnownEmail(account) ? account.email : ''
      const values = { name: account.name, email }
      const site = await findSite(context, c)
      return c.html(<ChoosePasswordPage {...{ site, csrf, values }} problems={[]} />)
    })
    .post('/bienvenue', async (c) => {
      const { account, csrf, session } = c.var.admin
      if (isComplete(account)) return c.redirect(paths.admin, 303)
      const values = { name: textOf(c.var.form, 'name'), email: textOf(c.var.form, 'email') }
      const { password, problems: wrong } = readNewPassword(c.var.form)
      const problems = [...(await findProblems(values, account.id)), ...wrong]
      if (problems.length > 0) {
        const site = await findSite(context, c)
        return c.html(<ChoosePasswordPage {...{ site, csrf, values, problems }} />, 422)
      }
      await updateAccount(db, { id: account.id, ...values })
      await changePassword(db, { accountId: account.id, password, keepSession: session.id })
      return c.redirect(await firstPage(c.var.admin), 303)
    })
    .get('/compte', async (c) =>
      c.html(<AccountPage {...(await accountProps(c))} flash={readFlash(c)} />),
    )
    .post('/compte', async (c) => {
      const { account } = c.var.admin
      const props = await accountProps(c)
      const name = textOf(c.var.form, 'name')
      const email = textOf(c.var.form, 'email')
      const isOther = toEmail(email) !== account.email
      const problems: AccountPageProps['problems'] = await findProblems({ name, email }, account.id)
      const tried = isOther ? await tryPassword(c, 'emailPassword') : 'right'
      if (tried !== 'right') problems.push(tried === 'wait' ? 'emailWait' : 'emailPassword')
      if (problems.length > 0) {
        const values = { ...props.values, name, email }
        return c.html(<AccountPage {...props} values={values} problems={problems} />, 422)
      }
      const siteName = c.var.admin.organization.name
      const changed = { account, next: toEmail(email), siteName }
      await db.transaction().execute(async (trx) => {
        const isAsked = isOther && config.mail !== undefined
        await updateAccount(trx, { id: account.id, email: isAsked ? account.email : email, name })
        await proposeEmail(trx, { id: account.id, email: isAsked ? email : undefined })
        if (isAsked) await enqueueConfirmation(trx, c.var.admin, toEmail(email))
        else if (isOther) await enqueueToFormerAddress(trx, context, changed)
      })
      if (isOther) context.wake()
      return c.redirect(withFlash(paths.account, 'done'), 303)
    })
    .post('/compte/mot-de-passe', async (c) => {
      const { account, session } = c.var.admin
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
    .post('/compte/sessions/:id/fermer', async (c) => {
      await deleteSession(db, { id: c.req.param('id'), accountId: c.var.admin.account.id })
      return c.redirect(withFlash(paths.account, 'done'), 303)
    })
}
