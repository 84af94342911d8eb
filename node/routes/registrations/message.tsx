import { Hono, type Context as HonoContext } from 'hono'
import { draftMail, findMailTemplate } from '../../../ui/admin/mail-templates.ts'
import type { FieldMessage } from '../../../ui/components/fields.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import {
  MESSAGE_GROUPS,
  MESSAGE_MAX,
  type MessageGroup,
  MessagePage,
  type MessagePreview,
} from '../../../ui/registrations/message-page.tsx'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { whenText } from '../../domain/cafes/cafe-text.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import type { Registration } from '../../domain/registrations/registration.ts'
import { inTransaction } from '../../store/database/database.ts'
import { appendChange } from '../../store/queues/changes.ts'
import { appendMail, toOneLine } from '../../store/queues/mails.ts'
import { createRateLimiter, spend } from '../../store/queues/rate-limits.ts'
import { listJoined } from '../../store/queues/registration-notices.ts'
import { eraseDay } from '../../store/registrations/purge.ts'
import { findShares } from '../../store/structures/structure-shares.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { nameOfSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { cafeOfAddress, logSeen, readRegistrations } from './team-view.ts'

const TEMPLATE = 'registration-message'

/** A message of the team to those who come to a café, or wait: it is shown first, then one mail leaves for each. */
export function messageRoutes(context: Context) {
  const own: Own = {
    ...context,
    ofCafe: createRateLimiter(context.db, limitOf('messages to who comes')),
    ofStructure: createRateLimiter(context.db, limitOf('mails of a structure')),
  }
  return new Hono<WebEnv>()
    .get('/:id/ecrire', (c) => page(own, c))
    .post('/:id/ecrire', (c) => take(own, c))
}

type Limiter = ReturnType<typeof createRateLimiter>
type Own = Context & { ofCafe: Limiter; ofStructure: Limiter }
type Asked = HonoContext<WebEnv>
type Typed = { messages?: FieldMessage[]; preview?: MessagePreview; status?: 200 | 422 | 429 }

const GROUPS: Record<MessageGroup, readonly Registration['state'][]> = {
  coming: ['confirmed'],
  waiting: ['waiting', 'offered'],
  all: ['confirmed', 'waiting', 'offered'],
}

const inGroup = (all: readonly Registration[], group: MessageGroup) =>
  all.filter(({ state }) => GROUPS[group].includes(state))

async function page(context: Own, c: Asked, { messages = [], preview, status = 200 }: Typed = {}) {
  const cafe = await cafeOfAddress(context, c)
  const { all } = await readRegistrations(context, c.var.admin, cafe)
  const isSent = c.req.method === 'POST'
  return c.html(
    <MessagePage
      {...(await adminPropsFor(context, c))}
      {...{ cafe, messages, preview }}
      counts={{
        coming: inGroup(all, 'coming').length,
        waiting: inGroup(all, 'waiting').length,
        all: inGroup(all, 'all').length,
      }}
      values={isSent ? valuesOf(c.var.form) : { a: MESSAGE_GROUPS.coming }}
    />,
    status,
  )
}

async function take(context: Own, c: Asked) {
  const { form, admin } = c.var
  const texts = messagesFor(languageOf(c)).registrationTeam.message
  const cafe = await cafeOfAddress(context, c)
  const groups = Object.keys(MESSAGE_GROUPS) as MessageGroup[]
  const group = groups.find((one) => MESSAGE_GROUPS[one] === textOf(form, 'a'))
  const text = textOf(form, 'message').trim()
  const messages: FieldMessage[] = [
    ...(group ? [] : [{ name: 'a', message: texts.noGroup }]),
    ...(text === '' ? [{ name: 'message', message: texts.noText }] : []),
    ...(text.length > MESSAGE_MAX
      ? [{ name: 'message', message: texts.tooLong(MESSAGE_MAX) }]
      : []),
  ]
  if (!group || messages.length > 0) return page(context, c, { messages, status: 422 })
  const { all } = await readRegistrations(context, admin, cafe)
  const some = inGroup(all, group)
  const draft = await draftFor(context, cafe, text)
  if (!form.has('confirmed')) return page(context, c, { preview: previewOf(draft, some) })
  const refused = (message: string) =>
    page(context, c, { messages: [{ name: 'message', message }], status: 429 })
  if ((await spendMails(context, admin.organization.id, some)) !== undefined)
    return refused(texts.shareUsed)
  if ((await spend(context.ofCafe, cafe.id)) !== undefined) return refused(texts.tooMany)
  await send(context, { cafe, some, draft, text })
  await logSeen(context, { admin, cafe, act: 'registrations-written' })
  context.wake()
  const flash = context.config.mail ? 'done' : 'mailWaits'
  return c.redirect(withFlash(paths.registrations(cafe.id), flash), 303)
}

type Draft = ReturnType<typeof draftMail>

const draftFor = async (context: Own, cafe: Cafe, text: string): Promise<Draft> =>
  draftMail(TEMPLATE, {
    siteName: await nameOfSite(context),
    ...{ title: toOneLine(cafe.title), when: whenText(cafe), page: cafe.url, text },
  })

function previewOf({ params }: Draft, some: readonly Registration[]): MessagePreview {
  const { gap } = messagesFor('fr').team.courriels
  const { subject = '', text = '' } = findMailTemplate(TEMPLATE)?.write(params, { link: gap }) ?? {}
  return {
    ...{ subject, text },
    mails: some.filter(({ email }) => email !== undefined).length,
    accounts: some.filter(({ joinUri }) => joinUri !== undefined).length,
    toCall: some.filter(({ email, joinUri }) => email === undefined && joinUri === undefined),
  }
}

/** Takes the mails of a message from the share of a hosted structure; returns how many seconds to wait where it is used up. */
async function spendMails(
  { db, ofStructure }: Own,
  organizationId: string,
  some: readonly Registration[],
): Promise<number | undefined> {
  const shares = await findShares(db, organizationId)
  const mails = some.filter(({ email }) => email !== undefined).length
  return shares === undefined || mails === 0
    ? undefined
    : spend(ofStructure, organizationId, Math.ceil(mails / shares))
}

type Sent = { cafe: Cafe; some: readonly Registration[]; draft: Draft; text: string }

/** Appends one mail for each who has an address, and one Note for each account that joined, all or none. */
async function send({ config, db, now }: Own, { cafe, some, draft, text }: Sent): Promise<void> {
  const expiresAt = eraseDay(cafe, config).toZonedDateTime(cafe.timezone).toInstant()
  await inTransaction(db, async (trx) => {
    for (const { email: to, id: about } of some)
      if (to !== undefined) await appendMail(trx, { ...draft, to, about, expiresAt }, now())
    const joined = new Set(some.map(({ joinUri }) => joinUri))
    const accounts = (await listJoined(trx, cafe.id)).filter(({ joinUri }) => joined.has(joinUri))
    if (accounts.length === 0) return
    const lines = [whenText(cafe), ...text.split(/\r?\n/)]
    const title = `Message du lieu : ${cafe.title}`
    await appendChange(trx, { type: 'joined-told', accounts, title, lines, url: cafe.url }, now())
  })
}
