import { Hono, type Context as HonoContext } from 'hono'
import { ConfirmActionPage } from '../../../ui/admin/confirm-action-page.tsx'
import { type WebhookLine, WebhooksPage } from '../../../ui/data/webhooks-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Webhook } from '../../domain/structures/webhook.ts'
import { type ApiToken, listTokens } from '../../store/accounts/api-tokens.ts'
import { inTransaction } from '../../store/database/database.ts'
import { listMessages } from '../../store/webhooks/messages.ts'
import { markWebhookResumed } from '../../store/webhooks/stopped-webhooks.ts'
import { deleteWebhook, listWebhooks } from '../../store/webhooks/webhooks.ts'
import { readFlash, withFlash } from '../http/flash.ts'
import { needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { refusalOf } from '../workspaces/refusals.ts'
import { appendTest } from './test-message.ts'
import { readWebhookSearch } from './webhook-search.ts'

/** What the team sees of the webhooks that programs made with its tokens, and does with them. */
export const webhookPages = (context: Context) =>
  new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', async (c) =>
      c.html(
        <WebhooksPage
          {...(await adminPropsFor(context, c))}
          flash={readFlash(c)}
          webhooks={await findLines(context, c.var.admin.organization.id)}
          now={context.now()}
        />,
      ),
    )
    .post('/:id/tester', async (c) => {
      const webhook = await webhookOf(context, c)
      await inTransaction(context.db, (trx) => appendTest(trx, webhook, context.now()))
      context.wake()
      return c.redirect(withFlash(paths.webhooks, 'webhookTested'), 303)
    })
    .post('/:id/reprendre', async (c) => {
      const { id } = await webhookOf(context, c)
      await inTransaction(context.db, (trx) => markWebhookResumed(trx, id, context.now()))
      context.wake()
      return c.redirect(withFlash(paths.webhooks, 'done'), 303)
    })
    .get('/:id/supprimer', (c) => askDeletion(context, c))
    .post('/:id/supprimer', async (c) => {
      const { id } = await webhookOf(context, c)
      await deleteWebhook(context.db, id)
      return c.redirect(withFlash(paths.webhooks, 'done'), 303)
    })

type Asked = HonoContext<WebEnv>

async function findLines({ db, now }: Context, organizationId: string): Promise<WebhookLine[]> {
  const found = await listWebhooks(db, { organizationId })
  const ids = found.map(({ id }) => id)
  const messages = Map.groupBy(await listMessages(db, ids), ({ webhookId }) => webhookId)
  const tokens = new Map((await listTokens(db, organizationId)).map((one) => [one.id, one]))
  return found.flatMap((webhook) => {
    const token = tokens.get(webhook.tokenId)
    if (!token) return []
    const { label } = token
    const shown = { label, hasEnded: hasEnded(token, now()) }
    const isUnderstood = readWebhookSearch(webhook.search, now()) !== undefined
    const sent = messages.get(webhook.id) ?? []
    return [{ ...webhook, token: shown, isUnderstood, messages: sent }]
  })
}

const hasEnded = ({ revokedAt, expiresAt }: ApiToken, now: Temporal.Instant): boolean =>
  revokedAt !== undefined ||
  (expiresAt !== undefined && Temporal.Instant.compare(expiresAt, now) <= 0)

/**
 * Finds a webhook of one's own structure.
 * @throws DomainError gone for another structure's, as for one that was deleted.
 */
async function webhookOf({ db }: Context, c: Asked): Promise<Webhook> {
  const found = await listWebhooks(db, { organizationId: c.var.admin.organization.id })
  const webhook = found.find(({ id }) => id === c.req.param('id'))
  if (!webhook) throw refusalOf('webhook')
  return webhook
}

async function askDeletion(context: Context, c: Asked) {
  const { id, url } = await webhookOf(context, c)
  return c.html(
    <ConfirmActionPage
      {...(await adminPropsFor(context, c))}
      from={paths.webhooks}
      action={paths.webhook(id, 'supprimer')}
      about={url}
      question={(texts) => texts.webhook}
    />,
  )
}
