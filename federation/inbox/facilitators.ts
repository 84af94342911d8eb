import type { Context } from '../../node/context.ts'
import { isWholeServer, type Peer } from '../../node/domain/federation/peer.ts'
import { parseMandateUri } from '../../node/domain/referents/mandate-address.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { findFacilitatorByUri } from '../../node/store/facilitators/facilitators.ts'
import {
  eraseFacilitator,
  type ReceiveOutcome,
  receiveFacilitator,
} from '../../node/store/facilitators/received-profiles.ts'
import { count } from '../../node/store/queues/counters.ts'
import { isInboxFull } from '../../node/store/queues/deliveries.ts'
import { takeLimited } from '../../node/store/queues/shares.ts'
import { answersFor, findDeleter, findSpeaker } from '../actors/owners.ts'
import { enqueue, privateActivity } from '../wire/activities.ts'
import { idOf, isObject, type Json, originOf, toList } from '../wire/json.ts'
import { fromFacilitatorProfile } from '../wire/profile.ts'
import { readInstant } from '../wire/read-event.ts'
import { actorUri, INSTANCE } from '../wire/uris.ts'
import { onContact } from './contact.ts'
import type { Handler, Received } from './handler.ts'

/** What members of a directory tell about the people who lead their cafés. */

/** Returns the handler of a Create or an Update that is not about a café. */
export function facilitatorHandler({ activity }: Pick<Received, 'activity'>): Handler | undefined {
  const [object] = toList(activity.object)
  if (!isObject(object)) return undefined
  const types = toList(object.type)
  if (types.includes('Profile')) return onProfile
  return types.includes('Note') ? onContact : undefined
}

const onProfile: Handler = async (trx, { activity, actorUri }, context) => {
  const [object] = toList(activity.object)
  const peer = await findSpeaker(trx, actorUri)
  if (!peer || !isObject(object)) return count(trx, 'inbox:stranger', context.now())
  const outcome = await applyFacilitatorProfile(trx, context, { profile: object, peer })
  if (outcome.startsWith('refused') || outcome === 'full')
    await count(trx, 'inbox:refused', context.now())
}

/**
 * Stores a profile in our own terms. Only a directory keeps people of other sites: of its members, those who agreed to
 * be in this directory.
 */
export async function applyFacilitatorProfile(
  trx: Database,
  { isDirectory, now, config }: Pick<Context, 'isDirectory' | 'now' | 'config'>,
  { profile, peer }: { profile: Json; peer: Peer },
): Promise<ReceiveOutcome | `refused: ${string}`> {
  if (!isDirectory || peer.membership !== 'member') return 'refused: of no member'
  // A server reads the public form of a profile when it does not know us; that form is addressed to no directory.
  const isForUs = toList(profile.to).map(idOf).includes(actorUri(config.origin, INSTANCE))
  if (!isForUs) return 'refused: for other directories'
  const read = fromFacilitatorProfile(profile, now())
  if ('refused' in read) return `refused: ${read.refused}`
  const owners = toList(profile.attributedTo).map(idOf)
  if (originOf(read.uri) !== peer.origin || !owners.every((owner) => answersFor(peer, owner)))
    return 'refused: of somebody else'
  // Mandates of other directories are not stored.
  const mandates = read.mandates.filter((uri) => parseMandateUri(uri)?.origin === config.origin)
  const { people: most, megabytes } = config.shares
  return receiveFacilitator(trx, { ...read, mandates }, { peer, now: now(), most, megabytes })
}

/**
 * Returns whether an address has the path of a profile of somebody who leads cafés. Whether there is one is not asked.
 */
export const isFacilitatorProfileUri = (uri: string): boolean =>
  URL.canParse(uri) && new URL(uri).pathname.startsWith('/animation/')

/**
 * Handles the withdrawal of a profile. The profile is erased in this very transaction, and the answer says so, also
 * where nothing of it was here.
 */
export const onFacilitatorProfileDelete: Handler = async (
  trx,
  { activity, actorUri, id },
  context,
) => {
  const uri = idOf(toList(activity.object)[0])
  const peer = await findDeleter(trx, actorUri)
  if (!uri || !peer) return count(trx, 'inbox:Delete', context.now())
  const known = await findFacilitatorByUri(trx, uri)
  if (!isWholeServer(peer) && known?.peerId !== peer.id)
    return count(trx, 'inbox:refused', context.now())
  // Addresses that are unknown here are remembered up to a number a day.
  const { host } = new URL(actorUri)
  const isKept = known !== undefined || (await takeLimited(trx, 'erased', { host }, context.now()))
  const at = deletedAt(activity, context.now())
  if (isKept) await eraseFacilitator(trx, { uri, at }, context.now())
  const sender = await findRemoteActor(trx, actorUri)
  if (!sender || !context.isDirectory) return
  if (known === undefined && (await isInboxFull(trx, sender.inbox))) return
  const answer = privateActivity(context.config.origin, {
    type: 'Accept',
    actor: INSTANCE,
    object: id,
    to: actorUri,
  })
  await enqueue(trx, { activity: answer, actor: INSTANCE, inboxes: [sender.inbox] }, context.now())
}

/** Returns the time of the deletion, by the clock that also dates the consents of that site. */
function deletedAt(activity: Json, now: Temporal.Instant): Temporal.Instant {
  const [object] = toList(activity.object)
  const said = isObject(object) ? readInstant(object.deleted) : undefined
  return said && Temporal.Instant.compare(said, now) < 0 ? said : now
}
