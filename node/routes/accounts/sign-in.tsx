import { Hono, type Context as HonoContext } from 'hono'
import {
  SignInLinkPage,
  type SignInLinkPageProps,
  SignInPage,
} from '../../../ui/accounts/sign-in-pages.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import {
  changePassword,
  createSessionByPassword,
  findAccount,
  findRole,
  isComplete,
  toEmail,
} from '../../store/accounts/accounts.ts'
import { findLink } from '../../store/accounts/links.ts'
import { findSecondFactor } from '../../store/accounts/second-factors.ts'
import { createSessionByLink, deleteSession } from '../../store/accounts/sessions.ts'
import { hashSecret } from '../../store/database/secrets.ts'
import { assertSameOrigin, LONG_FORM_BYTES, limitBody, readForm, textOf } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { addressOf } from '../http/middleware.ts'
import {
  clearSessionCookie,
  csrfTokenOf,
  isCsrfToken,
  readSessionToken,
} from '../http/session-cookie.ts'
import { findSite } from '../http/site.ts'
import { findSignedIn, returnPath, type WebEnv } from '../workspaces/access.ts'
import { pendingFormPage, readPendingForm } from '../workspaces/pending-form.tsx'
import { logRefusedSignIn } from './audit.ts'
import { confirmEmailRoutes } from './confirm-email.tsx'
import { mailedLinkRoutes } from './email-link.tsx'
import { firstPasswordRoutes } from './first-password.tsx'
import { joinTeamRoutes } from './join-team.tsx'
import { passwordOf, readNewPassword } from './new-password.ts'
import { openSessionBy } from './open-session.ts'
import {
  type CodeLimit,
  codeLimitOf,
  secondStepPage,
  secondStepRoutes,
  tryCode,
} from './second-step.tsx'
import { createSignInLimits } from './sign-in-limits.ts'

/** The pages to sign in and out. No session is needed here, so forms are checked by their origin. */
export function signInRoutes(context: Context) {
  const own: Own = {
    ...context,
    limits: createSignInLimits(context.db, 'sign-in'),
    codes: codeLimitOf(context),
  }
  return new Hono<WebEnv>()
    .use('/connexion', noStore)
    .use('/connexion/reprise', noStore)
    .use('/connexion/code', noStore)
    .use('/lien/*', withSecretAddress())
    .get('/connexion', (c) => showSignIn(own, c))
    .post('/connexion', limitBody(LONG_FORM_BYTES), (c) => signIn(own, c))
    .post('/connexion/reprise', limitBody(LONG_FORM_BYTES), (c) => resumeForm(own, c))
    .route('/connexion/code', secondStepRoutes(own))
    .route('/connexion/lien', mailedLinkRoutes(context))
    .route('/invitation', joinTeamRoutes(context))
    .route('/premier-acces', firstPasswordRoutes(context))
    .route('/adresse', confirmEmailRoutes(context))
    .get('/lien/:token', (c) => showLink(own, c, c.req.param('token')))
    .post('/lien/:token', limitBody(), (c) => signInByLink(own, c, c.req.param('token')))
    .post('/lien/:token/mot-de-passe', limitBody(), (c) =>
      choosePassword(own, c, c.req.param('token')),
    )
    .post('/deconnexion', limitBody(), (c) => signOut(own, c))
}

type Own = Context & { limits: ReturnType<typeof createSignInLimits>; codes: CodeLimit }
type Asked = HonoContext<WebEnv>

const purpose = 'sign-in'

async function showSignIn(context: Own, c: Asked) {
  const returnTo = c.req.query('retour')
  if (await findSignedIn(c, context)) return c.redirect(returnPath(returnTo))
  return c.html(
    <SignInPage
      site={await findSite(context, c)}
      returnTo={returnTo && returnPath(returnTo)}
      mailWorks={context.config.mail !== undefined}
      justSignedOut={c.req.query('fait') === 'deconnexion'}
    />,
  )
}

async function signIn(context: Own, c: Asked) {
  const { db, config, limits, now } = context
  assertSameOrigin(c, config)
  const form = await readForm(c)
  const email = toEmail(textOf(form, 'email'))
  const returnTo = returnPath(textOf(form, 'retour'))
  const pendingForm = textOf(form, 'kept') || undefined
  const address = addressOf(c.env.incoming, config)
  const props = { email, returnTo, pendingForm, mailWorks: config.mail !== undefined }
  const site = await findSite(context, c)
  const waitSeconds = await limits.begin(address, email)
  if (waitSeconds !== undefined) {
    await logRefusedSignIn(context)
    c.header('Retry-After', String(waitSeconds))
    return c.html(<SignInPage {...{ site, ...props }} problem="wait" />, 429)
  }
  const password = passwordOf(form, 'password')
  const opened = await openSessionBy(c, context, (userAgent) =>
    createSessionByPassword(db, { email, password, userAgent }, now()),
  )
  if (!opened) return c.html(<SignInPage {...{ site, ...props }} problem="refused" />, 422)
  await limits.succeed(address, email)
  if ('step' in opened)
    return secondStepPage(context, c, { step: opened.step, returnTo, pendingForm })
  const waiting = pendingForm && readPendingForm(pendingForm)
  if (!waiting) return c.redirect(returnTo, 303)
  return pendingFormPage(c, context, { pendingForm: waiting, csrf: csrfTokenOf(opened.token) })
}

