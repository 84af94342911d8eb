import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { AdminSession } from '../../../ui/components/site.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Author } from '../../domain/cafes/edit.ts'
import type { Referent } from '../../domain/referents/referent.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { type Account, findAccount, isComplete } from '../../store/accounts/accounts.ts'
import { findSecondFactor, isFactorRequired } from '../../store/accounts/second-factors.ts'
import { findSession, type Session } from '../../store/accounts/sessions.ts'
import { findCafe } from '../../store/cafes/cafes.ts'
import { isNetworkManager } from '../../store/networks/managers.ts'
import { findWorkspace, type Workspace } from '../../store/structures/workspaces.ts'
import { assertSameOrigin, type BodyLimits, readForm } from '../http/forms.ts'
import { declareGate } from '../http/needs.ts'
import { csrfTokenOf, isCsrfToken, readSessionToken } from '../http/session-cookie.ts'
import { restorePendingForm, savePendingForm } from './pending-form.tsx'
import { findReferentAt, isOfMandate } from './referent-cafes.ts'
import { refusalOf } from './refusals.ts'

/** A person who is signed in, and the structure for which they work now. */
export type Admin = Workspace & {
  account: Account
  session: Session
  csrf: string
  /** The mandate of a referent, whose role counts only for the cafés that were announced under it. */
  mandate?: Referent | undefined
}

/** A person who is signed in, whatever they may do. */
export type SignedIn = Pick<Admin, 'account' | 'session' | 'csrf'>

/** The variables of pages for anybody who is signed in; `admin` is set for the team. */
export type SignedInEnv = {
  Bindings: Partial<HttpBindings>
  Variables: { signedIn: SignedIn; admin?: Admin; form: FormData }
}

export type WebEnv = {
  Bindings: Partial<HttpBindings>
  Variables: { signedIn: SignedIn; admin: Admin; form: FormData }
}

/**
 * Finds who sends this request by the cookie of their session; undefined where there is no session, it has expired, or
 * its account is gone.
 */
export async function findSignedIn(
  c: HonoContext,
  { db, config, now }: Context,
): Promise<SignedIn | undefined> {
  const token = readSessionToken(c, config)
  const session = token && (await findSession(db, token, now()))
  const account = session && (await findAccount(db, session.accountId))
  return account ? { account, session, csrf: csrfTokenOf(token) } : undefined
}

/**
 * Finds the person who asks, if they work for a structure here. Public pages use it to show the link to the
 * administration.
 */
export const findAdmin = async (c: HonoContext, context: Context): Promise<Admin | undefined> =>
  toAdmin(context, await findSignedIn(c, context))

/** Finds the person who asks, if they may edit this café of this server: the team, or a referent for a structure. */
export async function findCafeEditor(
  c: HonoContext,
  context: Context,
  id: string,
): Promise<Admin | undefined> {
  const signedIn = await findSignedIn(c, context)
  const admin = await toAdmin(context, signedIn)
  return admin ?? (signedIn && toReferentAdmin(context, signedIn, paths.editCafe(id)))
}

const OF_MANDATE = { isSite: false, suspension: undefined, choices: undefined } as const

/** Makes the admin of a referent at the pages of a café that was announced for a structure of their territory. */
async function toReferentAdmin(
  context: Context,
  signedIn: SignedIn,
  path: string,
): Promise<Admin | undefined> {
  const found = await findReferentAt(context, path, signedIn.account.id)
  return found && { ...signedIn, ...found, role: 'editor', ...OF_MANDATE }
}

async function toAdmin(
  { db }: Pick<Context, 'db'>,
  signedIn: SignedIn | undefined,
): Promise<Admin | undefined> {
  if (!signedIn) return undefined
  const { account, session } = signedIn
  const chosen = session.organizationId
  const workspace = await findWorkspace(db, { accountId: account.id, chosen })
  return workspace && { ...signedIn, ...workspace }
}

