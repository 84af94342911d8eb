import { PRIVATE } from '../../node/store/facilitators/recipients.ts'
import type { Activity } from './activities.ts'
import { FACILITATOR_CONTEXT } from './context.ts'
import type { Json } from './json.ts'
import { addProof, type Signer } from './proof.ts'
import { actorUri, newActivityUri } from './uris.ts'

/**
 * What is said of a person, to those who may hear it and to nobody else: it is in no outbox, is given at no address,
 * and is deleted once it has arrived. Only a Delete carries a proof of its own: no copy of what a person says of
 * themselves may stay believable after they withdrew it.
 */

export type AboutFacilitator = {
  type: 'Create' | 'Update' | 'Delete'
  actor: string
  objectUri: string
  object: Json | string
  to: readonly string[]
}

/**
 * Makes an activity about a person, addressed to its recipients alone; its type is stored with a prefix that keeps it
 * out of every outbox. Only with a signer does it carry a proof.
 */
export function aboutFacilitator(
  { type, actor, objectUri, object, to }: AboutFacilitator,
  { origin, signer, now }: { origin: string; signer?: Signer; now: Temporal.Instant },
): Activity {
  const id = newActivityUri(origin)
  const activity = {
    '@context': FACILITATOR_CONTEXT,
    id,
    type,
    actor: actorUri(origin, actor),
    to,
    published: wholeSeconds(now),
    object,
  }
  const said = signer ? addProof(activity, signer, now) : activity
  return { id, type: `${PRIVATE}${type}`, objectUri, body: JSON.stringify(said) }
}

/** Returns the Tombstone (Activity Vocabulary, §3.3) of an object that was deleted at this instant. */
export const tombstoneOf = (id: string, formerType: string, now: Temporal.Instant): Json => ({
  id,
  type: 'Tombstone',
  formerType,
  deleted: wholeSeconds(now),
})

const wholeSeconds = (now: Temporal.Instant): string =>
  now.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString()
