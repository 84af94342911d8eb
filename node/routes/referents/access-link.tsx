import { Hono, type Context as HonoContext } from 'hono'
import type { FieldMessage } from '../../../ui/components/fields.tsx'
import { paths } from '../../../ui/paths.ts'
import {
  ReferentAccessPage,
  type ReferentAccessPageProps,
} from '../../../ui/referents/mandate-pages.tsx'
import type { Context } from '../../context.ts'
import type { Referent } from '../../domain/referents/referent.ts'
import type { DeadLink } from '../../domain/values/link.ts'
import { findAccountByEmail } from '../../store/accounts/accounts.ts'
import {
  findReferentByLink,
  joinAsReferent,
  type LinkedReferent,
} from '../../store/referents/accounts.ts'
import { readNewPassword } from '../accounts/new-password.ts'
import { openSession } from '../accounts/open-session.ts'
import { assertSameOrigin, limitBody, readForm } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import { nameOfCode } from '../http/territory-links.ts'
import { findSignedIn, type WebEnv } from '../workspaces/access.ts'
import type { CodeReader } from './mandate-code.ts'

const ACCESS = 'referent-access'

/**
 * The link that opens the administration of a referent, once. Whose mandate has a code gives it too: the team that hands
 * the link over could open it first.
 */
export const accessLinkRoutes = (own: Own) =>
  new Hono<WebEnv>()
    .use('/referents/acces/*', withSecretAddress())
    .get('/referents/acces/:token', async (c) => {
      const referent = await findAppointed(own, c)
      return 'dead' in referent ? deadLink(own, c, ACCESS, referent) : accessPage(own, c, referent)
    })
    .post('/referents/acces/:token', limitBody(), (c) => enter(own, c))

type Own = Context & { readCode: CodeReader }
type Asked = HonoContext<WebEnv>

async function findAppointed(
  { db, now }: Own,
  c: Asked,
): Promise<LinkedReferent | { dead: DeadLink }> {
  const link = { token: c.req.param('token') ?? '', purpose: ACCESS } as const
  const referent = await findReferentByLink(db, link, now())
  if ('dead' in referent || referent.state === 'appointed') return referent
  return { dead: 'unknown' }
}

/** Finds whether the address of a mandate has an account, and whether it is the one that is signed in here. */
async function findHolder(context: Own, c: Asked, { email = '' }: Referent) {
  const known = await findAccountByEmail(context.db, email)
  const signedIn = known && (await findSignedIn(c, context))
  if (signedIn && signedIn.account.id === known.id) return { account: 'own', signedIn } as const
  return { account: known ? 'other' : 'none', signedIn: undefined } as const
}

async function enter(context: Own, c: Asked) {
  const { db, config, now, readCode } = context
  assertSameOrigin(c, config)
  const form = await readForm(c)
  const referent = await findAppointed(context, c)
  if ('dead' in referent) return deadLink(context, c, ACCESS, referent)
  const token = c.req.param('token') ?? ''
  const { account, signedIn } = await findHolder(context, c, referent)
  // The link opens no existing account: its owner accepts the mandate while signed in.
  if (account === 'other') return accessPage(context, c, referent)
  if (referent.codeMadeAt) {
    const read = await readCode(form, { id: referent.id, lang: languageOf(c) })
    if (!('code' in read)) return accessPage(context, c, referent, { code: read.messages })
  }
  const usedMeanwhile = () => deadLink(context, c, ACCESS, { dead: 'used' })
  if (signedIn) {
    const by = { accountId: signedIn.account.id }
    const joined = await joinAsReferent(db, { token, referent, by }, now())
    return joined ? c.redirect(paths.referentDashboard, 303) : usedMeanwhile()
  }
  const { password, problems } = readNewPassword(form)
  if (problems.length > 0) return accessPage(context, c, referent, { problems })
  const joined = await joinAsReferent(db, { token, referent, by: { password } }, now())
  if (!joined) return usedMeanwhile()
  await openSession(c, context, joined.accountId)
  return c.redirect(paths.referentDashboard, 303)
}

type Wrong = { problems?: ReferentAccessPageProps['problems']; code?: FieldMessage[] }

async function accessPage(
  context: Own,
  c: Asked,
  referent: LinkedReferent,
  { problems = [], code = [] }: Wrong = {},
) {
  const { account } = await findHolder(context, c, referent)
  return c.html(
    <ReferentAccessPage
      site={await findSite(context, c)}
      token={c.req.param('token') ?? ''}
      territory={nameOfCode(referent.territory)}
      email={referent.email ?? ''}
      account={account}
      problems={problems}
      code={referent.codeMadeAt && code}
    />,
    problems.length + code.length > 0 ? 422 : 200,
  )
}