/**
 * Guards every page of the administration. A POST must come from a page of ours, with this session's token, as a form;
 * `c.var.form` holds it. Without a session, a page leads to the sign-in, and a form is kept there until it can be sent
 * again (`savePendingForm`); with the token of another session it is refused, and given back to be sent
 * (`restorePendingForm`). `limitsOf` gives the limits of a form at an address, for somebody who has a session; without
 * one, no more is read than the longest text needs.
 */
export const adminGate = (
  context: Context,
  limitsOf: (path: string) => Partial<BodyLimits>,
): MiddlewareHandler<WebEnv> =>
  declareGate('team', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    const isForm = c.req.method !== 'GET' && c.req.method !== 'HEAD'
    if (isForm) assertSameOrigin(c, context.config)
    const person = await findSignedIn(c, context)
    const own = await toAdmin(context, person)
    const asReferent = own && !isOfMandate(c.req.path) ? undefined : person
    const admin = (asReferent && (await toReferentAdmin(context, asReferent, c.req.path))) ?? own
    if (person && !admin) {
      const isManager = await isNetworkManager(context.db, person.account.id)
      return redirectToOwnAdmin(c, {
        isForm,
        path: isManager ? paths.dashboards : paths.referentDashboard,
      })
    }
    if (isForm)
      c.set(
        'form',
        await readForm(c, admin ? limitsOf(c.req.path) : { refusal: 'site.session_over' }),
      )
    if (!admin) return isForm ? savePendingForm(context)(c, c.var.form) : c.redirect(signInPath(c))
    const isOwn = !isForm || isCsrfToken(c.var.form.get('csrf'), sessionTokenOf(c, context))
    if (!isOwn) return restorePendingForm(context)(c, c.var.form, admin.csrf)
    // That page is for the team: a referent without a password signs in by a link.
    const mustComplete = admin.mandate === undefined && !isComplete(admin.account)
    if (mustComplete && c.req.path !== paths.choosePassword) return c.redirect(paths.choosePassword)
    if (!mustComplete && (await lacksFactor(context, c, admin))) return redirectToFactor(c, isForm)
    if (isForm && admin.suspension && c.req.path !== paths.chooseStructure)
      throw new DomainError('forbidden', 'structures.suspended')
    c.set('signedIn', admin)
    c.set('admin', admin)
    return next()
  })

/**
 * Guards the pages of anybody who is signed in, as `adminGate` guards the team's: those of one's account, and of a
 * referent's territory.
 */
export const signedInGate = (context: Context): MiddlewareHandler<SignedInEnv> =>
  declareGate('signed-in', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    const isForm = c.req.method !== 'GET' && c.req.method !== 'HEAD'
    if (isForm) {
      assertSameOrigin(c, context.config)
      c.set('form', await readForm(c))
    }
    const signedIn = await findSignedIn(c, context)
    if (!signedIn)
      return isForm ? savePendingForm(context)(c, c.var.form) : c.redirect(signInPath(c))
    if (isForm && !isCsrfToken(c.var.form.get('csrf'), sessionTokenOf(c, context)))
      return restorePendingForm(context)(c, c.var.form, signedIn.csrf)
    if (await lacksFactor(context, c, signedIn)) return redirectToFactor(c, isForm)
    c.set('signedIn', signedIn)
    c.set('admin', await toAdmin(context, signedIn))
    return next()
  })

/**
 * Returns whether this account may open no page but its own before it has a second factor, which the team asks of all.
 */
const lacksFactor = async (
  { db }: Pick<Context, 'db'>,
  c: HonoContext,
  { account }: Pick<SignedIn, 'account'>,
): Promise<boolean> =>
  !c.req.path.startsWith(paths.account) &&
  (await isFactorRequired(db)) &&
  (await findSecondFactor(db, account.id)) === undefined

