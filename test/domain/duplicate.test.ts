import { describe, expect, test } from 'vitest'
import type { Cafe } from '../../node/domain/cafe.ts'
import { sameCafe, toShow } from '../../node/domain/duplicate.ts'
import type { Venue } from '../../node/domain/venue.ts'
import { aCafe } from '../store/some-cafes.ts'

const venue = (changes: Partial<Venue> = {}): Venue => ({
  id: undefined,
  name: 'Médiathèque du Canal',
  streetAddress: '12 quai de la Prévalaye',
  postalCode: '35000',
  commune: 'Rennes',
  codeInsee: '35238',
  departement: '35',
  region: '53',
  latitude: 48.105,
  longitude: -1.69,
  ...changes,
})

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
    expect(sameCafe(library, other(changes))).toBe('likeness')
    expect(sameCafe(other(changes), library)).toBe('likeness')
  })

  test('with one UID of a calendar, whatever they say', () => {
    const copy = other({ uid: library.uid, title: 'Tout autre chose', venue: undefined })
    expect(sameCafe(library, copy)).toBe('uid')
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
  ])('%s', (_, changes) => {
    expect(sameCafe(library, other(changes))).toBeUndefined()
  })
})

test('the place’s own announcement is shown, else the first, and this server’s own before all', () => {
  const early = other({ publishedAt: library.publishedAt?.subtract({ hours: 24 }) })
  expect(toShow([early, library])?.id).toBe(library.id)
  const town = other({ organizer: organizer('Département') })
  expect(toShow([town, early])?.id).toBe(early.id)
  const own = other({ peerId: undefined, organizationId: 'organization-1' })
  expect(toShow([library, own, early])?.id).toBe(own.id)
})
