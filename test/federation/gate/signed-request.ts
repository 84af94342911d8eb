import { readSignature } from '../../../federation/gate/signature.ts'
import type { SignedRequest } from '../../../federation/gate/signature-parts.ts'
import {
  type CavageSpec,
  makeEd25519Pair,
  makeRsaPair,
  sha256,
  signCavage,
} from '../../support/request-signer.ts'

export const NOW = Temporal.Instant.from('2026-11-25T10:00:00Z')
export const ORIGIN = 'https://cafes.example'
export const KEY_ID = 'https://peer.example/actors/cafes#main-key'
export const BODY = Buffer.from('{"type":"Create","name":"café"}')
export const rsa = makeRsaPair()
export const ed25519 = makeEd25519Pair()

export const dateAt = (hours: number) =>
  new Date(NOW.epochMilliseconds + hours * 3_600_000).toUTCString()

export const secondsAt = (hours: number) => NOW.epochMilliseconds / 1000 + hours * 3600

type Given = Partial<Omit<SignedRequest, 'headers'>> & { headers: Record<string, string> }

export const read = ({ headers, ...given }: Given) =>
  readSignature(
    {
      method: 'POST',
      path: '/inbox',
      body: BODY,
      origin: ORIGIN,
      headers: new Headers(headers),
      ...given,
    },
    NOW,
  )

export const refusalOf = (given: Given): string => {
  const answer = read(given)
  return 'refused' in answer ? answer.refused : ''
}

export const verifies = (given: Given, key = rsa.publicKey): boolean => {
  const answer = read(given)
  if ('refused' in answer) throw new Error(answer.refused)
  return answer.verify(key)
}

export const COVERED = ['(request-target)', 'host', 'date', 'digest']

/** Returns a valid draft-cavage request with these changes. */
export function cavage(
  change: Partial<Omit<CavageSpec, 'headers'>> & { headers?: Record<string, string> } = {},
): Record<string, string> {
  const headers = {
    host: 'cafes.example',
    date: dateAt(0),
    digest: `SHA-256=${sha256(BODY)}`,
    ...change.headers,
  }
  const signature = signCavage({
    keyId: KEY_ID,
    privateKey: rsa.privateKey,
    covered: COVERED,
    target: 'post /inbox',
    ...change,
    headers,
  })
  return { ...headers, signature }
}
