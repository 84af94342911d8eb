import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parsePublicPem, trimPem } from '../../../federation/remote/public-keys.ts'
import { makeRsaPair, pemOf, type Spec, signByFedify } from '../../support/request-signer.ts'
import {
  BODY,
  cavage,
  ed25519,
  KEY_ID,
  NOW,
  ORIGIN,
  read,
  refusalOf,
  rsa,
  verifies,
} from './signed-request.ts'

const otherRsa = makeRsaPair()

describe('Fedify’s signatures', () => {
  const signed = async (spec: Spec, path = '/inbox') => {
    const request = new Request(ORIGIN + path, {
      method: 'POST',
      body: BODY,
      headers: { 'content-type': 'application/activity+json', accept: 'x/y' },
    })
    const { headers } = await signByFedify(
      request,
      { privateKey: rsa.privateKey, keyId: KEY_ID },
      { spec, currentTime: NOW },
    )
    return Object.fromEntries(headers)
  }

  it.each<Spec>(['draft-cavage-http-signatures-12', 'rfc9421'])('by %s verify', async (spec) => {
    const headers = await signed(spec)
    expect(verifies({ headers })).toBe(true)
    expect(verifies({ headers }, otherRsa.publicKey)).toBe(false)
    expect(verifies({ headers }, ed25519.publicKey)).toBe(false)
    expect(read({ headers })).toMatchObject({ keyId: KEY_ID })
  })

  it.each<Spec>(['draft-cavage-http-signatures-12', 'rfc9421'])(
    'by %s do not verify on another path, method, body or host',
    async (spec) => {
      const headers = await signed(spec, '/actors/cafes/inbox')
      expect(verifies({ headers, path: '/actors/cafes/inbox' })).toBe(true)
      expect(verifies({ headers, path: '/inbox' })).toBe(false)
      expect(verifies({ headers, path: '/actors/cafes/inbox', method: 'PUT' })).toBe(false)
      expect(refusalOf({ headers, body: Buffer.from('{}') })).toMatch(/digest/)
      expect(refusalOf({ headers, origin: 'https://hub.example' })).toMatch(/another host/)
    },
  )

  it('of both kinds at once are read as RFC 9421', async () => {
    const both = {
      ...(await signed('draft-cavage-http-signatures-12')),
      ...(await signed('rfc9421')),
    }
    expect(verifies({ headers: both })).toBe(true)
    const input = (both['signature-input'] ?? '').replace('content-digest', 'content-type')
    expect(refusalOf({ headers: { ...both, 'signature-input': input } })).toMatch(/cover/)
  })
})

it('a request without a signature is refused', () => {
  const { signature, ...headers } = cavage()
  expect(signature).toBeDefined()
  expect(refusalOf({ headers })).toMatch(/not signed/)
})

describe('a public key in PEM', () => {
  const pem = pemOf(rsa.publicKey)

  it('is read with Debian snac2’s bytes of memory after its end', () => {
    for (const garbage of ['x', '\u0000\ufffd', '\n-----BEGIN NOTHING', pem])
      expect(parsePublicPem(pem + garbage)?.equals(rsa.publicKey)).toBe(true)
    expect(trimPem(`${pem}\u0001\u0002`)).toBe(pem)
  })

  it('is read in PKCS #1 too', () => {
    const old = rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()
    expect(parsePublicPem(old)?.equals(rsa.publicKey)).toBe(true)
  })

  it.each([
    ['nothing', ''],
    ['noise', 'noise'],
    ['a beginning only', '-----BEGIN PUBLIC KEY-----\nAAAA'],
    ['no key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'],
    ['a private key', rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['a key of 1024 bits', pemOf(makeRsaPair(1024).publicKey)],
    ['a key for other things', pemOf(generateKeyPairSync('x25519').publicKey)],
    ['another curve', pemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey)],
  ])('of %s is none', (_, text) => {
    expect(parsePublicPem(text)).toBeUndefined()
  })
})
