import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { Context } from '../../context.ts'
import { hostOfTarget } from '../../domain/federation/block.ts'
import type { AuditAct } from '../../domain/values/audit.ts'
import { hasKnownEmail } from '../../store/accounts/accounts.ts'
import { appendAudit, appendAuditAtMost } from '../../store/accounts/acts.ts'
import { toTarget } from '../../store/directory/blocks.ts'
import { findPeer } from '../../store/directory/peers.ts'
import { textOf } from '../http/forms.ts'
import type { SignedInEnv } from '../workspaces/access.ts'

type SiteContext = Pick<Context, 'db' | 'now'>

/** Finds what is stored of an act beside who did it: a role or a host, but no person. */
type About = (
  c: HonoContext<SignedInEnv>,
  context: SiteContext,
  part: string,
) => Promise<string> | string

const role: About = (c) => textOf(c.var.form, 'role')
/** Returns the host alone of an account, which is a person. */
const hostOf = (name: string) => (c: HonoContext<SignedInEnv>) =>
  hostOfTarget(toTarget(textOf(c.var.form, name)))
const siteOfPath: About = async (_c, { db }, id) => (await findPeer(db, id))?.host ?? ''
const nothing: About = () => ''

/** The acts by the end of the address to which a form is sent, after `/administration`. */
const ACTS: readonly [RegExp, AuditAct, About][] = [
  [/^\/equipe\/invitations$/, 'member-invited', role],
  [/^\/equipe\/invitations\/([^/]+)\/retirer$/, 'invitation-withdrawn', nothing],
  [/^\/equipe\/([^/]+)\/role$/, 'role-changed', role],
  [/^\/equipe\/([^/]+)\/retirer$/, 'member-removed', nothing],
  [/^\/jetons$/, 'token-made', nothing],
  [/^\/jetons\/([^/]+)\/revoquer$/, 'token-ended', nothing],
  [/^\/compte\/mot-de-passe$/, 'password-changed', nothing],
  [/^\/compte\/sans-mot-de-passe$/, 'password-removed', nothing],
  [/^\/compte\/second-facteur\/confirmer$/, 'factor-added', nothing],
  [/^\/compte\/second-facteur\/codes$/, 'factor-codes-made', nothing],
  [/^\/compte\/second-facteur\/retirer$/, 'factor-removed', nothing],
  [/^\/equipe\/second-facteur$/, 'settings-changed', nothing],
  [/^\/equipe\/([^/]+)\/second-facteur$/, 'factor-reset', nothing],
  [/^(?:\/referents)?\/reglages$/, 'settings-changed', nothing],
  [/^\/reseau\/rejoindre$/, 'directory-joined', nothing],
  [/^\/reseau\/invitations$/, 'code-made', nothing],
  [/^\/reseau\/blocages$/, 'site-blocked', hostOf('block.domain')],
  [/^\/reseau\/blocages\/liste\/appliquer$/, 'block-list-taken', nothing],
  [/^\/reseau\/blocages\/lever$/, 'site-unblocked', hostOf('target')],
  [/^\/reseau\/([^/]+)\/accepter$/, 'site-admitted', siteOfPath],
  [/^\/reseau\/([^/]+)\/refuser$/, 'site-refused', siteOfPath],
  [/^\/reseau\/([^/]+)\/arreter$/, 'site-stopped', siteOfPath],
  [/^\/reseau\/([^/]+)\/bloquer$/, 'site-blocked', siteOfPath],
]

/**
 * Records what a member of the team has done successfully by a form. A form that is shown again has done nothing. What
 * referents do about their own account is not recorded: their names are kept nowhere for longer than their mandate.
 */
export function logActs(context: SiteContext): MiddlewareHandler<SignedInEnv> {
  return async (c, next) => {
    const path = c.req.path.replace(/^\/administration/, '')
    const isAct = c.req.method === 'POST' && c.var.admin !== undefined
    const found = isAct ? ACTS.find(([pattern]) => pattern.test(path)) : undefined
    if (!found) return next()
    const [pattern, act, aboutOf] = found
    // These are read before the act, since a person who leaves, or a site that is removed, has no name after it.
    const { account } = c.var.signedIn
    const who = account.name || (hasKnownEmail(account) ? account.email : '')
    const about = await aboutOf(c, context, pattern.exec(path)?.[1] ?? '')
    await next()
    if ([200, 303].includes(c.res.status))
      await appendAudit(context.db, { who, act, about }, context.now())
  }
}

/** Records that a network was refused for wrong passwords; no account is named. */
export const logRefusedSignIn = ({ db, now }: SiteContext): Promise<void> =>
  appendAuditAtMost(db, { who: '', act: 'sign-in-refused', about: '' }, now())
