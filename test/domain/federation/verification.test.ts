import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { hashes, verify as nobleVerify } from '@noble/ed25519'
import { base58 } from '@scure/base'
import fc from 'fast-check'
import canonicalize from 'json-canon'
import { describe, expect, test } from 'vitest'
import { toMultibase } from '../../../federation/wire/multikey.ts'
import { signPosterAddress } from '../../../federation/wire/poster-address.ts'
import { addProof, verifyProof } from '../../../federation/wire/proof.ts'
import {
  ageInDays,
  canonicalJson,
  type Finding,
  fromMultibase,
  type Known,
  knownFrom,
  lastDay,
  openRegistry,
  type PinnedKey,
  type Primitives,
  verifyText,
} from '../../../node/domain/federation/verification.ts'
import { mandateBounds } from '../../../node/domain/referents/attestation.ts'
import { nodePrimitives } from '../../../node/formats/web/verification-primitives.ts'
import { times } from '../../support/full.ts'
import { aCafe } from '../../ui/gallery/sample.ts'

hashes.sha512 = (message) => new Uint8Array(createHash('sha512').update(message).digest())

/** The implementation of the curve that the browser's page uses. */
const noblePrimitives: Primitives = {
  sha256: nodePrimitives.sha256,
  verify: async (signature, message, key) =>
    nobleVerify(signature, message, key, { zip215: false }),
}

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
const ACTOR = 'https://mediatheque.example/actors/cafes'
const pair = generateKeyPairSync('ed25519')
const signer = { privateKey: pair.privateKey, verificationMethod: `${ACTOR}#ed25519-key` }

const pinned = (key: KeyObject, changes: Partial<PinnedKey> = {}): PinnedKey => ({
  id: signer.verificationMethod,
  controller: ACTOR,
  publicKeyMultibase: toMultibase(key),
  name: 'Médiathèque du Canal',
  ...changes,
})
const directory = generateKeyPairSync('ed25519')
const DIRECTORY = 'https://annuaire.example/actors/instance'
const directorySigner = {
  privateKey: directory.privateKey,
  verificationMethod: `${DIRECTORY}#ed25519-key`,
}
const directoryKey = {
  id: directorySigner.verificationMethod,
  controller: DIRECTORY,
  publicKeyMultibase: toMultibase(directory.publicKey),
  name: 'Annuaire',
}
const registry: Known = {
  issuer: DIRECTORY,
  keys: [pinned(pair.publicKey), directoryKey],
  revoked: [],
}

const event = {
  '@context': ['https://www.w3.org/ns/activitystreams', { cafeia: 'https://example/#' }],
  id: 'https://mediatheque.example/cafes/1',
  type: 'Event',
  name: 'Café IA « à vous ! »',
  attributedTo: ACTOR,
  startTime: '2026-12-09T18:30:00+01:00',
  location: { type: 'Place', name: 'La Médiathèque', latitude: 48.1100001 },
}
const signed = (document: object = event, by = signer) =>
  JSON.stringify(addProof({ ...document }, by, now))

async function verify(text: string, against: Partial<Known> = {}): Promise<Finding[]> {
  const known = { ...registry, ...against }
  const each = [nodePrimitives, noblePrimitives].map((primitives) =>
    Array.fromAsync(verifyText(text, { registry: known, primitives, now: now.epochMilliseconds })),
  )
  const [one = [], other] = await Promise.all(each)
  expect(other).toEqual(one)
  return one
}
const verdicts = async (text: string, against?: Partial<Known>) =>
  (await verify(text, against)).map(({ verdict }) => verdict)

