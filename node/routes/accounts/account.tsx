import { Hono, type Context as HonoContext } from 'hono'
import type { AccountFrameProps } from '../../../ui/accounts/account-frame.tsx'
import { AccountPage, type AccountPageProps } from '../../../ui/accounts/account-page.tsx'
import { TO_DO_ID } from '../../../ui/accounts/mails-form.tsx'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import type { AccountMail } from '../../domain/values/link.ts'
import {
  changePassword,
  deletePassword,
  findAccountByPassword,
  findRole,
  isComplete,
  toEmail,
  updateAccount,
} from '../../store/accounts/accounts.ts'
import { proposeEmail } from '../../store/accounts/email-changes.ts'
import { findSecondFactor, isFactorRequired } from '../../store/accounts/second-factors.ts'
import { deleteSession, deleteSessions, listSessions } from '../../store/accounts/sessions.ts'
import { listStoppedMails, saveStoppedMails } from '../../store/accounts/stopped-mails.ts'
import { findToDoRhythm, isToDoRhythm, saveToDoRhythm } from '../../store/accounts/to-do-mails.ts'
import { type Database, inTransaction } from '../../store/database/database.ts'
import { isNetworkManager } from '../../store/networks/managers.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { readFlash, withFlash } from '../http/flash.ts'
import { textOf, textsOf } from '../http/forms.ts'
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
import { secondFactorRoutes } from './second-factor.tsx'
import { codeLimitOf } from './second-step.tsx'
import { createSignInLimits } from './sign-in-limits.ts'

/**
 * The pages of one's own account: how one signs in, where one is signed in and, for the team, one's name and address.
 * The address of a referent is part of their mandate.
 */
export function accountRoutes(context: Context) {
  const own: Own = { ...context, limits: createSignInLimits(context.db, 'account') }
  const secondFactor = secondFactorRoutes({
    ...context,
    codes: codeLimitOf(context),
    findFrame: (c) => findFrame(own, c),
    showProblems: (c, problems) => showProblems(own, c, problems),
    tryPassword: (c) => tryPassword(own, c, 'factorPassword'),
  })
  return (
    new Hono<SignedInEnv>()
      .use(signedInGate(context))
      .use(answerSecondClick())
      .use(logActs(context))
      .use(async (c, next) => {
        const { admin } = c.var
        return admin && !isComplete(admin.account) ? c.redirect(paths.choosePassword) : next()
      })
      .get('/', (c) => showAccount(own, c))
      .post('/', (c) => saveAccount(own, c))
      // The mails lead to this address; the field is on the account's page.
      .get('/courriels', (c) => c.redirect(`${paths.account}#${TO_DO_ID}`))
      .post('/courriels', (c) => saveMails(own, c))
      .post('/mot-de-passe', (c) => savePassword(own, c))
      .post('/sans-mot-de-passe', (c) => removePassword(own, c))
      .route('/second-facteur', secondFactor)
      .post('/sessions/fermer', (c) => closeSessions(own, c))
      .post('/sessions/:id/fermer', (c) => closeSession(own, c))
  )
}

type Own = Context & { limits: ReturnType<typeof createSignInLimits> }
type Asked = HonoContext<SignedInEnv>

async function findFrame(context: Own, c: Asked): Promise<AccountFrameProps> {
  const { admin, signedIn } = c.var
  return {
    site: await findSite(context, c),
    csrf: signedIn.csrf,
    team: admin && adminSession(admin),
    workspaces: await listOtherWorkspaces(context, {
      ...{ accountId: signedIn.account.id, from: 'account', lang: languageOf(c) },
    }),
  }
}

async function findAccountProps(context: Own, c: Asked): Promise<AccountPageProps> {
  const { db, config, now } = context
  const { account, session } = c.var.signedIn
  const sessions = await listSessions(db, account.id, now())
  return {
    ...(await findFrame(context, c)),
    values: { name: account.name, email: account.email },
    askedEmail: account.askedEmail,
    hasPassword: account.hasPassword,
    mailWorks: config.mail !== undefined,
    toDoRhythm: config.mail && (await findToDoRhythm(db, account.id)),
    otherMails: config.mail && (await listOtherMails(db, account.id)),
    sessions: sessions.map((open) => ({ ...open, isCurrent: open.id === session.id })),
    now: now(),
    factor: await findSecondFactor(db, account.id),
    isFactorRequired: await isFactorRequired(db),
  }
}

const showAccount = async (context: Own, c: Asked) =>
  c.html(<AccountPage {...(await findAccountProps(context, c))} flash={readFlash(c)} />)

/** Shows the page again with what is wrong. */
async function showProblems(
  context: Own,
  c: Asked,
  problems: AccountPageProps['problems'],
  values?: AccountPageProps['values'],
) {
  const props = await findAccountProps(context, c)
  return c.html(
    <AccountPage {...props} values={{ ...props.values, ...values }} problems={problems} />,
    422,
  )
}

async function saveAccount(context: Own, c: Asked) {
  const { db, wake } = context
  const { admin } = c.var
  if (!admin) throw new DomainError('forbidden', 'site.team_only')
  const { account } = admin
  const name = textOf(c.var.form, 'name')
  const email = textOf(c.var.form, 'email')
  const isOther = toEmail(email) !== account.email
  const problems: AccountPageProps['problems'] = await findAccountProblems(db, {
    id: account.id,
    name,
    email,
  })
  const tried = isOther ? await tryPassword(context, c, 'emailPassword') : 'right'
  if (tried !== 'right') problems.push(tried === 'wait' ? 'emailWait' : 'emailPassword')
  if (problems.length > 0) return showProblems(context, c, problems, { name, email })
  await changeAccount(context, admin, { name, email })
  if (isOther) wake()
  return done(c)
}

