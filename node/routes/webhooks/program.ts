import { Hono, type Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import {
  MOST_WEBHOOKS,
  stateOfWebhook,
  type Webhook,
  type WebhookMessage,
} from '../../domain/structures/webhook.ts'
import { orNull } from '../../store/database/columns.ts'
import { loadSiteKey } from '../../store/files/site-key.ts'
import { findMark } from '../../store/search/changed-cafes.ts'
import { listMessages } from '../../store/webhooks/messages.ts'
import {
  deleteWebhook,
  insertWebhook,
  listWebhooks,
  secretOfWebhook,
} from '../../store/webhooks/webhooks.ts'
import { type ApiEnv, requireOwn, requireReader, requireWriter } from '../api/access.ts'
import { privateJson } from '../api/answers.ts'
import { writeJson } from '../api/cafes/cafe-writes.ts'
import {
  describeRead,
  describeSchema,
  describeWrite,
  jsonOf,
  pathParameter,
  refusals,
} from '../api/documentation.ts'
import { toProblems } from '../api/problems.ts'
import type { RequestLimits } from '../api/request-limits.ts'
import { hasDryRun, jsonAnswer, type WriteScope, type Written, write } from '../api/writes.ts'
import { appendTest } from './test-message.ts'
import { readWebhookSearch } from './webhook-search.ts'

const WEBHOOK_ID = pathParameter('id', 'The `id` of a webhook')

const WebhookInput = z
  .strictObject({
    url: z
      .string('required')
      .min(1, 'required')
      .max(2000, 'too_long')
      .describe('An https address of a public server, to which messages are posted'),
    search: z
      .string('invalid')
      .max(1000, 'too_long')
      .optional()
      .describe(
        'The conditions of the address of a search, as `territory=35&mode=online`, with the parameters of `/cafes` or of a page; without it, cafés to come that are open to everyone',
      ),
  })
  .meta({ id: 'WebhookInput' })

const MessageJson = z
  .object({
    id: z.string().describe('The header `webhook-id`'),
    kind: z.enum(['changes', 'restart', 'test']),
    items: z.int().describe('How many cafés it names'),
    createdAt: z.iso.datetime(),
    attempts: z.int(),
    triedAt: z.iso.datetime().nullable(),
    status: z.int().nullable().describe('Of the last answer; null where none came'),
    error: z.string().nullable(),
    state: z.enum(['waiting', 'delivered', 'failed']),
  })
  .meta({ id: 'WebhookMessage' })

const WebhookJson = z
  .object({
    id: z.string(),
    url: z.string(),
    search: z.string(),
    secret: z
      .string()
      .optional()
      .describe('`whsec_…`, with which each message is signed; in the answer that makes it only'),
    state: z
      .enum(['active', 'failing', 'stopped'])
      .describe('A stopped one failed for seven days, and goes on once the team resumes it'),
    failingSince: z.iso.datetime().nullable(),
    stoppedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    messages: z.array(MessageJson).describe('The last ones, the newest first'),
  })
  .meta({ id: 'Webhook' })

const WebhooksJson = z.object({ items: z.array(WebhookJson) }).meta({ id: 'Webhooks' })

const LIST = describeRead({
  id: 'listWebhooks',
  summary: 'The webhooks of your token, with their last messages',
  ...{ scope: 'webhooks', isOwn: true },
  responses: { 200: jsonOf(WebhooksJson, 'All of them'), ...refusals(401) },
})

const CREATE = describeWrite({
  id: 'createWebhook',
  scope: 'webhooks',
  summary: 'Be told of what changes in a search',
  description: `From now on each change is posted to the address within seconds, signed as Standard Webhooks say (headers \`webhook-id\`, \`webhook-timestamp\`, \`webhook-signature\`): \`{"type":"cafes.changed","timestamp":"…","data":{"webhook":"…","search":"…","changed":[Cafe],"removed":[{"id","deletedAt"}]}}\`. What is answered with a 2xx status within nine seconds has arrived. All else is sent again, later each time, with the same \`webhook-id\`; messages follow one another, and after seven days without an answer the webhook stops. \`cafes.restart\` says that a copy has to be made anew. It ends with its token. At most ${MOST_WEBHOOKS} for one structure.`,
  body: {
    required: true,
    content: { 'application/json': { schema: describeSchema(WebhookInput) } },
  },
  responses: {
    200: jsonOf(WebhookJson, 'A dry run'),
    201: jsonOf(WebhookJson, 'Made, with its secret'),
    ...refusals(400, 401, 409, 413, 415, 422),
  },
})

const DELETE = describeWrite({
  id: 'deleteWebhook',
  scope: 'webhooks',
  summary: 'Delete a webhook with its messages',
  parameters: [WEBHOOK_ID],
  responses: { 204: { description: 'Deleted' }, ...refusals(400, 401, 404) },
})

const TEST = describeWrite({
  id: 'testWebhook',
  scope: 'webhooks',
  summary: 'Send a signed message of the type `webhook.test`',
  description: 'Within seconds, once; how it went is in the list.',
  parameters: [WEBHOOK_ID],
  responses: { 200: jsonOf(WebhookJson, 'It waits'), ...refusals(400, 401, 404) },
})

type Asked = HonoContext<ApiEnv>

/** The routes by which a program makes, tests and deletes its webhooks. */
export const webhookWrites = (context: Context, limits: RequestLimits) => {
  const gate = requireWriter(context, limits, { scope: 'webhooks' })
  const own = requireOwn(context, 'webhook')
  return new Hono<ApiEnv>()
    .get('/webhooks', LIST, requireReader(context, 'webhooks'), async (c) => {
      const found = await listWebhooks(context.db, ofToken(c))
      const ids = found.map(({ id }) => id)
      const messages = Map.groupBy(await listMessages(context.db, ids), (one) => one.webhookId)
      return privateJson(c, {
        items: found.map((webhook) => toJson(webhook, messages.get(webhook.id))),
      })
    })
    .post('/webhooks', CREATE, gate, (c) => create(c, context))
    .delete('/webhooks/:id', DELETE, gate, own, (c) =>
      write(c, context, '', async ({ trx }): Promise<Written> => {
        const webhook = await findOwn(trx, c)
        if (!webhook) return { refusal: { type: 'not-found' } }
        await deleteWebhook(trx, webhook.id)
        return { answer: jsonAnswer(204, undefined) }
      }),
    )
    .post('/webhooks/:id/test', TEST, gate, own, (c) =>
      write(c, context, '', async ({ trx, now }): Promise<Written> => {
        const webhook = await findOwn(trx, c)
        if (!webhook) return { refusal: { type: 'not-found' } }
        await appendTest(trx, webhook, now)
        return { answer: jsonAnswer(200, toJson(webhook, await listMessages(trx, [webhook.id]))) }
      }),
    )
}

const ofToken = (c: Asked) => {
  const { organization, token } = c.var.writer
  return { organizationId: organization.id, tokenId: token.id }
}

/** Finds the webhook of the address among those of the caller's token. */
const findOwn = async (trx: WriteScope['trx'], c: Asked): Promise<Webhook | undefined> =>
  (await listWebhooks(trx, ofToken(c))).find(({ id }) => id === c.req.param('id'))

/** The secret is added after the rest, since the answer to an Idempotency-Key is stored, and no secret is. */
async function create(c: Asked, context: Context): Promise<Response> {
  const answer = await writeJson(c, context, (scope, _admin, body) =>
    createFromBody(c, context, scope, body),
  )
  if (answer.status !== 201 || hasDryRun(c)) return answer
  const made = z.looseObject({ id: z.string() }).parse(await answer.json())
  const secret = secretOfWebhook(made.id, await loadSiteKey(context.config.data))
  return privateJson(c, { ...made, secret }, 201)
}

async function createFromBody(
  c: Asked,
  { remote }: Context,
  { trx, now, isDryRun }: WriteScope,
  body: unknown,
): Promise<Written> {
  const parsed = WebhookInput.safeParse(body ?? {})
  if (!parsed.success) return { refusal: { type: 'invalid', problems: toProblems(parsed.error) } }
  const { url, search = '' } = parsed.data
  const code = problemOfAddress(url, remote.isInnerAddress)
  const isSearch = readWebhookSearch(search, now) !== undefined
  const problems = [
    ...(code ? [{ field: 'url', code } as const] : []),
    ...(isSearch ? [] : [{ field: 'search', code: 'unknown_search' } as const]),
  ]
  if (problems.length > 0) return { refusal: { type: 'invalid', problems } }
  const { organizationId, tokenId } = ofToken(c)
  if ((await listWebhooks(trx, { organizationId })).length >= MOST_WEBHOOKS)
    return { refusal: { type: 'conflict', conflict: 'webhooks' } }
  const mark = await findMark(trx)
  const kept = { organizationId, tokenId, url, search: search.replace(/^\?/, '') }
  const webhook = await insertWebhook(trx, { ...kept, mark }, now)
  return { answer: jsonAnswer(isDryRun ? 200 : 201, toJson(webhook)) }
}

function problemOfAddress(url: string, isInner: (url: string) => boolean) {
  const { protocol } = URL.parse(url) ?? {}
  if (protocol !== 'https:' && protocol !== 'http:') return 'not_an_url'
  return isInner(url) ? 'inner_address' : undefined
}

const toJson = (
  webhook: Webhook,
  messages: readonly WebhookMessage[] = [],
): z.input<typeof WebhookJson> => ({
  ...{ id: webhook.id, url: webhook.url, search: webhook.search },
  state: stateOfWebhook(webhook),
  failingSince: orNull(webhook.failingSince?.toString()),
  stoppedAt: orNull(webhook.stoppedAt?.toString()),
  createdAt: webhook.createdAt.toString({ smallestUnit: 'second' }),
  messages: messages.map((message) => ({
    ...{ id: message.id, kind: message.kind, items: message.items },
    createdAt: message.createdAt.toString(),
    attempts: message.attempts,
    triedAt: orNull(message.triedAt?.toString()),
    ...{ status: orNull(message.status), error: orNull(message.error) },
    state: message.isDelivered ? 'delivered' : message.overAt ? 'failed' : 'waiting',
  })),
})
