import { Hono, type Context as HonoContext } from 'hono'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { inputFor } from '../../../ui/cafes/form.tsx'
import { type FieldMessage, messagesOf } from '../../../ui/components/fields.tsx'
import { NoticePage } from '../../../ui/components/notice-page.tsx'
import type { TownChoice } from '../../../ui/forms/form-field.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { SuggestionFormPage } from '../../../ui/suggestions/form-page.tsx'
import type { Context } from '../../context.ts'
import { LIMITS, limitOf } from '../../domain/limits/limits.ts'
import type { SuggestedFields } from '../../domain/suggestions/suggestion.ts'
import { isEmail } from '../../domain/values/contact.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { townChoicesOf } from '../../geo/places.ts'
import { toEmail } from '../../store/accounts/accounts.ts'
import { inTransaction } from '../../store/database/database.ts'
import { appendMail, countMailsTo, toOneLine } from '../../store/queues/mails.ts'
import { countSuggested, saveSuggestion } from '../../store/suggestions/suggestions.ts'
import { assertSameOrigin, LONG_FORM_BYTES, limitBody, readForm, textOf } from '../http/forms.ts'
import { addressOf } from '../http/middleware.ts'
import { createVisitorLimit } from '../http/rate-limit.ts'
import { findSite } from '../http/site.ts'
import { checkSignedForm, signForm } from '../registrations/signed-form.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { ownSuggestionRoutes } from './own-link.tsx'
import { decideSuggestion, readSuggestion } from './read-form.ts'

/** « Proposer un café », for who has no site and no account. The answer does not say whether an address is known. */
export function suggestionRoutes(context: Context) {
  const own: Own = { ...context, byNetwork: createVisitorLimit(context.db, limitOf('suggestions')) }
  return new Hono<WebEnv>()
    .get(paths.suggest, (c) => page(own, c, { typed: {}, email: '' }))
    .post(paths.suggest, limitBody(LONG_FORM_BYTES), (c) => take(own, c))
    .route('/', ownSuggestionRoutes(context))
}

type Own = Context & { byNetwork: ReturnType<typeof createVisitorLimit> }
type Asked = HonoContext<WebEnv>

async function take(context: Own, c: Asked) {
  const { config, db, now, byNetwork } = context
  c.header('Cache-Control', 'no-store')
  assertSameOrigin(c, config)
  const form = await readForm(c)
  const email = textOf(form, 'courriel').trim()
  const typed = readSuggestion(form)
  const signature = textOf(form, 'signature')
  const { lang } = await findSite(context, c)
  const t = messagesFor(lang)
  const texts = t.suggestion.form
  const refuse = (message: string, status: 422 | 429) =>
    page(context, c, { typed, email, signature, messages: [{ name: 'title', message }] }, status)
  if (!config.mail) return page(context, c, { typed, email }, 422)
  const { problems = [], choices } = decideSuggestion(typed, { now: now() })
  const messages = [
    ...messagesOf(problems, t, inputFor),
    ...(isEmail(toEmail(email)) ? [] : [{ name: 'courriel', message: texts.emailWrong }]),
  ]
  const towns = choices && townChoicesOf(choices)
  if (messages.length > 0)
    return page(context, c, { typed, email, signature, messages, towns }, 422)
  const signed = await checkSignedForm(db, signature, now())
  if (signed !== 'right' || textOf(form, 'site_web') !== '') return refuse(texts.tooFast, 422)
  const wait = await byNetwork(addressOf(c.env?.incoming, config))
  if (wait !== undefined) {
    c.header('Retry-After', String(wait))
    return refuse(texts.tooMany, 429)
  }
  if ((await countSuggested(db, now())) >= LIMITS['suggestions that wait'].points)
    return refuse(texts.queueFull, 429)
  await askForProof(context, { email, typed })
  return sentPage(context, c)
}

/** Stores what was typed, and mails the link by which the owner of the address confirms it. */
async function askForProof(
  { db, now, wake }: Own,
  { email, typed }: { email: string; typed: SuggestedFields },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const template = 'suggestion-proof'
    const since = now().subtract({ hours: 24 })
    const sent = await countMailsTo(trx, { to: email, template, since })
    // The answer is the same, since it would say that somebody has typed that address.
    if (sent >= LIMITS['suggestion mails'].points) return
    const { id, title } = await saveSuggestion(trx, { email, typed }, now())
    const expiresAt = now().add({ hours: 24 * RETENTION_DAYS.unprovenSuggestion })
    const draft = draftMail(template, { title: toOneLine(title), siteName: '' })
    await appendMail(trx, { ...draft, to: email, about: id, expiresAt }, now())
  })
  wake()
}

async function sentPage(context: Own, c: Asked) {
  const site = await findSite(context, c)
  const texts = messagesFor(site.lang).suggestion.form
  return c.html(
    <NoticePage
      site={site}
      title={texts.sentTitle}
      text={texts.sent}
      isDone
      back={{ href: paths.suggest, label: texts.another }}
    >
      <p>{texts.sentHint}</p>
    </NoticePage>,
  )
}

type Shown = {
  typed: SuggestedFields
  email: string
  signature?: string
  messages?: FieldMessage[]
  towns?: readonly TownChoice[] | undefined
}

async function page(
  context: Own,
  c: Asked,
  { typed, email, signature = '', messages = [], towns }: Shown,
  status: 200 | 422 | 429 = 200,
) {
  const { db, now, config } = context
  c.header('Cache-Control', 'no-store')
  // A form that was sent too early keeps its signature, so that sending it again is in time.
  const isKept = signature !== '' && (await checkSignedForm(db, signature, now())) !== 'too-old'
  return c.html(
    <SuggestionFormPage
      site={await findSite(context, c)}
      values={{ 'venue.id': '', ...typed, courriel: email }}
      {...{ messages, towns }}
      mailWorks={config.mail !== undefined}
      signature={isKept ? signature : await signForm(db, now())}
    />,
    status,
  )
}
