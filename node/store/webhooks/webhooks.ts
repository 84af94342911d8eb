import { createHmac } from 'node:crypto'
import type { Webhook } from '../../domain/structures/webhook.ts'
import { instantOrUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import { WEBHOOK, type WebhookPosition } from '../schema/queues.ts'
import { type Mark, writeMark } from '../search/changed-cafes.ts'
import { selectSuspended } from '../structures/suspended.ts'

/** A webhook, and how far it has told. */
export type PlacedWebhook = Webhook & WebhookPosition

/** Makes a webhook that tells of what changes after this mark. */
export async function insertWebhook(
  db: Database,
  {
    mark,
    ...made
  }: Pick<Webhook, 'organizationId' | 'tokenId' | 'url' | 'search'> & { mark: Mark },
  now: Temporal.Instant,
): Promise<Webhook> {
  const webhook: PlacedWebhook = {
    ...{ id: uuidV7(now), ...made, createdAt: now },
    ...{ failingSince: undefined, stoppedAt: undefined },
    ...{ since: writeMark(mark), upto: undefined, place: undefined },
  }
  await db
    .insertInto('webhook')
    .values({ ...WEBHOOK.toRow(webhook), host: new URL(made.url).host })
    .execute()
  return webhook
}

/** Lists the webhooks of a structure, or those of one of its tokens, in the order in which they were made. */
export async function listWebhooks(
  db: Database,
  { organizationId, tokenId }: { organizationId: string; tokenId?: string },
): Promise<Webhook[]> {
  const rows = await db
    .selectFrom('webhook')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .$if(tokenId !== undefined, (query) => query.where('token_id', '=', tokenId ?? ''))
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(WEBHOOK.fromRow)
}

/** Deletes a webhook with its messages. */
export async function deleteWebhook(db: Database, id: string): Promise<void> {
  await db.deleteFrom('webhook').where('id', '=', id).execute()
}

/** Finds since when a webhook fails; undefined while it does not. */
export async function findFailingSince(
  db: Database,
  id: string,
): Promise<Temporal.Instant | undefined> {
  const row = await db
    .selectFrom('webhook')
    .select('failing_since')
    .where('id', '=', id)
    .executeTakeFirst()
  return instantOrUndefined(row?.failing_since ?? null)
}

/** Selects the ids of the tokens that have not ended. */
export const selectLiveTokens = (db: Database, now: Temporal.Instant) =>
  db
    .selectFrom('api_token')
    .select('api_token.id')
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', toInstantText(now))]))

/** Selects the ids of webhooks that send: neither given up, nor of a token that has ended or a suspended structure. */
export const selectSending = (db: Database, now: Temporal.Instant) =>
  db
    .selectFrom('webhook')
    .select('webhook.id')
    .where('stopped_at', 'is', null)
    .where('token_id', 'in', selectLiveTokens(db, now))
    .where('webhook.organization_id', 'not in', selectSuspended(db))

/** Lists webhooks that may have news, by their ids: they are not at this mark, and no message of theirs waits. */
export async function listWebhooksToRead(
  db: Database,
  { mark, after, limit, now }: { mark: Mark; after: string; limit: number; now: Temporal.Instant },
): Promise<PlacedWebhook[]> {
  const rows = await db
    .selectFrom('webhook')
    .selectAll()
    .where('id', '>', after)
    .where('id', 'in', selectSending(db, now))
    .where((eb) => eb.or([eb('since', '<>', writeMark(mark)), eb('upto', 'is not', null)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('webhook_message')
            .select('webhook_message.id')
            .whereRef('webhook_id', '=', 'webhook.id')
            .where('kind', '<>', 'test')
            .where('over_at', 'is', null),
        ),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(WEBHOOK.fromRow)
}

/**
 * Returns the secret with which the messages of a webhook are signed, in the form of Standard Webhooks. It is made of
 * the key of the site, so that it lies nowhere.
 */
export const secretOfWebhook = (id: string, siteKey: Buffer): string =>
  `whsec_${createHmac('sha256', siteKey).update(`webhook ${id}`).digest('base64')}`
