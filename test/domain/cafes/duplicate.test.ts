import { describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { foldWithinOrigin, isSameCafe } from '../../../node/domain/cafes/duplicate.ts'
import type { Venue } from '../../../node/domain/cafes/venue.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { LIBRARY } from '../../support/venues.ts'

const venue = (changes: Partial<Venue> = {}): Venue => ({ ...LIBRARY, ...changes })

const organizer = (name: string) => ({
  uri: `https://${name.toLowerCase().replaceAll(/\W+/g, '-')}.example/actors/cafes`,
  name,
  url: 'https://x.example/',
})

const library = aCafe({
  title: 'Café IA : l’IA au travail, amie ou concurrente ?',
  venue: venue(),
  organizer: organizer('Médiathèque du Canal'),
  peerId: 'peer-1',
})
const other = (changes: Partial<Cafe> = {}): Cafe =>
  aCafe({
    title: 'L’IA au travail : amie ou concurrente',
    venue: venue({
      name: 'Mediatheque du canal (Rennes)',
      latitude: undefined,
      longitude: undefined,
    }),
    organizer: organizer('Ville de Rennes'),
    peerId: 'peer-2',
    uri: 'https://ville-de-rennes.example/cafes/1',
    ...changes,
  })

describe('two announcements are of one café', () => {
  test.each<[string, Partial<Cafe>]>([
    ['in other words, without accents', {}],
    ['half an hour apart', { startsAt: library.startsAt.add({ minutes: 30 }) }],
    ['with a title that says nothing of its own', { title: 'Café IA' }],
    ['at the same street, under another name', { venue: venue({ name: 'Bibliothèque' }) }],
    [
      'a hundred metres from each other',
      { venue: venue({ name: 'Le Canal', streetAddress: undefined, latitude: 48.1058 }) },
    ],
  ])('%s', (_, changes) => {
    expect(isSameCafe(library, other(changes))).toBe('likeness')
    expect(isSameCafe(other(changes), library)).toBe('likeness')
  })

  test('with one UID within one origin, wherever it is held', () => {
    const copy = other({ uid: library.uid, uri: `${library.uri}-2`, venue: undefined })
    expect(isSameCafe(library, copy)).toBe('uid')
    expect(isSameCafe(library, { ...copy, organizer: library.organizer })).toBe('uid')
  })
})

describe('two announcements are of two cafés', () => {
  test.each<[string, Partial<Cafe>]>([
    ['an hour apart', { startsAt: library.startsAt.add({ minutes: 60 }) }],
    ['with titles that tell them apart', { title: 'Café IA : mes photos et mes données' }],
    ['in another town', { venue: venue({ codeInsee: '35047', commune: 'Bruz' }) }],
    [
      'elsewhere in the town',
      { venue: venue({ name: 'La Fabrique', streetAddress: '1 rue Haute', latitude: 48.12 }) },
    ],
    [
      'both where the town is, for want of an address',
      { venue: venue({ name: 'La Fabrique', streetAddress: undefined }) },
    ],
    ['online, without a place', { venue: undefined }],
    ['when one is cancelled: nobody must miss that', { status: 'cancelled' }],
    ['when one is for a few people only', { openTo: 'reserved' }],
    ['of one structure, which knows its own apart', { organizer: library.organizer }],
    ['with one UID of two origins', { uid: library.uid, title: 'Tout autre chose' }],
    ['400 metres apart under one name', { venue: venue({ latitude: 48.1086 }) }],
    ['with a number in a circle', { title: 'Café IA ② : l’IA au travail, amie ou concurrente ?' }],
    ['with another number', { title: 'Café IA : l’IA au travail 2, amie ou concurrente ?' }],
    ['with a name that one alone has', { title: 'L’IA au travail : amie ou concurrente, Empalot' }],
    ['in another room', { venue: venue({ name: 'Médiathèque du Canal, salle 2' }) }],
    ['in the north of it', { venue: venue({ name: 'Médiathèque du Canal Nord' }) }],
  ])('%s', (_, changes) => {
    expect(isSameCafe(library, other(changes))).toBeUndefined()
  })
})

test.each([
  ['Empalot', 'Saint-Cyprien'],
  ['Nord', 'Sud'],
  ['Séance 1', 'Séance 2'],
])('a café of %s is none of %s, whether the title or the venue says so', (here, there) => {
  const said = (word: string) => [
    { title: `Café IA ${word}` },
    { venue: venue({ name: `Bureau de poste ${word}` }) },
  ]
  for (const [index, change] of said(here).entries()) {
    const one = { ...library, ...change }
    expect(isSameCafe(one, other({ ...one, ...other({}), ...said(there)[index] }))).toBeUndefined()
  }
})

describe('of one origin’s announcements, the earliest is shown', () => {
  const named = (id: string, hours: number): Cafe =>
    aCafe({
      id,
      uri: `https://ville.example/cafes/${id}`,
      organizer: { ...organizer(id), uri: `https://ville.example/actors/${id}` },
      publishedAt: Temporal.Instant.from('2026-11-01T08:00:00Z').add({ hours }),
    })
  const cafes = [named('c', 3), named('b', 2), named('a', 1)]
  const like = (one: string, another: string) =>
    ({ ids: [one, another], reason: 'likeness' }) as const

  test('whichever came first here', () => {
    const folded = foldWithinOrigin(cafes, [like('a', 'b'), like('a', 'c'), like('b', 'c')])
    expect([...folded].map(([id, { shownId }]) => [id, shownId]).sort()).toEqual([
      ['b', 'a'],
      ['c', 'a'],
    ])
  })

  test('and stands for none that it is not like, though another is', () => {
    const folded = foldWithinOrigin(cafes, [like('a', 'b'), like('b', 'c')])
    expect([...folded.keys()]).toEqual(['b'])
  })

  test('but where two of one structure are like a third, nobody can tell which is meant', () => {
    const twins = [...cafes, { ...named('d', 4), organizer: cafes[1]?.organizer ?? organizer('') }]
    expect(foldWithinOrigin(twins, [like('a', 'b'), like('a', 'd')])).toEqual(new Map())
  })
})