function redirectToFactor(c: HonoContext, isForm: boolean): Response {
  if (isForm) throw new DomainError('forbidden', 'accounts.second_factor_required')
  return c.redirect(paths.secondFactor)
}

/** Leads an account without a role in the team, a manager of a network or a referent, to its own administration. */
function redirectToOwnAdmin(
  c: HonoContext,
  { isForm, path }: { isForm: boolean; path: string },
): Response {
  if (isForm) throw new DomainError('forbidden', 'site.team_only')
  return c.redirect(path)
}

const sessionTokenOf = (c: HonoContext, { config }: Context): string =>
  readSessionToken(c, config) ?? ''

/** Most proxies accept 8 KiB in a header, and each character of an address may take three within another address. */
const RETURN_MAX = 2000

/** Returns the path of the sign-in, which leads back to where one was going; for a very long address, to its page. */
function signInPath(c: HonoContext): string {
  const { pathname, search } = new URL(c.req.url)
  if (pathname === paths.admin) return paths.signIn
  const asked = pathname + search
  const back = asked.length > RETURN_MAX ? pathname.slice(0, RETURN_MAX) : asked
  return `${paths.signIn}?${new URLSearchParams({ retour: back })}`
}

/**
 * Reads a path of the administration; for anything else it is the administration's home, never another site (open
 * redirect).
 */
export function returnPath(asked: string | undefined): string {
  const inside = asked && /^\/administration(?:[/?][\w\-./?=&%+]*)?$/.test(asked)
  return inside && !asked.includes('//') && !asked.startsWith(paths.signIn) ? asked : paths.admin
}

/** Returns whether a person may change this café: one of their structure, and a referent only under their mandate. */
export const mayEdit = (
  { organization, mandate }: Pick<Admin, 'organization' | 'mandate'>,
  cafe: Pick<Cafe, 'organizationId' | 'announcedUnder'>,
): boolean =>
  cafe.organizationId === organization.id &&
  (mandate === undefined || cafe.announcedUnder === mandate.territory)

/** Returns the author of what this person edits: a person of the team, or a referent under their mandate. */
export const authorOf = ({ account, mandate }: Pick<Admin, 'account' | 'mandate'>): Author =>
  mandate
    ? { kind: 'referent', name: mandate.name, territory: mandate.territory }
    : { kind: 'team', name: account.name || account.email }

/**
 * Finds a café of one's own structure, which is also the authorization to change it.
 * @throws DomainError not_found for a café of another structure or server, as for one that does not exist.
 */
export async function cafeForEditing(
  { db }: Pick<Context, 'db'>,
  admin: Admin,
  id: string,
): Promise<Cafe> {
  const cafe = await findCafe(db, id)
  if (!cafe || !mayEdit(admin, cafe)) throw refusalOf('cafe')
  return cafe
}

/** Behind `adminGate`: an administrator alone may change the network, the keys and the structure's name. */
export const needsAdministrator: MiddlewareHandler<WebEnv> = declareGate(
  'administrator',
  async (c, next) => {
    if (c.var.admin.role !== 'administrator')
      throw new DomainError('forbidden', 'site.administrators_only')
    await next()
  },
)

/** Behind `adminGate`: what is of the whole site is for those who work for the structure whose name it bears. */
export const needsSite: MiddlewareHandler<WebEnv> = declareGate('site', async (c, next) => {
  if (!c.var.admin.isSite) throw new DomainError('forbidden', 'structures.site_only')
  await next()
})

/** Returns what the pages of the administration show of the person who is signed in. */
export const adminSession = ({
  account,
  role,
  csrf,
  mandate,
  isSite,
  organization,
  suspension,
  choices,
}: Admin): AdminSession => ({
  name: account.name || account.email,
  hosted: isSite || mandate ? undefined : { name: organization.name, suspension },
  structures: choices && { ...choices, current: organization.name },
  isAdministrator: role === 'administrator',
  territory: mandate?.territory,
  csrf,
})