describe('a signed document', () => {
  test('says who published it, what, when', async () => {
    expect(await verify(signed())).toEqual([
      {
        verdict: 'valid',
        line: 1,
        id: event.id,
        type: 'Event',
        title: event.name,
        startsAt: event.startTime,
        endsAt: undefined,
        place: 'La Médiathèque',
        publisher: 'Médiathèque du Canal',
        host: 'mediatheque.example',
        signedAt: '2026-11-25T09:00:00Z',
        keyId: signer.verificationMethod,
      },
    ])
  })

  test('is refused once any one byte of it has changed', async () => {
    const text = signed()
    for (let at = 0; at < text.length; at += 7) {
      const letter = text[at] === 'a' ? 'b' : 'a'
      const [finding] = await verify(text.slice(0, at) + letter + text.slice(at + 1))
      expect([at, finding?.verdict]).not.toEqual([at, 'valid'])
    }
  })

  test('is read in files of lines, with the number of each', async () => {
    const lines = [signed(), '', signed().replace('Café', 'Thé'), '{"broken', signed()].join('\n')
    expect((await verify(`${lines}\n`)).map(({ line, verdict }) => `${line} ${verdict}`)).toEqual([
      '1 valid',
      '3 altered',
      '4 unreadable',
      '5 valid',
    ])
  })

  test('is also found in a collection that is not signed as a whole', async () => {
    const page = { type: 'OrderedCollectionPage', orderedItems: [JSON.parse(signed()), event] }
    expect(await verdicts(JSON.stringify(page, undefined, 2))).toEqual(['valid', 'unsigned'])
  })

  test('by a key that nobody knows, for another actor or another site is not believed', async () => {
    const text = signed()
    expect(await verdicts(text, { keys: [] })).toEqual(['unknown-key'])
    const stranger = generateKeyPairSync('ed25519').publicKey
    expect(await verdicts(text, { keys: [pinned(stranger)] })).toEqual(['altered'])
    const other = { ...event, attributedTo: 'https://mediatheque.example/actors/autre' }
    expect(await verdicts(signed(other))).toEqual(['wrong-key'])
    const elsewhere = { ...event, id: 'https://autre.example/cafes/1' }
    expect(await verdicts(signed(elsewhere))).toEqual(['wrong-key'])
  })

  test('signed after its key was given up does not count; before, it does', async () => {
    const until = (retiredAt: string) => ({ keys: [pinned(pair.publicKey, { retiredAt })] })
    expect(await verdicts(signed(), until('2026-11-24T00:00:00Z'))).toEqual(['retired-key'])
    expect(await verdicts(signed(), until('2026-11-26T00:00:00Z'))).toEqual(['valid'])
  })

  test.each([
    ['2026-11-25T09:59:59Z', 'valid'],
    ['2026-11-25T10:00:01Z', 'future'],
    ['2030-01-01T00:00:00Z', 'future'],
  ])('at %s, seen at nine, is %s: clocks differ by an hour at most', async (at, verdict) => {
    const dated = JSON.stringify(addProof({ ...event }, signer, Temporal.Instant.from(at)))
    expect(await verdicts(dated)).toEqual([verdict])
  })
})

