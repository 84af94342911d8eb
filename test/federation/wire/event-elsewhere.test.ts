import { createHash, generateKeyPairSync } from 'node:crypto'
import { importJwk, verifyProof as verifyByFedify } from '@fedify/fedify/sig'
import { DataIntegrityProof, Event, Multikey, Place } from '@fedify/vocab'
import { getDocumentLoader } from '@fedify/vocab-runtime'
import { hashes, verify as verifyByNoble } from '@noble/ed25519'
import { base58 } from '@scure/base'
import canonicalize from 'json-canon'
import { describe, expect, test } from 'vitest'
import { toActorJson } from '../../../federation/actors/actors.ts'
import { toEvent } from '../../../federation/wire/event.ts'
import { addProof, verifyProof } from '../../../federation/wire/proof.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { ORIGIN } from '../../support/wire-event.ts'

hashes.sha512 = (message) => new Uint8Array(createHash('sha512').update(message).digest())
const PAGE = `${ORIGIN}/cafes/0197a1c2-0000-7000-8000-000000000001`
const instant = (text: string) => Temporal.Instant.from(text)

describe('other software reads it', () => {
  const options = { contextLoader: getDocumentLoader(), documentLoader: getDocumentLoader() }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const keyId = `${ORIGIN}/actors/cafes#ed25519-key`
  const signer = { privateKey, verificationMethod: keyId }
  const signedText = () =>
    JSON.stringify(
      addProof(toEvent(ownCafe(), ORIGIN), signer, instant('2026-11-25T09:00:00.999Z')),
    )

  test('Fedify’s Event has its title, times, place and words', async () => {
    const event = await Event.fromJsonLd(JSON.parse(signedText()), options)
    expect(event.id?.href).toBe(PAGE)
    expect(event.name?.toString()).toBe('Café IA : les images')
    expect(event.startTime?.equals(instant('2026-12-03T17:30:00Z'))).toBe(true)
    expect(event.endTime?.equals(instant('2026-12-03T19:00:00Z'))).toBe(true)
    expect(event.attributionId?.href).toBe(`${ORIGIN}/actors/cafes`)
    const place = await event.getLocation(options)
    expect(place).toBeInstanceOf(Place)
    expect((place as Place).latitude).toBeCloseTo(48.1113)
    expect((await Array.fromAsync(event.getTags(options))).map(String).length).toBeGreaterThan(1)
  })

  test('its proof, made in whole seconds of UTC, holds for us, for noble and for Fedify', async () => {
    const event = JSON.parse(signedText())
    const { proof, ...document } = event
    expect(proof.created).toBe('2026-11-25T09:00:00Z')
    expect(proof.verificationMethod).toBe(keyId)
    expect(proof['@context']).toEqual(document['@context'])
    expect(verifyProof(event, publicKey)).toBe(true)

    const { proofValue, ...proofOptions } = proof
    const sha = (text: string) => createHash('sha256').update(text).digest()
    const message = Buffer.concat([sha(canonicalize(proofOptions)), sha(canonicalize(document))])
    const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(12)
    expect(verifyByNoble(base58.decode(proofValue.slice(1)), message, raw)).toBe(true)

    const jwk = publicKey.export({ format: 'jwk' })
    const key = new Multikey({
      id: new URL(keyId),
      controller: new URL(`${ORIGIN}/actors/cafes`),
      publicKey: await importJwk({ ...jwk, alg: 'Ed25519', key_ops: ['verify'] }, 'public'),
    })
    const keyCache = { get: async () => key, set: async () => undefined }
    const read = await DataIntegrityProof.fromJsonLd(proof, options)
    expect((await verifyByFedify(event, read, { ...options, keyCache }))?.id?.href).toBe(keyId)
    expect(
      await verifyByFedify({ ...event, name: 'Faux' }, read, { ...options, keyCache }),
    ).toBeNull()
  })
})

test('an actor’s publicKey is one object, and its Ed25519 key stands in assertionMethod alone', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const id = `${ORIGIN}/actors/cafes`
  const signer = { privateKey, verificationMethod: `${id}#ed25519-key` }
  const ed25519 = { keyId: `${id}#ed25519-key`, publicKey, signer }
  const keys = {
    rsa: {
      keyId: `${id}#main-key`,
      privateKey,
      publicKey,
      publicPem: 'PEM',
      createdAt: Temporal.Now.instant(),
    },
    former: [],
    ed25519,
    proofKeys: [ed25519],
    posterSigner: signer,
    leaked: [],
  }
  const actor = {
    identifier: 'cafes',
    type: 'Group',
    name: 'Cafés',
    summaryHtml: '',
    facts: [],
  } as const
  expect(toActorJson(actor, keys, ORIGIN)).toMatchObject({
    publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: 'PEM' },
    assertionMethod: [{ id: `${id}#ed25519-key`, type: 'Multikey', controller: id }],
  })
})
