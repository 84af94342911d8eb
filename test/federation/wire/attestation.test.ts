import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  checkAttestation,
  toRelationship,
  toRevocationList,
} from '../../../federation/wire/attestation.ts'
import { addProof } from '../../../federation/wire/proof.ts'
import { mandateBounds } from '../../../node/domain/referents/attestation.ts'

const HUB = 'https://annuaire.example'
const NOW = Temporal.Instant.from('2026-11-25T09:00:00Z')

const keys = generateKeyPairSync('ed25519')
const others = generateKeyPairSync('ed25519')
const signer = {
  privateKey: keys.privateKey,
  verificationMethod: `${HUB}/actors/instance#ed25519-key`,
}

const attestation = {
  uri: `${HUB}/attestations/0f5c9d2e-8f4b-4c7e-9d5a-0a1b2c3d4e5f`,
  issuer: HUB,
  person: { name: 'Claire', uri: 'https://lieu.example/animation/claire' },
  territory: '35',
  from: Temporal.Instant.from('2026-11-24T23:00:00Z'),
  until: Temporal.Instant.from('2027-11-24T23:00:00Z'),
  issuedAt: NOW,
}

const sign = (change: Partial<typeof attestation> = {}) =>
  addProof(toRelationship({ ...attestation, ...change }, 'Claire, référente'), signer, NOW)

const check = (
  document: Parameters<typeof checkAttestation>[0],
  options: Partial<Parameters<typeof checkAttestation>[1]> = {},
) => checkAttestation(document, { publicKey: keys.publicKey, now: NOW, ...options })

describe('an attestation, checked with no network', () => {
  test('holds as it was signed, read again from its text', () => {
    const read = JSON.parse(JSON.stringify(sign()))
    expect(check(read, { territory: '35' })).toEqual({ outcome: 'valid', attestation })
  })

  test.each([
    ['the name', { name: 'Quelqu’un d’autre' }],
    ['the territory', { object: `${HUB}/territoires/75` }],
    ['the end', { endTime: '2037-11-24T23:00:00Z' }],
    ['the person', { subject: { type: 'Person', name: 'Eve' } }],
    ['the address', { id: `${HUB}/attestations/11111111-1111-4111-8111-111111111111` }],
  ])('is refused once %s is another', (_, change) => {
    expect(check({ ...sign(), ...change })).toMatchObject({ outcome: 'refused', reason: 'altered' })
  })

  test('is refused under another key, and when another actor’s key is named', () => {
    expect(check(sign(), { publicKey: others.publicKey })).toMatchObject({ reason: 'altered' })
    const bySomebody = addProof(
      toRelationship(attestation, 'Claire'),
      { ...signer, verificationMethod: 'https://evil.example/actors/instance#ed25519-key' },
      NOW,
    )
    expect(check(bySomebody)).toMatchObject({ reason: 'altered' })
  })

  test('counts from its first moment to the one before its end', () => {
    const at = (text: string) => check(sign(), { now: Temporal.Instant.from(text) })
    expect(at('2026-11-24T22:59:59Z')).toMatchObject({ reason: 'not-yet' })
    expect(at('2026-11-24T23:00:00Z')).toMatchObject({ outcome: 'valid' })
    expect(at('2027-11-24T22:59:59Z')).toMatchObject({ outcome: 'valid' })
    expect(at('2027-11-24T23:00:00Z')).toMatchObject({ reason: 'expired' })
  })

  test('shown for another territory it is refused, even for one within', () => {
    expect(check(sign(), { territory: '75' })).toMatchObject({ reason: 'other-territory' })
    expect(check(sign(), { territory: 'c-35238' })).toMatchObject({ reason: 'other-territory' })
  })

  test('taken back it is refused, by a list that is whole and the same directory’s', () => {
    const list = (uris: string[]) =>
      addProof(toRevocationList(HUB, { uris, updatedAt: NOW }), signer, NOW)
    expect(check(sign(), { revocations: list([]) })).toMatchObject({ outcome: 'valid' })
    const revocations = list([attestation.uri])
    expect(check(sign(), { revocations })).toMatchObject({ reason: 'revoked' })
    const emptied = { ...revocations, orderedItems: [] }
    expect(check(sign(), { revocations: emptied })).toMatchObject({ reason: 'altered-list' })
    const foreign = addProof(
      toRevocationList('https://ailleurs.example', { uris: [], updatedAt: NOW }),
      signer,
      NOW,
    )
    expect(check(sign(), { revocations: foreign })).toMatchObject({ reason: 'foreign-list' })
  })

  test.each([
    ['a café', { ...sign(), type: 'Event' }],
    ['another relationship', { ...sign(), relationship: 'https://ns.cafe-ia.example/v1#memberOf' }],
    [
      'another directory’s territory',
      { ...sign(), object: 'https://ailleurs.example/territoires/35' },
    ],
    ['a date that is none', { ...sign(), endTime: 'demain' }],
    ['nothing', {}],
  ])('%s is no attestation', (_, document) => {
    expect(check(document)).toEqual({ outcome: 'refused', reason: 'not-an-attestation' })
  })
})

test('a mandate’s days begin and end where the territory is', () => {
  const days = {
    startsOn: Temporal.PlainDate.from('2026-12-01'),
    endsOn: Temporal.PlainDate.from('2027-11-30'),
  }
  const { from, until } = mandateBounds(days, 'Indian/Reunion')
  expect(from.toString()).toBe('2026-11-30T20:00:00Z')
  expect(until.toString()).toBe('2027-11-30T20:00:00Z')
})
