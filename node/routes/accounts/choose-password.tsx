import { Hono } from 'hono'
import { ChoosePasswordPage, type PasswordProblem } from '../../../ui/accounts/sign-in-pages.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { isEmail } from '../../domain/values/contact.ts'
import {
  type Account,
  changePassword,
  findAccountByEmail,
  hasKnownEmail,
  isComplete,
  NAME_MAX,
  updateAccount,
} from '../../store/accounts/accounts.ts'
import type { Database } from '../../store/database/database.ts'
import { textOf } from '../http/forms.ts'
import { findSite } from '../http/site.ts'
import type { Admin, WebEnv } from '../workspaces/access.ts'
import { findOnboardingSteps } from '../workspaces/onboarding-state.ts'
import { readNewPassword } from './new-password.ts'

/** The first page of a new account of the team: its name, address and password. */
export const choosePasswordRoutes = (context: Context) =>
  new Hono<WebEnv>()
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
      const problems = [
        ...(await findAccountProblems(context.db, { id: account.id, ...values })),
        ...wrong,
      ]
      if (problems.length > 0) {
        const site = await findSite(context, c)
        return c.html(<ChoosePasswordPage {...{ site, csrf, values, problems }} />, 422)
      }
      await updateAccount(context.db, { id: account.id, ...values })
      await changePassword(context.db, { accountId: account.id, password, keepSession: session.id })
      return c.redirect(await firstPage(context, c.var.admin), 303)
    })

/** Finds what is wrong with the name or the address that a person gives for themselves. */
export async function findAccountProblems(
  db: Database,
  { id, name, email }: Pick<Account, 'id' | 'name' | 'email'>,
): Promise<PasswordProblem[]> {
  const problems: PasswordProblem[] = name.length > NAME_MAX ? ['nameTooLong'] : []
  if (!isEmail(email)) return [...problems, 'emailWrong']
  const other = await findAccountByEmail(db, email)
  return other && other.id !== id ? [...problems, 'emailTaken'] : problems
}

/**
 * Returns the page after the password is chosen: the first steps for an administrator of a new server, otherwise the
 * administration.
 */
async function firstPage(context: Context, { role, organization }: Admin): Promise<string> {
  if (role !== 'administrator') return paths.admin
  const steps = await findOnboardingSteps(context, organization.id)
  return steps.some(({ state }) => state === 'todo') ? paths.onboarding : paths.admin
}
