import { Hono, type Context as HonoContext } from 'hono'
import {
  SecondStepPage,
  type SecondStepPageProps,
} from '../../../ui/accounts/second-factor-pages.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import { isFactorReadable, takeCode } from '../../store/accounts/second-factors.ts'
import { createSessionByCode, findSecondStep } from '../../store/accounts/sessions.ts'
import { inTransaction } from '../../store/database/database.ts'
import { loadSiteKey } from '../../store/files/site-key.ts'
import { createRateLimiter, spend } from '../../store/queues/rate-limits.ts'
import { assertSameOrigin, LONG_FORM_BYTES, limitBody, readForm, textOf } from '../http/forms.ts'
import { csrfTokenOf } from '../http/session-cookie.ts'
import { findSite } from '../http/site.ts'
import { returnPath, type WebEnv } from '../workspaces/access.ts'
import { pendingFormPage, readPendingForm } from '../workspaces/pending-form.tsx'
import { logRefusedSignIn } from './audit.ts'
import { openSessionBy } from './open-session.ts'

/** Limits how often codes of one account are tried, wherever they are typed. */
export type CodeLimit = {
  /** Counts one; returns after how many seconds another may be tried, undefined where this one may. */
  begin: (accountId: string) => Promise<number | undefined>
  /** Forgets what was counted, after a right one. */
  succeed: (accountId: string) => Promise<unknown>
}

/** The limit of each site, since what is counted in memory belongs to one limiter. */
const limits = new WeakMap<Context['db'], CodeLimit>()

/** Returns the limit of this site: the pages to sign in and of the account count together. */
export function codeLimitOf({ db }: Pick<Context, 'db'>): CodeLimit {
  const known = limits.get(db) ?? createCodeLimit(db)
  limits.set(db, known)
  return known
}

function createCodeLimit(db: Context['db']): CodeLimit {
  const limiter = createRateLimiter(db, limitOf('second factor'))
  return {
    begin: (accountId) => spend(limiter, accountId),
    succeed: (accountId) => limiter.delete(accountId),
  }
}

/** Tries a code of an account that is known already, within the limit. */
export async function tryCode(
  { db, config, codes, now }: Context & { codes: CodeLimit },
  { accountId, code }: { accountId: string; code: string },
): Promise<'right' | 'wrong' | 'unreadable' | 'wait'> {
  if ((await codes.begin(accountId)) !== undefined) return 'wait'
  const key = await loadSiteKey(config.data)
  if (!(await inTransaction(db, (trx) => takeCode(trx, { accountId, code, key }, now()))))
    return (await isFactorReadable(db, { accountId, key })) ? 'wrong' : 'unreadable'
  await codes.succeed(accountId)
  return 'right'
}

type Asked = HonoContext<WebEnv>
type Own = Context & { codes: CodeLimit }

/** The second step of signing in: a code, after the password or the mailed link. */
export const secondStepRoutes = (context: Own) =>
  new Hono<WebEnv>()
    .get('/', (c) => c.redirect(paths.signIn))
    .post('/', limitBody(LONG_FORM_BYTES), (c) => takeStep(context, c))

/** Asks for the code; what was typed before goes with it. */
export const secondStepPage = async (
  context: Context,
  c: Asked,
  shown: Omit<SecondStepPageProps, 'site'>,
) =>
  c.html(
    <SecondStepPage site={await findSite(context, c)} {...shown} />,
    shown.problem === undefined ? 200 : shown.problem === 'wait' ? 429 : 422,
  )

async function takeStep(context: Own, c: Asked) {
  const { db, config, codes, now } = context
  assertSameOrigin(c, config)
  const form = await readForm(c)
  const step = textOf(form, 'step')
  const returnTo = returnPath(textOf(form, 'retour'))
  const pendingForm = textOf(form, 'kept') || undefined
  const shown = { step, returnTo, pendingForm }
  const accountId = await findSecondStep(db, step, now())
  if (accountId === undefined)
    return secondStepPage(context, c, { ...shown, step: undefined, problem: 'over' })
  const wait = await codes.begin(accountId)
  if (wait !== undefined) {
    await logRefusedSignIn(context)
    c.header('Retry-After', String(wait))
    return secondStepPage(context, c, { ...shown, problem: 'wait' })
  }
  const code = textOf(form, 'code')
  const key = await loadSiteKey(config.data)
  const opened = await openSessionBy(c, context, (userAgent) =>
    createSessionByCode(db, { step, code, key, userAgent }, now()),
  )
  if (!opened) {
    const problem = (await isFactorReadable(db, { accountId, key })) ? 'wrong' : 'unreadable'
    return secondStepPage(context, c, { ...shown, problem })
  }
  await codes.succeed(accountId)
  const waiting = pendingForm && readPendingForm(pendingForm)
  if (!waiting) return c.redirect(returnTo, 303)
  return pendingFormPage(c, context, { pendingForm: waiting, csrf: csrfTokenOf(opened.token) })
}