/** Saves a name and an address; the mailbox of another address confirms it first, where there is mail. */
async function changeAccount(
  context: Own,
  admin: Admin,
  { name, email }: { name: string; email: string },
) {
  const { account, organization } = admin
  const next = toEmail(email)
  const isOther = next !== account.email
  const isAsked = isOther && context.config.mail !== undefined
  const changed = { account, next, siteName: organization.name }
  await context.db.transaction().execute(async (trx) => {
    await updateAccount(trx, { id: account.id, email: isAsked ? account.email : email, name })
    await proposeEmail(trx, { id: account.id, email: isAsked ? email : undefined })
    if (isAsked) await enqueueConfirmation(context, trx, admin, next)
    else if (isOther) await enqueueToFormerAddress(trx, context, changed)
  })
}

/**
 * Queues the mail that confirms a new address, which holds once its mailbox has confirmed it. A site without mail can
 * only ask for the password.
 */
async function enqueueConfirmation(
  { now }: Own,
  trx: Database,
  { account, organization }: Admin,
  to: string,
): Promise<void> {
  const mail = draftMail('confirm-email', { siteName: organization.name })
  const expiresAt = now().add({ hours: 24 })
  await appendMail(trx, { to, ...mail, about: account.id, expiresAt }, now())
}

/** Lists the kinds of mail that come to an account besides what waits, each with whether the person wants it. */
async function listOtherMails(
  db: Database,
  accountId: string,
): Promise<NonNullable<AccountPageProps['otherMails']>> {
  const role = await findRole(db, accountId)
  const stopped = await listStoppedMails(db, accountId)
  const kinds: AccountMail[] = []
  if (role) kinds.push('confirm-cafe', 'report')
  if (role?.role === 'administrator' || (await isNetworkManager(db, accountId)))
    kinds.push('answers')
  return kinds.map((mail) => ({ mail, isWanted: !stopped.includes(mail) }))
}

/** Saves which mails come; the form has no field for a kind that cannot come. */
async function saveMails(context: Own, c: Asked) {
  const { db } = context
  const { id: accountId } = c.var.signedIn.account
  const rhythm = textOf(c.var.form, 'toDo')
  const hasRhythm = (await findToDoRhythm(db, accountId)) !== undefined
  if (hasRhythm && !isToDoRhythm(rhythm)) return showProblems(context, c, ['toDoMissing'])
  const wanted = textsOf(c.var.form, 'mails')
  const others = await listOtherMails(db, accountId)
  const stopped = others.map(({ mail }) => mail).filter((mail) => !wanted.includes(mail))
  await inTransaction(db, async (trx) => {
    if (hasRhythm && isToDoRhythm(rhythm)) await saveToDoRhythm(trx, { accountId, rhythm })
    await saveStoppedMails(trx, { accountId, stopped })
  })
  return done(c)
}

async function savePassword(context: Own, c: Asked) {
  const { account, session } = c.var.signedIn
  const tried = await tryPassword(context, c, 'currentPassword')
  const { password, problems } = readNewPassword(c.var.form)
  if (tried !== 'right' || problems.length > 0) {
    const first = { right: [], wrong: ['wrongCurrent'], wait: ['passwordWait'] } as const
    return showProblems(context, c, [...first[tried], ...problems])
  }
  await changePassword(context.db, { accountId: account.id, password, keepSession: session.id })
  return done(c)
}

async function removePassword(context: Own, c: Asked) {
  // Without mail, the password is the only way to sign in.
  if (!context.config.mail) throw new DomainError('not_found', 'admin.no_mail_here')
  const { account, session } = c.var.signedIn
  const tried = await tryPassword(context, c, 'removalPassword')
  if (tried !== 'right')
    return showProblems(context, c, [tried === 'wait' ? 'removalWait' : 'wrongRemoval'])
  await deletePassword(context.db, { accountId: account.id, keepSession: session.id })
  return done(c)
}

async function closeSessions({ db, config }: Own, c: Asked) {
  const { account, session } = c.var.signedIn
  const isEverywhere = textOf(c.var.form, 'which') === 'all'
  await deleteSessions(db, { accountId: account.id, keep: isEverywhere ? undefined : session.id })
  if (!isEverywhere) return done(c)
  clearSessionCookie(c, config)
  return c.redirect(`${paths.signIn}?fait=deconnexion`, 303)
}

async function closeSession({ db }: Own, c: Asked) {
  const accountId = c.var.signedIn.account.id
  await deleteSession(db, { id: c.req.param('id') ?? '', accountId })
  return done(c)
}

const done = (c: Asked) => c.redirect(withFlash(paths.account, 'done'), 303)

/**
 * Checks the password before the account is changed: a person who finds a session open must neither take the account
 * over nor guess its password there.
 */
async function tryPassword(
  { db, config, limits }: Own,
  c: Asked,
  field: 'emailPassword' | 'currentPassword' | 'removalPassword' | 'factorPassword',
): Promise<'right' | 'wrong' | 'wait'> {
  const { email } = c.var.signedIn.account
  const address = addressOf(c.env?.incoming, config)
  if ((await limits.begin(address, email)) !== undefined) return 'wait'
  const password = passwordOf(c.var.form, field)
  if (!(await findAccountByPassword(db, { email, password }))) return 'wrong'
  await limits.succeed(address, email)
  return 'right'
}
