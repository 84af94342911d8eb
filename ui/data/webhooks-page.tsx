import {
  stateOfWebhook,
  type Webhook,
  type WebhookMessage,
} from '../../node/domain/structures/webhook.ts'
import { relativePast, sincePast } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { Rows } from '../admin/list.tsx'
import { ActionButton } from '../components/fields.tsx'
import { Link } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** A webhook, as the team sees it: with its token, and its last messages, the newest first. */
export type WebhookLine = Webhook & {
  token: { label: string; hasEnded: boolean }
  /** Whether this program understands the search: a condition may have gone since it was made. */
  isUnderstood: boolean
  messages: readonly WebhookMessage[]
}

export type WebhooksPageProps = AdminProps & { webhooks: WebhookLine[]; now: Temporal.Instant }

/** Lists the addresses of other programs that are told of changes, and what was sent to each. */
export function WebhooksPage({ site, session, flash, webhooks, now }: WebhooksPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.admin.webhooks
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      current={paths.tokens}
      back={{ href: paths.tokens, label: t.admin.nav.tokens }}
      {...{ site, session, flash }}
    >
      {webhooks.length === 0 && <p>{texts.none}</p>}
      <div class="stack">
        {webhooks.map((webhook) => (
          <Line webhook={webhook} csrf={session.csrf} now={now} t={t} />
        ))}
      </div>
      <p>
        {texts.how} <code>POST /api/v1/webhooks</code>. <Link href={paths.api}>{texts.api}</Link>
      </p>
    </AdminPage>
  )
}

type LineProps = { webhook: WebhookLine; csrf: string; now: Temporal.Instant; t: Messages }

function Line({ webhook, csrf, now, t }: LineProps) {
  const texts = t.admin.webhooks
  const { id, url, search, token } = webhook
  return (
    <div class="panel">
      <h2 class="address">{url.replace(/^https?:\/\//, '')}</h2>
      <p>
        {texts.search} {search === '' ? texts.wholeSearch : <code>{search}</code>}
        <br />
        {texts.madeWith(token.label)}
      </p>
      <State webhook={webhook} now={now} t={t} />
      <Sent webhook={webhook} now={now} t={t} />
      <div class="buttons">
        {!token.hasEnded && webhook.isUnderstood && webhook.stoppedAt && (
          <ActionButton action={paths.webhook(id, 'reprendre')} csrf={csrf}>
            {texts.resume}
          </ActionButton>
        )}
        {!token.hasEnded && (
          <ActionButton action={paths.webhook(id, 'tester')} csrf={csrf} quiet>
            {texts.test}
          </ActionButton>
        )}
        <Link href={paths.webhook(id, 'supprimer')}>{texts.delete}</Link>
      </div>
    </div>
  )
}

type PartProps = Omit<LineProps, 'csrf'>

function State({ webhook, now, t }: PartProps) {
  const texts = t.admin.webhooks
  const { stoppedAt, failingSince, token } = webhook
  if (token.hasEnded) return <p class="notice">{texts.ended}</p>
  if (!webhook.isUnderstood) return <p class="notice">{texts.notUnderstood}</p>
  if (stoppedAt) return <p class="notice">{texts.stopped(relativePast(stoppedAt, now, t.lang))}</p>
  if (stateOfWebhook(webhook) === 'active' || !failingSince) return null
  return <p class="notice">{texts.failing(sincePast(failingSince, now, t.lang))}</p>
}

function Sent({ webhook: { messages }, now, t }: PartProps) {
  const { col, ...texts } = t.admin.webhooks
  if (messages.length === 0) return <p>{texts.noMessage}</p>
  return (
    <details>
      <summary>{texts.messages}</summary>
      <Rows
        rows={messages}
        t={t}
        columns={[
          [col.when, (message) => relativePast(message.triedAt ?? message.createdAt, now, t.lang)],
          [col.what, (message) => texts.kind[message.kind](message.items)],
          [col.answer, (message) => answerOf(message, t)],
        ]}
      />
    </details>
  )
}

/** Returns what the receiver answered last, with the number of attempts where there was more than one. */
function answerOf({ isDelivered, status, attempts }: WebhookMessage, t: Messages): string {
  const texts = t.admin.webhooks
  if (attempts === 0) return texts.waiting
  const answer =
    status === undefined
      ? texts.noAnswer
      : isDelivered
        ? texts.delivered(status)
        : texts.status(status)
  return attempts === 1 ? answer : `${answer}, ${texts.attempts(attempts)}`
}
