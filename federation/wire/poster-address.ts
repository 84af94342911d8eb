import { sign } from 'node:crypto'
import { base58 } from '@scure/base'
import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { posterStatement } from '../../node/domain/federation/verification.ts'
import type { Signer } from './proof.ts'

/**
 * Signs the address that a code on paper holds: the café's page and, after `#`, which browsers send to no server, the
 * hour, the town and the place's signature over all of it. `verifyText` of `node/domain/federation/verification.ts`
 * reads it without a network.
 */
export function signPosterAddress(
  cafe: Pick<Cafe, 'uri' | 'startsAt' | 'timezone' | 'venue'>,
  signer: Signer,
): string {
  const time = startsAtPlace(cafe).toString({ timeZoneName: 'never', smallestUnit: 'second' })
  const said = `${cafe.uri}#v1;${time};${encodeURIComponent(cafe.venue?.commune ?? '')}`
  return `${said};${signatureOf(posterStatement(said), signer)}`
}

/** Returns the signature of what stands on paper, as multibase. */
export const signatureOf = (statement: string, { privateKey }: Signer): string =>
  `z${base58.encode(sign(null, Buffer.from(statement), privateKey))}`