describe('a mandate', () => {
  const mandate: Record<string, unknown> = {
    ...event,
    id: 'https://annuaire.example/attestations/1',
    type: 'Relationship',
    attributedTo: DIRECTORY,
    relationship: 'https://ns.cafe-ia.example/v1#referentOf',
    object: 'https://annuaire.example/territoires/35',
    startTime: '2026-11-24T23:00:00Z',
    endTime: '2027-11-24T23:00:00Z',
  }
  const issued = (document: object) => signed(document, directorySigner)
  test('counts from its beginning until its end, and not once it was withdrawn', async () => {
    expect(await verdicts(issued(mandate))).toEqual(['valid'])
    const toCome = { ...mandate, startTime: '2026-11-25T09:00:01Z' }
    expect(await verdicts(issued(toCome))).toEqual(['not-yet'])
    expect(await verdicts(issued({ ...mandate, startTime: 'always' }))).toEqual(['not-yet'])
    const over = { ...mandate, endTime: '2026-11-25T08:59:59Z' }
    expect(await verdicts(issued(over))).toEqual(['expired'])
    expect(await verdicts(issued({ ...mandate, endTime: 'never' }))).toEqual(['expired'])
    expect(
      await verdicts(issued(mandate), { revoked: ['https://annuaire.example/attestations/1'] }),
    ).toEqual(['revoked'])
  })

  test('of somebody else is no good under another name, nor is its proof on another mandate', async () => {
    const claire = { ...mandate, name: 'Claire, Ille-et-Vilaine' }
    const paul = { ...mandate, id: `${mandate.id}2`, name: 'Paul, Finistère' }
    const [finding] = await verify(issued(paul))
    expect(finding).toMatchObject({ verdict: 'valid', title: 'Paul, Finistère' })
    expect(await verdicts(issued(paul).replace('Paul', 'Claire'))).toEqual(['altered'])
    const { proof } = JSON.parse(issued(paul))
    expect(await verdicts(JSON.stringify({ ...claire, proof }))).toEqual(['altered'])
  })

  test('without dates counts at no time, and no second date makes up for the one of its end', async () => {
    const { endTime: _, ...endless } = mandate
    expect(await verdicts(issued(endless))).toEqual(['expired'])
    const { startTime: __, ...timeless } = mandate
    expect(await verdicts(issued(timeless))).toEqual(['not-yet'])
    const over = { ...mandate, endTime: '2026-11-25T08:59:59Z', validUntil: '2030-01-01T00:00:00Z' }
    expect(await verdicts(issued(over))).toEqual(['expired'])
  })

  const own = {
    attributedTo: ACTOR,
    id: 'https://mediatheque.example/attestations/1',
    object: 'https://mediatheque.example/territoires/35',
  }
  test.each([
    ['in a member’s own name', own],
    ['under another form of the type', { ...own, type: 'as:Relationship' }],
    ['under two types', { ...own, type: ['Event', 'Relationship'] }],
    ['as a café', { ...own, type: 'Event' }],
    ['without the relationship', { ...own, relationship: undefined }],
    ['for a territory of the directory', { ...own, object: mandate.object }],
  ])('that a member signs %s is not the directory’s', async (_, change) => {
    const [finding] = await verify(signed({ ...mandate, ...change }))
    expect(finding).toMatchObject({ verdict: 'other-issuer', publisher: 'Médiathèque du Canal' })
  })

  test('that a member signs in the name of the directory is signed by somebody else than its author', async () => {
    expect(await verdicts(signed(mandate))).toEqual(['wrong-key'])
    const { id: _, ...nameless } = mandate
    expect(await verdicts(signed(nameless))).toEqual(['wrong-key'])
  })

  test('of another directory is not the word of this one, whether or not its key is known', async () => {
    const elsewhere = JSON.parse(
      JSON.stringify(mandate).replaceAll('annuaire.example', 'ailleurs.example'),
    )
    const key = `${elsewhere.attributedTo}#ed25519-key`
    const text = signed(elsewhere, { ...signer, verificationMethod: key })
    expect(await verdicts(text)).toEqual(['other-issuer'])
    const theirs = pinned(pair.publicKey, { id: key, controller: elsewhere.attributedTo })
    expect(await verdicts(text, { keys: [theirs] })).toEqual(['other-issuer'])
  })

  test('of another actor of the directory, or under no address of its own, is not its word', async () => {
    const feed = 'https://annuaire.example/actors/territoire-35'
    const key = { ...directoryKey, id: `${feed}#ed25519-key`, controller: feed }
    const bySide = signed(
      { ...mandate, attributedTo: feed },
      { ...directorySigner, verificationMethod: key.id },
    )
    expect(await verdicts(bySide, { keys: [key] })).toEqual(['other-issuer'])
    const { id: _, ...nameless } = mandate
    expect(await verdicts(issued(nameless))).toEqual(['other-issuer'])
  })

  test('is not verified where no directory is known, even with the key', async () => {
    expect(await verdicts(issued(mandate), { issuer: undefined })).toEqual(['no-directory'])
  })

  test.each([
    ['Pacific/Tahiti', '2027-11-25T10:00:00Z'],
    ['America/Martinique', '2027-11-25T04:00:00Z'],
    ['Europe/Paris', '2027-11-24T23:00:00Z'],
    ['Indian/Reunion', '2027-11-24T20:00:00Z'],
    ['Pacific/Wallis', '2027-11-24T12:00:00Z'],
  ])('ends with the last day that it has in %s', (zone, endTime) => {
    const endsOn = Temporal.PlainDate.from('2027-11-24')
    const { until } = mandateBounds({ startsOn: endsOn, endsOn }, zone)
    expect(until.toString()).toBe(endTime)
    expect(lastDay(endTime)).toBe('2027-11-24')
  })

  test('whose end is no date is shown with what it says', () => {
    expect(lastDay('never')).toBe('never')
    expect(lastDay('-271821-04-20T00:00:00Z')).toBe('-271821-04-20T00:00:00Z')
  })
})

