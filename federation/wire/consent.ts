import type { Stamp, StampKind } from '../../node/domain/federation/stamp.ts'
import type { Activity } from './activities.ts'
import { CONSENT_CONTEXT, PUBLIC } from './context.ts'
import { isObject, type Json, toList } from './json.ts'
import { actorUri, newActivityUri, stampUri } from './uris.ts'

/**
 * Consent to being quoted (FEP-044f) and to being listed in collections (FEP-7aa9): the policy that an object or an
 * account publishes, what is answered to a request, and the stamp by which third servers verify the answer.
 */

/** The names of a kind of consent on the wire. */
const WORDS: Record<StampKind, { policy: string; request: string; stamp: string }> = {
  quote: { policy: 'canQuote', request: 'QuoteRequest', stamp: 'QuoteAuthorization' },
  feature: { policy: 'canFeature', request: 'FeatureRequest', stamp: 'FeatureAuthorization' },
}

/** Returns the policy of what everybody may quote or list, without being answered by a person. */
export const toOpenPolicy = (...kinds: readonly StampKind[]): Json => policyFor(kinds, PUBLIC)

/**
 * Returns the policy of what everybody may ask to quote or to list, and a person answers. It names its owner as who
 * needs no answer, since an empty list is no list in JSON-LD (FEP-7aa9, « Interaction Policies »).
 */
export const toAskedPolicy = (owner: string, ...kinds: readonly StampKind[]): Json =>
  policyFor(kinds, owner, { manualApproval: [PUBLIC] })

const policyFor = (kinds: readonly StampKind[], who: string, more: Json = {}): Json => ({
  interactionPolicy: Object.fromEntries(
    kinds.map((kind) => [WORDS[kind].policy, { automaticApproval: [who], ...more }]),
  ),
})

/** Returns whether what is published says that everybody may do this with it. */
export const isOpenTo = (kind: StampKind, object: Json): boolean =>
  consentOf(kind, object) === 'open'

/** Who may do something with an object: everybody, whoever a person agrees to, or nobody. */
export type Consent = 'open' | 'asked' | 'closed'

/** Returns the consent that is published of an object. */
export function consentOf(kind: StampKind, { interactionPolicy }: Json): Consent {
  const policy = isObject(interactionPolicy) ? interactionPolicy[WORDS[kind].policy] : undefined
  if (!isObject(policy)) return 'closed'
  if (toList(policy.automaticApproval).includes(PUBLIC)) return 'open'
  return toList(policy.manualApproval).includes(PUBLIC) ? 'asked' : 'closed'
}

/** Returns the kind of consent that an activity of this type asks for; undefined for any other. */
export const kindOfRequest = (type: string): StampKind | undefined =>
  (Object.keys(WORDS) as StampKind[]).find((kind) => WORDS[kind].request === type)

/** Returns a stamp as everybody reads it. It embeds neither of the two objects, which are their owners' to give. */
export const stampJson = (stamp: Stamp, origin: string): Json => ({
  '@context': CONSENT_CONTEXT,
  id: stampUri(origin, stamp.id),
  type: WORDS[stamp.kind].stamp,
  attributedTo: actorUri(origin, stamp.giver),
  interactingObject: stamp.instrumentUri,
  interactionTarget: stamp.targetUri,
})

export type ConsentRequest = Pick<
  Stamp,
  'kind' | 'giver' | 'targetUri' | 'instrumentUri' | 'requesterUri'
> & {
  /** The id of the request. */
  requestUri: string
}

/**
 * Makes the answer to a request.
 * @param stampId - The stamp that was given; the answer is a Reject without one.
 */
export function consentAnswer(
  origin: string,
  { kind, giver, targetUri, instrumentUri, requesterUri, requestUri }: ConsentRequest,
  stampId: string | undefined,
): Activity {
  const id = newActivityUri(origin)
  const type = stampId === undefined ? 'Reject' : 'Accept'
  const request = {
    id: requestUri,
    type: WORDS[kind].request,
    actor: requesterUri,
    object: targetUri,
    instrument: instrumentUri,
  }
  const body = JSON.stringify({
    '@context': CONSENT_CONTEXT,
    id,
    type,
    actor: actorUri(origin, giver),
    to: [requesterUri],
    // Each FEP writes the request in its own way: the one whole, the other by its id.
    object: kind === 'quote' ? request : requestUri,
    ...(stampId !== undefined && { result: stampUri(origin, stampId) }),
  })
  return { id, type, objectUri: requesterUri, body }
}

/** Makes the Delete that withdraws a stamp, of which only the id and the type are named. */
export function toStampDelete(origin: string, stamp: Stamp): Activity {
  const id = newActivityUri(origin)
  const uri = stampUri(origin, stamp.id)
  const body = JSON.stringify({
    '@context': CONSENT_CONTEXT,
    id,
    type: 'Delete',
    actor: actorUri(origin, stamp.giver),
    to: [PUBLIC, stamp.requesterUri],
    object: { id: uri, type: WORDS[stamp.kind].stamp },
  })
  return { id, type: 'Delete', objectUri: uri, body }
}

/** Makes the request by which an account asks to list another one in a collection of its own (FEP-7aa9). */
export function toFeatureRequest(
  origin: string,
  {
    id,
    asker,
    collection,
    target,
  }: { id: string; asker: string; collection: string; target: string },
): Activity {
  const body = JSON.stringify({
    '@context': CONSENT_CONTEXT,
    id,
    type: WORDS.feature.request,
    actor: actorUri(origin, asker),
    to: [target],
    object: target,
    instrument: collection,
  })
  return { id, type: WORDS.feature.request, objectUri: target, body }
}
