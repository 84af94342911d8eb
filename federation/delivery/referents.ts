import type { Context } from '../../node/context.ts'
import type { ReferentProposal } from '../../node/domain/referents/referent.ts'
import { mandateText } from '../../node/domain/referents/referent-text.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findFollowingOf } from '../../node/store/directory/followings.ts'
import { findTrustedPeer } from '../../node/store/directory/peers.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { PRIVATE } from '../../node/store/facilitators/recipients.ts'
import { deleteActivitiesAbout } from '../../node/store/queues/activities.ts'
import { insertAttestation } from '../../node/store/referents/attestations.ts'
import { signAnew } from '../../node/store/referents/mandate-acts.ts'
import { findMandateToSign } from '../../node/store/referents/mandates.ts'
import type { Effect, Services } from '../services.ts'
import { type Activity, enqueue, publicActivity } from '../wire/activities.ts'
import { toProposal, toRelationship } from '../wire/attestation.ts'
import { originOf } from '../wire/json.ts'
import { addProof } from '../wire/proof.ts'
import { actorUri, INSTANCE, newActivityUri, newAttestationUri } from '../wire/uris.ts'

/** Signs the mandate, stores the signed text, and sends it to the server where the person has a profile. */
export async function enqueueAppointed(
  context: Context,
  { keyRing }: Services,
  referentId: string,
): Promise<Effect> {
  const { signer } = (await keyRing.keysOf(INSTANCE)).ed25519
  const { origin } = context.config
  return async (trx) => {
    const now = context.now()
    const mandate = await findMandateToSign(trx, referentId)
    if (!mandate) return
    const { referent, label, from, until } = mandate
    const uri = newAttestationUri(origin)
    const attestation = {
      uri,
      issuer: origin,
      person: { name: referent.name, uri: referent.facilitatorUri },
      territory: referent.territory,
      from,
      until,
      issuedAt: now,
    }
    const signed = addProof(toRelationship(attestation, mandateText(referent, label)), signer, now)
    const body = JSON.stringify(signed)
    const home = originOf(referent.facilitatorUri)
    await insertAttestation(trx, { uri, referentId, home, body, expiresAt: until }, now)
    const activity = publicActivity(
      { type: 'Create', actor: INSTANCE, objectUri: uri, object: signed },
      { origin, signer, now },
    )
    await sendHome(trx, context, { activity, home })
  }
}

/** Tells the servers that received an attestation that it is revoked. The text that was sent is deleted here. */
export async function enqueueRevoked(
  context: Context,
  { keyRing }: Services,
  { uri, home }: { uri: string; home: string | undefined },
): Promise<Effect> {
  const { signer } = (await keyRing.keysOf(INSTANCE)).ed25519
  const { origin } = context.config
  return async (trx) => {
    await deleteActivitiesAbout(trx, uri)
    const activity = publicActivity(
      {
        type: 'Delete',
        actor: INSTANCE,
        objectUri: uri,
        object: { id: uri, type: 'Tombstone', formerType: 'Relationship' },
      },
      { origin, signer, now: context.now() },
    )
    await sendHome(trx, context, { activity, home })
  }
}

/**
 * Renews the attestation of a mandate whose profile no longer names it: the signed one is revoked, and another is
 * signed without the profile.
 */
export const renewUntied =
  ({ now }: Context, referentId: string): Effect =>
  (trx) =>
    signAnew(trx, referentId, now())

/** Sends to the `instance` of the server where the person's profile is, if it is one that we hear. */
async function sendHome(
  trx: Database,
  context: Context,
  { activity, home }: { activity: Activity; home: string | undefined },
): Promise<void> {
  const peer = home && (await findTrustedPeer(trx, home))
  const actor = peer && (await findRemoteActor(trx, peer.actorUri))
  if (!actor) return
  await enqueue(trx, { activity, actor: INSTANCE, inboxes: [actor.inbox] }, context.now())
}

/**
 * Sends a place's proposal of a referent to one directory that it joined, whose team then asks the person. The proposal
 * holds an address, so it is kept until it is delivered or given up, and no longer.
 */
export function enqueueProposed(
  context: Context,
  { proposal, target }: { proposal: ReferentProposal; target: string },
): Effect {
  const { origin } = context.config
  return async (trx) => {
    const following = await findFollowingOf(trx, target)
    const isJoined = following?.isJoin === true && following.state === 'accepted'
    const directory = originOf(target)
    const actor = isJoined && (await findRemoteActor(trx, target))
    if (!actor || !directory) return
    const id = newActivityUri(origin)
    const offer = toProposal(proposal, { id, actor: actorUri(origin, INSTANCE), directory })
    const body = JSON.stringify(offer)
    const activity = { id, type: `${PRIVATE}Offer`, objectUri: actor.uri, body }
    await enqueue(trx, { activity, actor: INSTANCE, inboxes: [actor.inbox] }, context.now())
  }
}