describe('a registry', () => {
  const document = {
    '@context': ['https://www.w3.org/ns/activitystreams'],
    id: 'https://annuaire.example/registry.json',
    type: 'Collection',
    attributedTo: DIRECTORY,
    isDirectory: true,
    updated: '2026-11-20T09:00:00Z',
    items: [pinned(pair.publicKey), directoryKey].map((key) => ({ type: 'Multikey', ...key })),
    revoked: ['https://annuaire.example/attestations/1'],
  }
  const whole = signed(document, directorySigner)
  const open = async (text: string) => {
    const [one, other] = await Promise.all(
      [nodePrimitives, noblePrimitives].map((primitives) =>
        openRegistry(text, { primitives, now: now.epochMilliseconds }),
      ),
    )
    expect(other).toEqual(one)
    return one
  }

  test('says whose it is, of when, which keys it holds and what was taken back', async () => {
    expect(await open(whole)).toEqual({
      issuer: DIRECTORY,
      isDirectory: true,
      madeAt: '2026-11-20T09:00:00Z',
      signedWith: { ...directoryKey, retiredAt: undefined },
      keys: [pinned(pair.publicKey), directoryKey].map((key) => ({ ...key, retiredAt: undefined })),
      revoked: document.revoked,
    })
    expect(ageInDays('2026-11-20T09:00:00Z', now.epochMilliseconds)).toBe(5)
    expect(ageInDays('2026-11-25T09:00:01Z', now.epochMilliseconds)).toBe(0)
  })

  const stranger = generateKeyPairSync('ed25519')
  const swapped = { ...directoryKey, publicKeyMultibase: toMultibase(stranger.publicKey) }
  const change = (changes: object) => JSON.stringify({ ...JSON.parse(whole), ...changes })
  const byMember = (changes: object = {}) => signed({ ...document, ...changes })
  test.each<[string, string]>([
    [
      'whose key of a member is another',
      whole.replace(toMultibase(pair.publicKey), swapped.publicKeyMultibase),
    ],
    [
      'whose own key is another',
      whole.replace(directoryKey.publicKeyMultibase, swapped.publicKeyMultibase),
    ],
    ['whose revocations are emptied', change({ revoked: [] })],
    ['whose revocations are left out', change({ revoked: undefined })],
    ['that is made younger', change({ updated: '2026-11-25T09:00:00Z' })],
    ['without a proof', change({ proof: undefined })],
    ['that a member signs for the directory', byMember()],
    ['that a member signs as the directory of its own', byMember({ attributedTo: ACTOR })],
    [
      'at another address',
      signed({ ...document, id: 'https://annuaire.example/autre' }, directorySigner),
    ],
    [
      'of a key that was given up before',
      signed(
        { ...document, items: [{ ...directoryKey, expires: '2026-11-01T00:00:00Z' }] },
        directorySigner,
      ),
    ],
    ['without its own key', signed({ ...document, items: [] }, directorySigner)],
  ])('%s is altered', async (_, text) => {
    expect(text).not.toBe(whole)
    expect(await open(text)).toBe('altered')
  })

  test('of a date to come is believed in nothing', async () => {
    const at = Temporal.Instant.from('2027-01-01T00:00:00Z')
    const { proof: _, ...unsigned } = JSON.parse(whole)
    expect(await open(JSON.stringify(addProof(unsigned, directorySigner, at)))).toBe('future')
    expect(await open(signed({ ...document, updated: at.toString() }, directorySigner))).toBe(
      'future',
    )
  })

  test('of a server that is no directory says nothing about mandates, its own least of all', async () => {
    const registry = await open(whole)
    if (registry === undefined || typeof registry === 'string') throw new Error('no registry')
    const id = 'https://annuaire.example/attestations/2'
    const own = { ...event, id, type: 'Relationship', attributedTo: DIRECTORY }
    const mandate = signed(own, directorySigner)
    const [finding] = await Array.fromAsync(
      verifyText(mandate, {
        registry: knownFrom({ ...registry, isDirectory: false }),
        primitives: nodePrimitives,
        now: now.epochMilliseconds,
      }),
    )
    expect(finding?.verdict).toBe('no-directory')
    expect(knownFrom(registry).issuer).toBe(DIRECTORY)
  })

  test.each(['', '[]', '{}', signed(), '{"items": 1, "revoked": []}'])(
    'is not what else there is (%#)',
    async (text) => {
      expect(await open(text)).toBeUndefined()
    },
  )

  test('of a member is not authentic as a document either', async () => {
    expect(await verdicts(whole)).toEqual(['valid'])
    const own = { attributedTo: ACTOR, id: 'https://mediatheque.example/registry.json' }
    expect(await verdicts(byMember(own))).toEqual(['other-issuer'])
    expect(await verdicts(change({ revoked: [] }))).toEqual(['altered'])
  })
})

