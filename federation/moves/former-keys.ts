import type { ActorKeys, KeyRing, ProofKey, RequestKey } from '../services.ts'
import { identifierOf } from '../wire/uris.ts'

/**
 * Adds to a key ring the actors of the addresses that this site had before: `https://old.example/actors/cafes` signs
 * with the keys of `cafes`, under the ids that these had there.
 */
export const withFormerActors = (keyRing: KeyRing, origin: string): KeyRing => ({
  keysOf: async (actor) => {
    if (!actor.includes('://')) return keyRing.keysOf(actor)
    const from = new URL(actor).origin
    const identifier = identifierOf(from, actor)
    if (identifier === undefined) throw new Error(`${actor} is no actor of this site`)
    return toFormerKeys(await keyRing.keysOf(identifier), { origin, from })
  },
})

/** Returns the keys of an actor under the ids that they had at an origin of before. */
export function toFormerKeys(
  keys: ActorKeys,
  { origin, from }: { origin: string; from: string },
): ActorKeys {
  const rename = (keyId: string) => keyId.replace(`${origin}/`, `${from}/`)
  const request = (key: RequestKey): RequestKey => ({ ...key, keyId: rename(key.keyId) })
  const proof = ({ signer, ...key }: ProofKey): ProofKey => ({
    ...{ ...key, keyId: rename(key.keyId) },
    signer: { ...signer, verificationMethod: rename(signer.verificationMethod) },
  })
  return {
    ...{ rsa: request(keys.rsa), former: keys.former.map(request) },
    ...{ ed25519: proof(keys.ed25519), proofKeys: keys.proofKeys.map(proof) },
    posterSigner: keys.posterSigner,
    leaked: keys.leaked.map(rename),
  }
}
