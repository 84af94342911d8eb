import { Hono, type Context as HonoContext } from 'hono'
import { paths } from '../../ui/paths.ts'
import { DeadLinkPage, SignInLinkPage, SignInPage } from '../../ui/sign-in.tsx'
import type { Context } from '../context.ts'
import { DomainError } from '../domain/errors.ts'
import { findAccountByPassword, toEmail } from '../store/accounts.ts'
import { createSession, deleteSession } from '../store/sessions.ts'
import { consumeSignInLink, isSignInLinkOpen } from '../store/sign-in-links.ts'
import { findDesk, returnPath, type WebEnv } from './access.ts'
import { assertSameOrigin, limitBody, readForm, textOf } from './forms.ts'
import { readKeptForm, resumePage } from './kept-form.tsx'
import { addressOf } from './middleware.ts'
import {
  clearSessionCookie,
  csrfTokenOf,
  isCsrfToken,
  readSessionToken,
  setSessionCookie,
} from './session-cookie.ts'
import { createSignInLimits } from './sign-in-limits.ts'
import { findSite } from './site.ts'

/** The ways in and out of the desk. No session is needed here, so forms are known by where they come from. */
export function signInRoutes(context: Context) {
  const { db, config, now } = context
  const limits = createSignInLimits()

  /** A new session under a new token, whatever the browser held before (session fixation). */
  async function openSession(c: HonoContext, accountId: string): Promise<string> {
    const desk = await findDesk(c, context)
    if (desk) await deleteSession(db, desk.session)
    const userAgent = c.req.header('user-agent') ?? ''
    const token = await createSession(db, { accountId, userAgent }, now())
    setSessionCookie(c, config, token)
    return token
  }

  return new Hono<WebEnv>()
    .use('/connexion', noStore)
    .use('/lien/*', noStore)
    .get('/connexion', async (c) => {
      const returnTo = c.req.query('retour')
      if (await findDesk(c, context)) return c.redirect(returnPath(returnTo))
      return c.html(
        <SignInPage
          site={await findSite(context)}
          returnTo={returnTo && returnPath(returnTo)}
          justSignedOut={c.req.query('fait') === 'deconnexion'}
        />,
      )
    })
    .post('/connexion', limitBody(), async (c) => {
      assertSameOrigin(c, config)
      const form = await readForm(c)
      const email = toEmail(textOf(form, 'email'))
      const returnTo = returnPath(textOf(form, 'retour'))
      const kept = textOf(form, 'kept') || undefined
      const address = addressOf(c.env.incoming, config)
      const site = await findSite(context)
      const waitSeconds = await limits.begin(address, email)
      if (waitSeconds !== undefined) {
        c.header('Retry-After', String(waitSeconds))
        return c.html(<SignInPage {...{ site, email, returnTo, kept }} problem="wait" />, 429)
      }
      const password = passwordOf(form, 'password')
      const account = await findAccountByPassword(db, { email, password })
      if (!account)
        return c.html(<SignInPage {...{ site, email, returnTo, kept }} problem="refused" />, 422)
      await limits.succeed(address, email)
      const token = await openSession(c, account.id)
      const waiting = kept && readKeptForm(kept)
      if (waiting) return resumePage(c, context, { kept: waiting, csrf: csrfTokenOf(token) })
      return c.redirect(returnTo, 303)
    })
    .get('/lien/:token', async (c) => {
      const token = c.req.param('token')
      const site = await findSite(context)
      const isOpen = await isSignInLinkOpen(db, token, now())
      if (!isOpen) return c.html(<DeadLinkPage site={site} />, 410)
      return c.html(<SignInLinkPage site={site} token={token} />)
    })
    .post('/lien/:token', limitBody(), async (c) => {
      assertSameOrigin(c, config)
      if (c.req.header('content-type')) await readForm(c)
      const accountId = await consumeSignInLink(db, c.req.param('token'), now())
      if (!accountId) return c.html(<DeadLinkPage site={await findSite(context)} />, 410)
      await openSession(c, accountId)
      return c.redirect(paths.desk, 303)
    })
    .post('/deconnexion', limitBody(), async (c) => {
      assertSameOrigin(c, config)
      const form = await readForm(c)
      const desk = await findDesk(c, context)
      if (desk && !isCsrfToken(form.get('csrf'), readSessionToken(c, config) ?? ''))
        throw new DomainError('forbidden', 'Cette page était ouverte depuis trop longtemps.')
      if (desk) await deleteSession(db, desk.session)
      clearSessionCookie(c, config)
      return c.redirect(`${paths.signIn}?fait=deconnexion`, 303)
    })
}

/** Spaces are part of a password; beyond the longest that can be chosen none can be right. */
export function passwordOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.slice(0, PASSWORD_READ_MAX) : ''
}

const PASSWORD_READ_MAX = 1_000

const noStore = async (c: HonoContext, next: () => Promise<void>): Promise<void> => {
  c.header('Cache-Control', 'no-store')
  await next()
}
