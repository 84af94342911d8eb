import { Hono, type Context as HonoContext } from 'hono'
import type { AccountFrameProps } from '../../../ui/accounts/account-frame.tsx'
import type { AccountPageProps } from '../../../ui/accounts/account-page.tsx'
import {
  type CodeProblem,
  NewFactorPage,
  RecoveryCodesPage,
} from '../../../ui/accounts/second-factor-pages.tsx'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { qrSvg } from '../../formats/images/qr.ts'
import { type Account, hasKnownEmail } from '../../store/accounts/accounts.ts'
import {
  confirmSecondFactor,
  deleteSecondFactor,
  factorAddress,
  findNewSecret,
  insertSecondFactor,
  isFactorRequired,
  replaceRecoveryCodes,
} from '../../store/accounts/second-factors.ts'
import { type Database, inTransaction } from '../../store/database/database.ts'
import { loadSiteKey } from '../../store/files/site-key.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import type { SignedInEnv } from '../workspaces/access.ts'
import { type CodeLimit, tryCode } from './second-step.tsx'

type Asked = HonoContext<SignedInEnv>

/** What the account's page gives to its part about the second factor. */
type Own = Context & {
  codes: CodeLimit
  findFrame: (c: Asked) => Promise<AccountFrameProps>
  showProblems: (c: Asked, problems: AccountPageProps['problems']) => Promise<Response>
  /** Checks the password, where the account has one. */
  tryPassword: (c: Asked) => Promise<'right' | 'wrong' | 'wait'>
}

/** How one adds a second factor to one's account, makes new recovery codes, and removes it. */
export const secondFactorRoutes = (own: Own) =>
  new Hono<SignedInEnv>()
    .get('/', (c) => c.redirect(`${paths.account}#second-facteur`))
    .post('/', (c) => begin(own, c))
    .post('/confirmer', (c) => confirm(own, c))
    .post('/codes', (c) => renewCodes(own, c))
    .post('/retirer', (c) => end(own, c))

async function begin(own: Own, c: Asked) {
  const { account } = c.var.signedIn
  const tried = account.hasPassword ? await own.tryPassword(c) : 'right'
  if (tried !== 'right')
    return own.showProblems(c, [tried === 'wait' ? 'factorWait' : 'factorPassword'])
  const keyed = { accountId: account.id, key: await loadSiteKey(own.config.data) }
  if (!(await insertSecondFactor(own.db, keyed, own.now())))
    return c.redirect(`${paths.account}#second-facteur`, 303)
  return newFactorPage(own, c)
}

/** Shows the secret that was just made, which is on no other page: whoever tries codes there has read it. */
async function newFactorPage(own: Own, c: Asked, problem?: CodeProblem) {
  const { account } = c.var.signedIn
  const key = await loadSiteKey(own.config.data)
  const secret = await findNewSecret(own.db, { accountId: account.id, key })
  if (secret === undefined) return c.redirect(`${paths.account}#second-facteur`, 303)
  const frame = await own.findFrame(c)
  const qr = qrSvg(factorAddress(secret, { siteName: frame.site.name, email: account.email }))
  return c.html(<NewFactorPage {...{ ...frame, secret, qr, problem }} />, problem ? 422 : 200)
}

async function confirm(own: Own, c: Asked) {
  const { db, config, codes, now } = own
  const key = await loadSiteKey(config.data)
  const { account } = c.var.signedIn
  const code = textOf(c.var.form, 'code')
  const made = await inTransaction(db, async (trx) => {
    const recovery = await confirmSecondFactor(trx, { accountId: account.id, code, key }, now())
    if (recovery) await notify(own, c, { trx, what: 'on' })
    return recovery
  })
  if (!made) return newFactorPage(own, c, 'wrong')
  // What was tried of an earlier secret says nothing of this one.
  await codes.succeed(account.id)
  own.wake()
  return c.html(<RecoveryCodesPage {...(await own.findFrame(c))} codes={made} />)
}

const CODE_PROBLEMS = {
  wrong: 'codeWrong',
  unreadable: 'codeUnreadable',
  wait: 'codeWait',
} as const

async function renewCodes(own: Own, c: Asked) {
  const accountId = c.var.signedIn.account.id
  const tried = await tryCode(own, { accountId, code: textOf(c.var.form, 'code') })
  if (tried !== 'right') return own.showProblems(c, [CODE_PROBLEMS[tried]])
  const made = await inTransaction(own.db, async (trx) => {
    await notify(own, c, { trx, what: 'codes' })
    return replaceRecoveryCodes(trx, accountId)
  })
  own.wake()
  return c.html(<RecoveryCodesPage {...(await own.findFrame(c))} codes={made} />)
}

async function end(own: Own, c: Asked) {
  const accountId = c.var.signedIn.account.id
  if (await isFactorRequired(own.db))
    throw new DomainError('forbidden', 'accounts.second_factor_required')
  const tried = await tryCode(own, { accountId, code: textOf(c.var.form, 'code') })
  if (tried !== 'right') return own.showProblems(c, [CODE_PROBLEMS[tried]])
  await inTransaction(own.db, async (trx) => {
    await deleteSecondFactor(trx, accountId)
    await notify(own, c, { trx, what: 'off' })
  })
  own.wake()
  return c.redirect(withFlash(paths.account, 'done'), 303)
}

async function notify(
  own: Own,
  c: Asked,
  { trx, what }: { trx: Database; what: 'on' | 'off' | 'codes' },
): Promise<void> {
  const { site } = await own.findFrame(c)
  await enqueueFactorMail(trx, own, { account: c.var.signedIn.account, siteName: site.name, what })
}

/** Tells the person of an account what became of its second factor, so that a stranger does nothing unseen. */
export async function enqueueFactorMail(
  trx: Database,
  { config, now }: Pick<Context, 'config' | 'now'>,
  said: {
    account: Pick<Account, 'email'>
    siteName: string
    what: 'on' | 'off' | 'codes' | 'reset'
  },
): Promise<void> {
  const { account, siteName, what } = said
  if (!config.mail || !hasKnownEmail(account)) return
  const mail = draftMail('second-factor', {
    siteName,
    what,
    contact: config.origin + paths.contact,
  })
  await appendMail(
    trx,
    { to: account.email, ...mail, expiresAt: now().add({ hours: 7 * 24 }) },
    now(),
  )
}
