import type { Context } from '../../node/context.ts'
import type { ActorKeys, Services } from '../services.ts'
import { authorOf, CAFES } from '../wire/uris.ts'

/**
 * Finds the keys with which a café of ours is signed: those of the account of its structure, and the key of `cafes` for
 * what stands on paper, since it is by this one that a poster is verified.
 *
 * @param cafe - Undefined for one that is gone meanwhile.
 */
export async function findAuthorKeys(
  { config }: Pick<Context, 'config'>,
  { keyRing }: Pick<Services, 'keyRing'>,
  cafe: { organizer: { uri: string } } | undefined,
): Promise<ActorKeys> {
  const site = await keyRing.keysOf(CAFES)
  const author = cafe ? authorOf(config.origin, cafe) : CAFES
  if (author === CAFES) return site
  return { ...(await keyRing.keysOf(author)), posterSigner: site.posterSigner }
}
