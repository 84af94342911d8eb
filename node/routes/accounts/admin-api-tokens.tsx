import { Hono, type Context as HonoContext } from 'hono'
import { TOKEN_LABEL_MAX, TokensPage } from '../../../ui/accounts/api-tokens-page.tsx'
import { ConfirmActionPage } from '../../../ui/admin/confirm-action-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { readScopes } from '../../domain/structures/token-scope.ts'
import { readDay } from '../../domain/values/days.ts'
import { DomainError } from '../../domain/values/errors.ts'
import {
  type ApiToken,
  createToken,
  listTokens,
  revokeToken,
} from '../../store/accounts/api-tokens.ts'
import { problemsOfText } from '../http/contact-form.ts'
import { readFlash, withFlash } from '../http/flash.ts'
import { textOf, textsOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { refusalOf } from '../workspaces/refusals.ts'

/** The tokens that let other programs announce cafés in this structure's name. */
export const tokenRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', async (c) =>
      c.html(<TokensPage {...(await findProps(context, c))} flash={readFlash(c)} />),
    )
    .post('/', (c) => addToken(context, c))
    .get('/:id/revoquer', (c) => askRevocation(context, c, c.req.param('id')))
    .post('/:id/revoquer', async (c) => {
      const { id } = await findToken(context, c, c.req.param('id'))
      const organizationId = c.var.admin.organization.id
      await revokeToken(context.db, { id, organizationId }, context.now())
      return c.redirect(withFlash(paths.tokens, 'done'), 303)
    })

type Asked = HonoContext<WebEnv>

const findProps = async (context: Context, c: Asked) => ({
  ...(await adminPropsFor(context, c)),
  tokens: (await listTokens(context.db, c.var.admin.organization.id)).filter(
    ({ revokedAt }) => revokedAt === undefined,
  ),
  now: context.now(),
})

async function addToken(context: Context, c: Asked) {
  const { admin, form } = c.var
  const label = textOf(form, 'label')
  const { end: expiresAt, isWrong } = readEnd(form, context.now())
  const lang = languageOf(c)
  const { endWrong, scopeWrong } = messagesFor(lang).admin.tokens
  const scopes = readScopes(textsOf(form, 'scope'))
  const messages = [
    ...problemsOfText('label', label, TOKEN_LABEL_MAX, lang),
    ...(scopes.length === 0 ? [{ name: 'scope', message: scopeWrong }] : []),
    ...(isWrong ? [{ name: 'endsOn', message: endWrong }] : []),
  ]
  const values = { label, scope: scopes, endsOn: textOf(form, 'endsOn') }
  if (messages.length > 0)
    return c.html(<TokensPage {...(await findProps(context, c))} {...{ values, messages }} />, 422)
  const organizationId = admin.organization.id
  const made = { organizationId, label, scopes, accountId: admin.account.id, expiresAt }
  const { token } = await createToken(context.db, made, context.now())
  // The token is shown in this answer alone: no address leads to it again.
  return c.html(<TokensPage {...(await findProps(context, c))} created={token} />)
}

/** Reads the end that a person chose: the first moment after that day in France; undefined for none. */
function readEnd(
  form: FormData,
  now: Temporal.Instant,
): { end?: Temporal.Instant | undefined; isWrong: boolean } {
  const text = textOf(form, 'endsOn')
  if (text === '') return { isWrong: false }
  const end = readDay(text)?.add({ days: 1 }).toZonedDateTime('Europe/Paris').toInstant()
  return { end, isWrong: !end || Temporal.Instant.compare(end, now) <= 0 }
}

async function findToken({ db }: Context, c: Asked, id: string): Promise<ApiToken> {
  const tokens = await listTokens(db, c.var.admin.organization.id)
  const token = tokens.find((one) => one.id === id)
  if (!token) throw refusalOf('token')
  if (token.revokedAt) throw new DomainError('gone', 'accounts.token_gone')
  return token
}

async function askRevocation(context: Context, c: Asked, id: string) {
  const token = await findToken(context, c, id)
  return c.html(
    <ConfirmActionPage
      {...(await adminPropsFor(context, c))}
      from={paths.tokens}
      action={paths.revokeToken(token.id)}
      question={(texts) => ({ ...texts.token, title: texts.token.title(token.label) })}
    />,
  )
}
