import type { DeliveryKind } from '../../node/domain/federation/delivery.ts'
import type { Database } from '../../node/store/database/database.ts'
import { insertActivity } from '../../node/store/queues/activities.ts'
import { insertDeliveries } from '../../node/store/queues/deliveries.ts'
import { ACTIVITY_STREAMS, CONTEXT, FOLLOW_CONTEXT, PUBLIC } from './context.ts'
import type { Json } from './json.ts'
import { addProof, type Signer } from './proof.ts'
import { actorUri, followersUri, newActivityUri } from './uris.ts'

/** The activities of our actors, and how they are queued. Their text is made here once, and is never written again. */

export type Activity = {
  id: string
  type: string
  objectUri: string
  body: string
  /** The kind of its deliveries; `word` when undefined. */
  kind?: DeliveryKind | undefined
  /** The line in which it keeps its order at each inbox, within its kind; the object when undefined. */
  line?: string | undefined
}

/** Makes a Create, Update or Delete of one of our objects, with the activity's own proof. */
export function publicActivity(
  { type, actor, objectUri, object, kind, line }: PublicActivity,
  { origin, signer, now }: { origin: string; signer: Signer; now: Temporal.Instant },
): Activity {
  const id = newActivityUri(origin)
  const activity = addProof(
    {
      '@context': CONTEXT,
      id,
      type,
      actor: actorUri(origin, actor),
      to: [PUBLIC],
      cc: [followersUri(origin, actor)],
      published: now.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString(),
      object,
    },
    signer,
    now,
  )
  return { id, type, objectUri, body: JSON.stringify(activity), kind, line }
}

export type PublicActivity = Pick<Activity, 'kind' | 'line'> & {
  type: 'Create' | 'Update' | 'Delete'
  actor: string
  objectUri: string
  object: unknown
}

/** Makes an Announce, which gives the id only: the reader fetches the object at its origin. */
export function announceActivity(
  origin: string,
  { id, actor, objectUri }: { id: string; actor: string; objectUri: string },
  at: Temporal.Instant,
): Activity {
  const announce = announceJson(origin, { id, actor, objectUri }, at)
  const body = JSON.stringify({ '@context': ACTIVITY_STREAMS, ...announce })
  return { id, type: 'Announce', objectUri, body, kind: 'announce', line: `${actor} ${objectUri}` }
}

const announceJson = (
  origin: string,
  { id, actor, objectUri }: { id: string; actor: string; objectUri: string },
  at: Temporal.Instant,
) => ({
  id,
  type: 'Announce',
  actor: actorUri(origin, actor),
  to: [PUBLIC],
  cc: [followersUri(origin, actor)],
  published: at.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString(),
  object: objectUri,
})

/**
 * Makes the Undo of an Announce. It contains the whole Announce, addressed and dated as it was sent, and is for the
 * same readers: GoToSocial does not read an Announce without `to`, `cc` and `published`.
 * @param at - The time at which it was announced.
 */
export function undoAnnounceActivity(
  origin: string,
  {
    actor,
    objectUri,
    announceId,
    at,
  }: { actor: string; objectUri: string; announceId: string; at: Temporal.Instant },
): Activity {
  const id = newActivityUri(origin)
  const announce = announceJson(origin, { id: announceId, actor, objectUri }, at)
  const { actor: from, to, cc } = announce
  const undo = { '@context': ACTIVITY_STREAMS, id, type: 'Undo', actor: from, to, cc }
  const body = JSON.stringify({ ...undo, object: announce })
  return { id, type: 'Undo', objectUri, body, kind: 'announce', line: `${actor} ${objectUri}` }
}

/**
 * Makes the Move by which an account says, at the address that it had, where it is now. The readers look at both: the
 * new account must name the former one in `alsoKnownAs`.
 */
export function moveActivity(
  { from, to }: { from: string; to: string },
  formerOrigin: string,
): Activity {
  const id = newActivityUri(formerOrigin)
  const body = JSON.stringify({
    '@context': ACTIVITY_STREAMS,
    ...{ id, type: 'Move', actor: from, object: from, target: to },
    to: [`${from}/followers`],
  })
  return { id, type: 'Move', objectUri: from, body }
}

/** Makes an activity between two servers: a Follow, its Undo, an answer. */
export function privateActivity(
  origin: string,
  { id = newActivityUri(origin), type, actor, object, to, invitation, ...words }: PrivateActivity,
): Activity {
  const body = JSON.stringify({
    '@context': invitation === undefined ? ACTIVITY_STREAMS : FOLLOW_CONTEXT,
    id,
    type,
    actor: actorUri(origin, actor),
    to: [to],
    ...(invitation !== undefined && { invitation }),
    ...words,
    object,
  })
  return { id, type, objectUri: to, body }
}

export type PrivateActivity = {
  id?: string
  type: 'Follow' | 'Accept' | 'TentativeAccept' | 'Reject' | 'Undo' | 'Flag' | 'Create'
  actor: string
  object: string | Json | readonly string[]
  /** The actor to which it is addressed. */
  to: string
  invitation?: string | undefined
  /** The reason, in plain words. */
  summary?: string | undefined
  /** What is said of a flagged object, in plain words. */
  content?: string | undefined
}

/** Stores the activity and one delivery for each inbox, in the caller's transaction. */
export async function enqueue(
  trx: Database,
  { activity, actor, inboxes }: { activity: Activity; actor: string; inboxes: readonly string[] },
  now: Temporal.Instant,
): Promise<void> {
  const { type, kind = 'word', line = activity.objectUri } = activity
  const activitySeq = await insertActivity(trx, { ...activity, actor }, now)
  await insertDeliveries(trx, { activitySeq, type, signer: actor, kind, line, inboxes }, now)
}

/**
 * Returns the Follow that an answer is about, rebuilt with few properties: some servers ignore an answer with an
 * embedded actor.
 */
export const followJson = (id: string, actor: string, object: string): Json => ({
  id,
  type: 'Follow',
  actor,
  object,
})
