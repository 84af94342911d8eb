import { createPublicKey } from 'node:crypto'
import type { Context } from '../../node/context.ts'
import type { Attestation } from '../../node/domain/referents/attestation.ts'
import { parseMandateUri } from '../../node/domain/referents/mandate-address.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findFollowingOf } from '../../node/store/directory/followings.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import { listRemoteKeys } from '../../node/store/directory/remote-actors.ts'
import { findFacilitatorByUri } from '../../node/store/facilitators/facilitators.ts'
import { count } from '../../node/store/queues/counters.ts'
import { saveHeldAttestation } from '../../node/store/referents/attestations.ts'
import { hasRoomForProposal, receiveProposal } from '../../node/store/referents/mandates.ts'
import { checkAttestation, fromProposal } from '../wire/attestation.ts'
import { REFERENT_OF } from '../wire/context.ts'
import { isObject, originOf, toList } from '../wire/json.ts'
import type { Handler, Received } from './handler.ts'

/**
 * Handles what the directory that we joined signed about a person whose profile is here and names a mandate of it. The
 * text is checked as it was written, since the proof is over it.
 */
export const onAttestation: Handler = async (trx, { written, actorUri }, context) => {
  const [object] = toList(written.object)
  await receiveAttestation(trx, { object, actorUri }, context)
}

/**
 * Keeps an attestation, as it was written, that this actor gives; anything else is refused and counted.
 * @returns Whether it is new here.
 */
export async function receiveAttestation(
  trx: Database,
  { object, actorUri }: { object: unknown; actorUri: string },
  context: Pick<Context, 'now'>,
): Promise<boolean> {
  const following = await findFollowingOf(trx, actorUri)
  const isOurs = following?.isJoin === true && following.state === 'accepted'
  if (!isObject(object) || !isOurs) {
    await count(trx, 'inbox:stranger', context.now())
    return false
  }
  for (const publicKey of await ed25519KeysOf(trx, actorUri)) {
    const now = context.now()
    const checked = checkAttestation(object, { publicKey, now })
    if (!('attestation' in checked)) continue
    const { person, ...said } = checked.attestation
    const counts = checked.outcome === 'valid' || checked.reason === 'not-yet'
    if (!counts || said.issuer !== originOf(actorUri)) continue
    if (!person.uri || !(await hasClaimed(trx, person.uri, said))) continue
    const body = JSON.stringify(object)
    return saveHeldAttestation(trx, { ...said, subjectUri: person.uri, body }, now)
  }
  await count(trx, 'inbox:refused', context.now())
  return false
}

/** Returns whether a profile of ours says that a mandate of this directory, for this territory, is its person's. */
async function hasClaimed(
  trx: Database,
  profile: string,
  { issuer, territory }: Pick<Attestation, 'issuer' | 'territory'>,
): Promise<boolean> {
  const known = await findFacilitatorByUri(trx, profile)
  if (!known || known.peerId !== undefined) return false
  return known.mandates
    .map(parseMandateUri)
    .some((mandate) => mandate?.origin === issuer && mandate.territory === territory)
}

async function ed25519KeysOf(trx: Database, actorUri: string) {
  const pems = await listRemoteKeys(trx, actorUri)
  return pems
    .map(({ pem }) => createPublicKey(pem))
    .filter(({ asymmetricKeyType }) => asymmetricKeyType === 'ed25519')
}

/** Returns whether an Offer proposes a referent; Offers are also made of a structure's membership of a network. */
export const isProposal = ({ written }: Pick<Received, 'written'>): boolean =>
  isObject(written.object) && written.object.relationship === REFERENT_OF

/** Handles a member's proposal of a person who agreed to be asked. */
export const onProposal: Handler = async (trx, { written, actorUri }, context) => {
  const peer = await findPeerByActor(trx, actorUri)
  const said = fromProposal(written, context.config.origin)
  if (!context.isDirectory || peer?.membership !== 'member' || !said)
    return count(trx, 'inbox:refused', context.now())
  if (!(await hasRoomForProposal(trx, peer.host, context.config.shares)))
    return count(trx, 'inbox:too-many', context.now())
  await receiveProposal(trx, { ...said, proposedBy: peer.name, host: peer.host }, context.now())
}
