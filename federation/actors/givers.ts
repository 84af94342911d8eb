import type { Context } from '../../node/context.ts'
import type { StampKind } from '../../node/domain/federation/stamp.ts'
import { findCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import type { Database } from '../../node/store/database/database.ts'
import { deleteStampsOf } from '../../node/store/feeds/stamps.ts'
import { findDocument } from '../../node/store/queues/documents.ts'
import { enqueue } from '../wire/activities.ts'
import { type Consent, consentOf, toStampDelete } from '../wire/consent.ts'
import { idOf, type Json, originOf } from '../wire/json.ts'
import { identifierOf } from '../wire/uris.ts'
import { findOwnActor, policyOf } from './actors.ts'

/** Who speaks for an object of ours, and who may quote or list it as it is published now. */
export type Giver = { giver: string; consent: Consent }

/**
 * Finds who answers for an account or an object of ours, by what is published at its address: a deleted or withdrawn
 * one has nobody.
 */
export async function findGiver(
  trx: Database,
  context: Pick<Context, 'db' | 'config' | 'now' | 'isDirectory'>,
  { kind, uri }: { kind: StampKind; uri: string },
): Promise<Giver | undefined> {
  const { origin } = context.config
  if (originOf(uri) !== origin) return undefined
  const identifier = identifierOf(origin, uri)
  if (identifier !== undefined) {
    const actor = await findOwnActor(context, identifier, trx)
    return actor && { giver: identifier, consent: consentOf(kind, policyOf(actor, origin)) }
  }
  const text = (await findCafeDocument(trx, uri)) ?? (await findDocument(trx, uri))
  if (text === undefined || !text.startsWith('{')) return undefined
  const object: Json = JSON.parse(text)
  const giver = identifierOf(origin, idOf(object.attributedTo) ?? '')
  return giver === undefined ? undefined : { giver, consent: consentOf(kind, object) }
}

/**
 * Withdraws the stamps of objects that are gone: their addresses answer no longer, and the servers that asked for them
 * are told.
 */
export async function withdrawStamps(
  trx: Database,
  { config, now }: Pick<Context, 'config' | 'now'>,
  targetUris: readonly string[],
): Promise<void> {
  for (const stamp of await deleteStampsOf(trx, targetUris)) {
    if (stamp.state !== 'given') continue
    const activity = toStampDelete(config.origin, stamp)
    await enqueue(trx, { activity, actor: stamp.giver, inboxes: [stamp.inbox] }, now())
  }
}
