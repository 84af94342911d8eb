import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  KeyObject,
} from 'node:crypto'
import {
  generateCryptoKeyPair,
  signObject,
  verifyProof as verifyFedifyProof,
} from '@fedify/fedify/sig'
import { Create, DataIntegrityProof, Multikey } from '@fedify/vocab'
import { getDocumentLoader } from '@fedify/vocab-runtime'
import { hashes, verify as nobleVerify } from '@noble/ed25519'
import { base58 } from '@scure/base'
import canonicalize from 'json-canon'
import { describe, expect, test } from 'vitest'
import { CONTEXT } from '../../../federation/wire/context.ts'
import type { Json } from '../../../federation/wire/json.ts'
import { fromMultibase, toMultibase } from '../../../federation/wire/multikey.ts'
import { addProof, verifyProof } from '../../../federation/wire/proof.ts'

hashes.sha512 = (message) => new Uint8Array(createHash('sha512').update(message).digest())

const loadNothing = async (url: string) => {
  throw new Error(`nothing to load at ${url}`)
}

/** The test vector of FEP-8b32 (fep-8b32.feature). */
const VECTOR = {
  privateKey: 'z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq',
  publicKey: 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2',
  created: '2023-02-24T23:36:38Z',
  verificationMethod: 'https://server.example/users/alice#ed25519-key',
  proofValue:
    'z3sXaxjKs4M3BRicwWA9peyNPJvJqxtGsDmpt1jjoHCjgeUf71TRFz56osPSfDErszyLp5Ks1EhYSgpDaNM977Rg2',
  document: {
    '@context': [
      'https://www.w3.org/ns/activitystreams',
      'https://w3id.org/security/data-integrity/v1',
    ],
    type: 'Create',
    actor: 'https://server.example/users/alice',
    object: { type: 'Note', content: 'Hello world' },
  },
}

/** Decodes a multibase Ed25519 secret: two bytes of multicodec, then the seed. */
const privateKeyOf = (multibase: string) =>
  createPrivateKey({
    key: Buffer.concat([
      Buffer.from('302e020100300506032b657004220420', 'hex'),
      Buffer.from(base58.decode(multibase.slice(1))).subarray(2, 34),
    ]),
    format: 'der',
    type: 'pkcs8',
  })

describe('object integrity proofs', () => {
  test('the vector of FEP-8b32 is accepted, and refused once a letter has changed', () => {
    const publicKey = createPublicKey(privateKeyOf(VECTOR.privateKey))
    expect(toMultibase(publicKey)).toBe(VECTOR.publicKey)
    const proof = {
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-jcs-2022',
      verificationMethod: VECTOR.verificationMethod,
      proofPurpose: 'assertionMethod',
      proofValue: VECTOR.proofValue,
      created: VECTOR.created,
    }
    expect(verifyProof({ ...VECTOR.document, proof }, publicKey)).toBe(true)
    const altered = { ...VECTOR.document, object: { type: 'Note', content: 'Hello World' } }
    expect(verifyProof({ ...altered, proof }, publicKey)).toBe(false)
  })

  test('Fedify accepts our proofs and we accept its own', async () => {
    const pair = await generateCryptoKeyPair('Ed25519')
    const keyId = new URL('https://a.example/actors/cafes#ed25519-key')
    const privateKey = KeyObject.from(pair.privateKey)
    const note = {
      '@context': CONTEXT,
      type: 'Create',
      id: 'https://a.example/activities/1',
      actor: 'https://a.example/actors/cafes',
      object: 'https://a.example/cafes/1',
    }
    const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
    const ours = addProof(note, { privateKey, verificationMethod: keyId.href }, now)
    const key = new Multikey({
      id: keyId,
      controller: new URL('https://a.example/actors/cafes'),
      publicKey: pair.publicKey,
    })
    const keyCache = { get: async () => key, set: async () => {} }
    const options = { keyCache, documentLoader: loadNothing, contextLoader: getDocumentLoader() }
    const proof = await DataIntegrityProof.fromJsonLd(ours.proof, options)
    expect((await verifyFedifyProof(ours, proof, options))?.id?.href).toBe(keyId.href)

    const theirs = await signObject(
      new Create({ id: new URL('https://a.example/activities/2'), actor: key.controllerId }),
      pair.privateKey,
      keyId,
      { created: now, contextLoader: getDocumentLoader() },
    )
    const wire = (await theirs.toJsonLd({
      format: 'compact',
      contextLoader: getDocumentLoader(),
    })) as Json
    expect(verifyProof(wire, KeyObject.from(pair.publicKey))).toBe(true)
  })

  test('one changed letter, a changed date or another key is refused', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const signer = { privateKey, verificationMethod: 'https://a.example/actors/cafes#ed25519-key' }
    const event = { '@context': CONTEXT, type: 'Event', name: 'Café IA à Die', latitude: 44.75 }
    const signed = addProof(event, signer, Temporal.Instant.from('2026-11-25T09:00:00Z'))
    expect(verifyProof(signed, publicKey)).toBe(true)
    expect(verifyProof({ ...signed, name: 'Café IA à Dié' }, publicKey)).toBe(false)
    const proof = { ...signed.proof, created: '2026-11-26T09:00:00Z' }
    expect(verifyProof({ ...signed, proof }, publicKey)).toBe(false)
    expect(verifyProof(signed, generateKeyPairSync('ed25519').publicKey)).toBe(false)
    expect(verifyProof(event, publicKey)).toBe(false)
  })

  test('a second implementation agrees', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const signer = { privateKey, verificationMethod: 'https://a.example/actors/cafes#ed25519-key' }
    const signed = addProof(
      { '@context': CONTEXT, type: 'Event', name: 'Été à L’Haÿ-les-Roses ☕' },
      signer,
      Temporal.Instant.from('2026-11-25T09:00:00Z'),
    )
    const { proof, ...document } = signed
    const { proofValue, ...options } = proof
    const sha = (text: string) => createHash('sha256').update(text).digest()
    const message = Buffer.concat([sha(canonicalize(options)), sha(canonicalize(document))])
    const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(12)
    const signature = base58.decode(String(proofValue).slice(1))
    expect(nobleVerify(signature, message, raw, { zip215: false })).toBe(true)
  })

  test('a Multikey survives both ways, and nonsense is no key', () => {
    const { publicKey } = generateKeyPairSync('ed25519')
    expect(fromMultibase(toMultibase(publicKey))?.equals(publicKey)).toBe(true)
    expect(fromMultibase('z6Mk')).toBeUndefined()
    expect(fromMultibase('hello')).toBeUndefined()
  })
})
