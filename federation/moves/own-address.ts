import type { Egress, KeyRing } from '../services.ts'
import { isObject } from '../wire/json.ts'
import { actorUri, CAFES } from '../wire/uris.ts'

/**
 * Returns whether an origin leads to this site: it answers with our account and our key, which no other server has.
 * @throws EgressError where nothing answers there, or no account.
 */
export async function isOwnAddress(
  { egress, keyRing }: { egress: Egress; keyRing: KeyRing },
  origin: string,
): Promise<boolean> {
  const { rsa } = await keyRing.keysOf(CAFES)
  const { json } = await egress.getJson(actorUri(origin, CAFES))
  const key = isObject(json) ? json.publicKey : undefined
  return isObject(key) && key.publicKeyPem === rsa.publicPem
}