/** Shows a form again that waited for a sign-in, which may have happened in another window. */
async function resumeForm(context: Own, c: Asked) {
  assertSameOrigin(c, context.config)
  const pendingForm = textOf(await readForm(c), 'kept')
  const waiting = readPendingForm(pendingForm)
  if (!waiting) return c.redirect(paths.admin, 303)
  const signedIn = await findSignedIn(c, context)
  if (signedIn) return pendingFormPage(c, context, { pendingForm: waiting, csrf: signedIn.csrf })
  const mailWorks = context.config.mail !== undefined
  return c.html(
    <SignInPage site={await findSite(context, c)} {...{ pendingForm, mailWorks }} />,
    401,
  )
}

async function showLink(context: Own, c: Asked, token: string) {
  const link = await findLink(context.db, { token, purpose }, context.now())
  if ('dead' in link) return deadLink(context, c, purpose, link)
  const site = await findSite(context, c)
  return c.html(<SignInLinkPage {...{ site, token, ...(await chosenBy(context, link.subject)) }} />)
}

async function signInByLink(context: Own, c: Asked, token: string) {
  assertSameOrigin(c, context.config)
  if (c.req.header('content-type')) await readForm(c)
  const opened = await openByLink(context, c, { token, hasCode: false })
  if (!opened) return showDeadLink(context, c, token)
  return 'step' in opened
    ? secondStepPage(context, c, { step: opened.step, returnTo: paths.admin })
    : c.redirect(paths.admin, 303)
}

async function choosePassword(context: Own, c: Asked, token: string) {
  const { db, config, now } = context
  assertSameOrigin(c, config)
  const form = await readForm(c)
  const { password, problems } = readNewPassword(form)
  const holder = await findLink(db, { token, purpose }, now())
  if ('dead' in holder) return deadLink(context, c, purpose, holder)
  const { subject: accountId } = holder
  const asked = await chosenBy(context, accountId)
  if (!asked.withPassword) return showDeadLink(context, c, token)
  const refuse = async (shown: Pick<SignInLinkPageProps, 'problems' | 'codeProblem'>) =>
    c.html(
      <SignInLinkPage site={await findSite(context, c)} {...{ token, ...asked, ...shown }} />,
      422,
    )
  // A mistyped form does not use the link up.
  if (problems.length > 0) return refuse({ problems })
  const hasCode = asked.withCode
  const tried = hasCode && (await tryCode(context, { accountId, code: textOf(form, 'code') }))
  if (tried && tried !== 'right') return refuse({ codeProblem: tried })
  const opened = await openByLink(context, c, { token, hasCode })
  if (!opened) return showDeadLink(context, c, token)
  if ('step' in opened)
    return secondStepPage(context, c, { step: opened.step, returnTo: paths.admin })
  await changePassword(db, { accountId, password, keepSession: hashSecret(opened.token) })
  return c.redirect(paths.admin, 303)
}

/** What the page of a link asks for: whether a password may be chosen there, and whether with a code. */
async function chosenBy(context: Own, accountId: string) {
  return {
    withPassword: await mayChoosePassword(context, accountId),
    withCode: (await findSecondFactor(context.db, accountId)) !== undefined,
  }
}

/**
 * Whether an account of the team, which is not ready yet, chooses a password after the link, with a name and an
 * address.
 */
async function mayChoosePassword({ db }: Own, accountId: string): Promise<boolean> {
  const account = await findAccount(db, accountId)
  if (!account) return false
  return isComplete(account) || (await findRole(db, accountId)) === undefined
}

const openByLink = (context: Own, c: Asked, link: { token: string; hasCode: boolean }) =>
  openSessionBy(c, context, (userAgent) =>
    createSessionByLink(context.db, { ...link, userAgent }, context.now()),
  )

async function showDeadLink(context: Own, c: Asked, token: string): Promise<Response> {
  const link = await findLink(context.db, { token, purpose }, context.now())
  return deadLink(context, c, purpose, 'dead' in link ? link : { dead: 'unknown' })
}

async function signOut(context: Own, c: Asked) {
  const { db, config } = context
  assertSameOrigin(c, config)
  const form = await readForm(c)
  const signedIn = await findSignedIn(c, context)
  if (signedIn && !isCsrfToken(form.get('csrf'), readSessionToken(c, config) ?? ''))
    throw new DomainError('forbidden', 'site.form_expired')
  if (signedIn) await deleteSession(db, signedIn.session)
  clearSessionCookie(c, config)
  return c.redirect(`${paths.signIn}?fait=deconnexion`, 303)
}

const noStore = async (c: HonoContext, next: () => Promise<void>): Promise<void> => {
  c.header('Cache-Control', 'no-store')
  await next()
}
