import type { PinnedKey } from '../../node/domain/federation/verification.ts'
import type { Egress } from '../services.ts'
import { originOf } from '../wire/json.ts'
import { toMultibase } from '../wire/multikey.ts'
import { parseActorDocument } from './actor-document.ts'
import { EgressError } from './egress-error.ts'

/**
 * Fetches the keys that actors list now from their own sites, for a verifier that has no registry. An actor that does
 * not answer has none.
 */
export async function fetchOriginKeys(
  egress: Egress,
  keyIds: Iterable<string>,
): Promise<PinnedKey[]> {
  const actors = new Set([...keyIds].flatMap((id) => id.split('#')[0] ?? []))
  const found: PinnedKey[] = []
  for (const uri of actors) {
    const document = await fetchActor(egress, uri)
    for (const { keyId, key } of document?.keys ?? [])
      if (document && key.asymmetricKeyType === 'ed25519')
        found.push({
          id: keyId,
          controller: uri,
          publicKeyMultibase: toMultibase(key),
          name: document.actor.name,
        })
  }
  return found
}

async function fetchActor(egress: Egress, uri: string) {
  try {
    const { url, json } = await egress.getJson(uri)
    // A document that the site redirects elsewhere is not the site's own word, whatever id it bears.
    if (originOf(url) !== originOf(uri)) return undefined
    return parseActorDocument(json, { uri, check: egress.check })
  } catch (error) {
    if (error instanceof EgressError) return undefined
    throw error
  }
}