describe('the code of a poster', () => {
  const cafe = aCafe({ uri: 'https://mediatheque.example/cafes/1' })
  const address = signPosterAddress(cafe, signer)

  test('says whose it is, when and where', async () => {
    const [finding] = await verify(address)
    expect(finding).toMatchObject({
      verdict: 'valid',
      type: 'Poster',
      id: cafe.uri,
      startsAt: '2026-12-03T18:30:00+01:00',
      place: cafe.venue?.commune,
      publisher: 'Médiathèque du Canal',
    })
  })

  test('with another hour, another town, another site or no signature is not believed', async () => {
    expect(await verdicts(address.replace('T18:30', 'T19:30'))).toEqual(['altered'])
    expect(await verdicts(address.replace(/;[^;]+;z/, ';Nice;z'))).toEqual(['altered'])
    expect(await verdicts(address.replace('mediatheque.', 'autre.'))).toEqual(['unknown-key'])
    expect(await verdicts(cafe.uri)).toEqual(['unsigned'])
  })

  test('is not believed once its key was given up, since it has no date', async () => {
    const keys = [pinned(pair.publicKey, { retiredAt: '2026-11-26T00:00:00Z' })]
    expect(await verdicts(address, { keys })).toEqual(['retired-key'])
  })

  test.each(['https://[', 'https://', 'http://:80', 'https://x.example:99999/#v1', 'https://%'])(
    'that is no address (%s) is a line that cannot be read',
    async (text) => {
      expect(await verdicts(text)).toEqual(['unreadable'])
    },
  )
})

describe('a second implementation of the standards', () => {
  test('writes JSON as RFC 8785 wants it, as the library does, byte for byte', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // A value that was read from a text has no -0 and nothing that JSON cannot express.
        const parsed: unknown = JSON.parse(JSON.stringify(value))
        expect(canonicalJson(parsed)).toBe(canonicalize(parsed))
      }),
      { numRuns: times(100, 500) },
    )
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5 })).toBe(
      '{"\\r":2,"1":4,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    )
  })

  test('reads base58 as the library does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
        expect(fromMultibase(`z${base58.encode(bytes)}`)).toEqual(bytes)
      }),
    )
    for (const wrong of ['', 'z', 'zO0', 'f00', `z${'1'.repeat(101)}`, undefined])
      expect(fromMultibase(wrong)).toBeUndefined()
  })

  test('agrees with the proofs of the protocol on whatever is signed, and on whatever is altered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.boolean(),
        async (more, isAltered) => {
          const { proof: _, ...others } = JSON.parse(JSON.stringify(more)) as Record<
            string,
            unknown
          >
          const document = JSON.parse(signed({ ...others, ...event })) as Record<string, unknown>
          if (isAltered) document.name = 'Café IA « à eux ! »'
          const [verdict] = await verdicts(JSON.stringify(document))
          expect(verifyProof(document, pair.publicKey)).toBe(!isAltered)
          expect(verdict).toBe(isAltered ? 'altered' : 'valid')
        },
      ),
      { numRuns: times(40, 100) },
    )
  })

  test('accepts the vector of FEP-8b32, and refuses it once a letter has changed', async () => {
    const text = JSON.stringify({
      '@context': [
        'https://www.w3.org/ns/activitystreams',
        'https://w3id.org/security/data-integrity/v1',
      ],
      type: 'Create',
      actor: 'https://server.example/users/alice',
      object: { type: 'Note', content: 'Hello world' },
      proof: {
        type: 'DataIntegrityProof',
        cryptosuite: 'eddsa-jcs-2022',
        verificationMethod: 'https://server.example/users/alice#ed25519-key',
        proofPurpose: 'assertionMethod',
        proofValue:
          'z3sXaxjKs4M3BRicwWA9peyNPJvJqxtGsDmpt1jjoHCjgeUf71TRFz56osPSfDErszyLp5Ks1EhYSgpDaNM977Rg2',
        created: '2023-02-24T23:36:38Z',
      },
    })
    const keys = [
      {
        id: 'https://server.example/users/alice#ed25519-key',
        controller: 'https://server.example/users/alice',
        publicKeyMultibase: 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2',
        name: 'Alice',
      },
    ]
    expect(await verdicts(text, { keys })).toEqual(['valid'])
    expect(await verdicts(text.replace('world', 'World'), { keys })).toEqual(['altered'])
  })
})
