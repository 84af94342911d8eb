import { createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { verifyRequest } from '@fedify/fedify/sig'
import { CryptographicKey } from '@fedify/vocab'
import { describe, expect, test } from 'vitest'
import { signHeaders } from '../../../federation/gate/sign-request.ts'
import { readSignature } from '../../../federation/gate/signature.ts'
import type { UnsignedRequest } from '../../../federation/services.ts'
import { makeRsaPair } from '../../support/request-signer.ts'

/** The key of draft-cavage-http-signatures-12, appendix C. */
const DRAFT_KEY = createPrivateKey(`-----BEGIN RSA PRIVATE KEY-----
MIICXgIBAAKBgQDCFENGw33yGihy92pDjZQhl0C36rPJj+CvfSC8+q28hxA161QF
NUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6Z4UMR7EOcpfdUE9Hf3m/hs+F
UR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJwoYi+1hqp1fIekaxsyQIDAQAB
AoGBAJR8ZkCUvx5kzv+utdl7T5MnordT1TvoXXJGXK7ZZ+UuvMNUCdN2QPc4sBiA
QWvLw1cSKt5DsKZ8UETpYPy8pPYnnDEz2dDYiaew9+xEpubyeW2oH4Zx71wqBtOK
kqwrXa/pzdpiucRRjk6vE6YY7EBBs/g7uanVpGibOVAEsqH1AkEA7DkjVH28WDUg
f1nqvfn2Kj6CT7nIcE3jGJsZZ7zlZmBmHFDONMLUrXR/Zm3pR5m0tCmBqa5RK95u
412jt1dPIwJBANJT3v8pnkth48bQo/fKel6uEYyboRtA5/uHuHkZ6FQF7OUkGogc
mSJluOdc5t6hI1VsLn0QZEjQZMEOWr+wKSMCQQCC4kXJEsHAve77oP6HtG/IiEn7
kpyUXRNvFsDE0czpJJBvL/aRFUJxuRK91jhjC68sA7NsKMGg5OXb5I5Jj36xAkEA
gIT7aFOYBFwGgQAQkWNKLvySgKbAZRTeLBacpHMuQdl1DfdntvAyqpAZ0lY0RKmW
G6aFKaqQfOXKCyWoUiVknQJAXrlgySFci/2ueKlIE1QqIiLSZ8V8OlpFLRnb1pzI
7U1yQXnTAEFYM560yJlzUpOb1V4cScGd365tiSMvxLOvTA==
-----END RSA PRIVATE KEY-----`)
const KEY_ID = 'https://cafes.example/actors/cafes#main-key'
const NOW = Temporal.Instant.from('2026-11-27T10:00:00Z')
const pair = makeRsaPair()
const key = { keyId: KEY_ID, privateKey: pair.privateKey }
const TARGET = new URL('https://elsewhere.example/actors/a%20b/inbox?page=1&q=caf%C3%A9')

const REQUESTS: [string, UnsignedRequest][] = [
  ['a GET', { method: 'GET', url: TARGET, headers: { accept: 'application/activity+json' } }],
  [
    'a POST',
    {
      method: 'POST',
      url: TARGET,
      headers: { 'content-type': 'application/activity+json' },
      body: '{"name":"café"}',
    },
  ],
  ['an empty POST', { method: 'POST', url: new URL('/', TARGET), headers: {}, body: '' }],
]

test('draft-cavage signs as the draft’s own vector says (appendix C.2)', async () => {
  const headers = await signHeaders(
    { method: 'POST', url: new URL('http://example.com/foo?param=value&pet=dog'), headers: {} },
    { keyId: 'Test', privateKey: DRAFT_KEY },
    'cavage',
    Temporal.Instant.from('2014-01-05T21:31:40Z'),
  )
  expect(headers).toEqual({
    host: 'example.com',
    date: 'Sun, 05 Jan 2014 21:31:40 GMT',
    signature:
      'keyId="Test",algorithm="rsa-sha256",headers="(request-target) host date",signature="qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0="',
  })
})

test('RFC 9421 signs the lines of its base in the order in which it names them (§2.5)', async () => {
  const headers = await signHeaders(
    { method: 'POST', url: new URL('http://example.com/foo?pet=dog'), headers: {}, body: '{}' },
    { keyId: 'Test', privateKey: DRAFT_KEY },
    'rfc9421',
    Temporal.Instant.from('2014-01-05T21:31:40Z'),
  )
  const digest = 'sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:'
  const parameters =
    '("@method" "@target-uri" "@authority" "host" "date" "content-digest");alg="rsa-v1_5-sha256";keyid="Test";created=1388957500'
  expect(headers['content-digest']).toBe(digest)
  expect(headers['signature-input']).toBe(`sig1=${parameters}`)
  const base = `"@method": POST
"@target-uri": http://example.com/foo?pet=dog
"@authority": example.com
"host": example.com
"date": Sun, 05 Jan 2014 21:31:40 GMT
"content-digest": ${digest}
"@signature-params": ${parameters}`
  const [, text = ''] = /^sig1=:([A-Za-z0-9+/=]+):$/.exec(headers.signature ?? '') ?? []
  const bytes = Buffer.from(text, 'base64')
  expect(verify('sha256', Buffer.from(base), createPublicKey(DRAFT_KEY), bytes)).toBe(true)
})

describe.each(['cavage', 'rfc9421'] as const)('the form %s', (form) => {
  test.each(REQUESTS)('of %s is read by our own gate, query and all', async (_, request) => {
    const headers = await signHeaders(request, key, form, NOW)
    const read = (path: string) =>
      readSignature(
        {
          method: request.method,
          path,
          headers: new Headers(headers),
          body: Buffer.from(request.body ?? ''),
          origin: request.url.origin,
        },
        NOW,
      )
    const found = read(request.url.pathname + request.url.search)
    expect('refused' in found ? found.refused : found.verify(pair.publicKey)).toBe(true)
    const other = read('/elsewhere?page=2')
    expect('refused' in other ? other.refused : other.verify(pair.publicKey)).toBe(false)
  })

  test.each(REQUESTS)('of %s is read by Fedify', async (_, { method, url, headers, body }) => {
    // Fedify leaves the query out of what draft-cavage signs.
    const plain = new URL(url.pathname, url)
    const signed = await signHeaders({ method, url: plain, headers, body }, key, form, NOW)
    const request = new Request(plain, {
      method,
      headers: signed,
      ...(body && { body: String(body) }),
    })
    const publicKey = await crypto.subtle.importKey(
      'spki',
      pair.publicKey.export({ type: 'spki', format: 'der' }),
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      true,
      ['verify'],
    )
    const known = new CryptographicKey({ id: new URL(KEY_ID), publicKey })
    const read = await verifyRequest(request, {
      currentTime: NOW,
      keyCache: { get: async () => known, set: async () => undefined },
    })
    expect(read?.id?.href).toBe(KEY_ID)
  })
})
