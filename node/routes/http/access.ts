import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { DeskSession } from '../../../ui/components/site.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { DomainError } from '../../domain/values/errors.ts'
import {
  type Account,
  type AccountRole,
  findAccount,
  findRole,
  isComplete,
} from '../../store/accounts/accounts.ts'
import { findSession, type Session } from '../../store/accounts/sessions.ts'
import { findCafe } from '../../store/cafes/cafes.ts'
import { isNetworkManager } from '../../store/networks/managers.ts'
import { findOrganization, type Organization } from '../../store/structures/organizations.ts'

import { assertSameOrigin, type BodyLimits, readForm } from './forms.ts'
import { giveFormBack, keepForm, NOT_KEPT } from './pending-form.tsx'
import { csrfTokenOf, isCsrfToken, readSessionToken } from './session-cookie.ts'

/** Somebody who is signed in, and the structure that they work for. */
export type Desk = {
  account: Account
  organization: Organization
  role: AccountRole
  session: Session
  csrf: string
}

export type WebEnv = {
  Bindings: Partial<HttpBindings>
  Variables: { desk: Desk; form: FormData }
}

/** Somebody who is signed in, whatever they may do. */
export type SignedIn = Pick<Desk, 'account' | 'session' | 'csrf'>

export async function findSignedIn(
  c: HonoContext,
  { db, config, now }: Context,
): Promise<SignedIn | undefined> {
  const token = readSessionToken(c, config)
  const session = token && (await findSession(db, token, now()))
  const account = session && (await findAccount(db, session.accountId))
  return account ? { account, session, csrf: csrfTokenOf(token) } : undefined
}

/** Who asks, if they work for a structure here. Pages for everybody use it to show the way to the desk. */
export async function findDesk(c: HonoContext, context: Context): Promise<Desk | undefined> {
  const { db } = context
  const signedIn = await findSignedIn(c, context)
  const role = signedIn && (await findRole(db, signedIn.account.id))
  const organization = role && (await findOrganization(db, role.organizationId))
  return organization && { ...signedIn, organization, role: role.role }
}

/**
 * The door of every page of the desk. A POST must come from a page of ours, with this session's token, as a form;
 * `c.var.form` holds it. Without a session, a page leads to the sign-in, and a form is kept there until it can be sent
 * again (`keepForm`); with the token of another session it is refused, and given back to be sent (`giveFormBack`).
 * `limitsOf` says how long a form at an address may be, for whoever has a session; without one, no more is read than
 * the longest text needs.
 */
export const deskGate =
  (context: Context, limitsOf: (path: string) => Partial<BodyLimits>): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    c.header('Cache-Control', 'no-store')
    const isForm = c.req.method !== 'GET' && c.req.method !== 'HEAD'
    if (isForm) assertSameOrigin(c, context.config)
    const desk = await findDesk(c, context)
    const person = desk ? undefined : await findSignedIn(c, context)
    if (person) {
      const isManager = await isNetworkManager(context.db, person.account.id)
      return toOwnDesk(c, { isForm, path: isManager ? paths.dashboards : paths.territoryDesk })
    }
    if (isForm)
      c.set('form', await readForm(c, desk ? limitsOf(c.req.path) : { refusal: NOT_KEPT }))
    if (!desk) return isForm ? keepForm(context)(c, c.var.form) : c.redirect(signInPath(c))
    const isOwn = !isForm || isCsrfToken(c.var.form.get('csrf'), sessionTokenOf(c, context))
    if (!isOwn) return giveFormBack(context)(c, c.var.form, desk.csrf)
    if (!isComplete(desk.account) && c.req.path !== paths.choosePassword)
      return c.redirect(paths.choosePassword)
    c.set('desk', desk)
    return next()
  }

/** An account without a role in the team: who looks after a network, or a referent. Their desk is another one. */
function toOwnDesk(c: HonoContext, { isForm, path }: { isForm: boolean; path: string }): Response {
  if (isForm) throw new DomainError('forbidden', 'Cette page est réservée à l’équipe.')
  return c.redirect(path)
}

const sessionTokenOf = (c: HonoContext, { config }: Context): string =>
  readSessionToken(c, config) ?? ''

/** The sign-in, which leads back to where one was going. */
export function signInPath(c: HonoContext): string {
  const { pathname, search } = new URL(c.req.url)
  if (pathname === paths.desk) return paths.signIn
  return `${paths.signIn}?${new URLSearchParams({ retour: pathname + search })}`
}

/** A path of the desk; whatever else was asked for, the desk's first page. Never another site's (open redirect). */
export function returnPath(asked: string | undefined): string {
  const inside = asked && /^\/administration(?:[/?][\w\-./?=&%+]*)?$/.test(asked)
  return inside && !asked.includes('//') && !asked.startsWith(paths.signIn) ? asked : paths.desk
}

/**
 * Authorization is the fetch: whoever holds the café may change it.
 * @throws DomainError not_found for a café of another structure or server, as for none.
 */
export async function cafeForEditing(
  { db }: Pick<Context, 'db'>,
  desk: Desk,
  id: string,
): Promise<Cafe> {
  const cafe = await findCafe(db, id)
  if (cafe?.organizationId !== desk.organization.id)
    throw new DomainError('not_found', 'Ce café n’existe pas, ou n’est pas à votre structure.')
  return cafe
}

/** The network, the keys and the structure's name are an administrator's business. */
export function assertAdministrator(desk: Desk): void {
  if (desk.role !== 'administrator')
    throw new DomainError(
      'forbidden',
      'Cette page est réservée aux administratrices et administrateurs.',
    )
}

export const deskSession = ({ account, role, csrf }: Desk): DeskSession => ({
  name: account.name || account.email,
  isAdministrator: role === 'administrator',
  csrf,
})
