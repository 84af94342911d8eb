import { describe, expect, test } from 'vitest'
import { isObject, type Json, textOf, toList } from '../../../federation/wire/json.ts'
import type { CafeContent } from '../../../node/domain/cafes/cafe.ts'
import type { Venue } from '../../../node/domain/cafes/venue.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { online, wireOf } from '../../support/wire-event.ts'

/**
 * What Gancio makes of the place of our Events, by the rules of its source: `parsePlace` and `Events.update` of 1.21,
 * `parseAPLocation` of the versions after it, `_findOrCreatePlace` of both. Its places have unique names, without regard
 * to capitals; a place that is known keeps its address.
 */

type Place = { name: string; address: string }
type Found = { name: string | undefined; address: string | undefined }

const part = (value: unknown, name: string): string | undefined =>
  isObject(value) ? textOf(value[name]) : undefined

const PARTS = ['streetAddress', 'addressLocality', 'addressRegion', 'addressCountry']
const joined = (address: unknown): string | undefined => {
  if (typeof address === 'string') return address
  return PARTS.flatMap((name) => part(address, name) ?? []).join(', ') || undefined
}

/** The location of an event that is new there, 1.21: what has an address, else what is no online address. */
function readNew({ location }: Json): Found {
  const locations = toList(location).filter(isObject)
  const place =
    locations.find(({ address }) => address !== undefined && !part(address, 'url')) ??
    locations.find(({ address }) => !part(address, 'url'))
  if (!place) return { name: 'online', address: undefined }
  const name = textOf(place.name)
  return { name, address: place.address === undefined ? name : joined(place.address) }
}

/** The location of an event that is changed there, 1.21: one object, of whose address it takes one part. */
function readChanged({ location }: Json): Found {
  if (!isObject(location)) throw new Error('the location is read as one object')
  const { address } = location
  const [first] = ['streetAddress', 'addressLocality', 'addressCountry'].flatMap(
    (name) => part(address, name) ?? [],
  )
  const found = first ?? address ?? ''
  // `trim` is called on it, which an object does not have.
  if (typeof found !== 'string') throw new TypeError('trim is not a function')
  return { name: textOf(location.name), address: found }
}

/** The location of an event that is new or changed there, in the versions after 1.21. */
function readLater({ location, attachment }: Json): Found {
  const place = toList(location).find((item) => isObject(item) && item.type !== 'VirtualLocation')
  if (isObject(place)) return { name: textOf(place.name), address: joined(place.address) }
  const links = toList(attachment).filter((item) => part(item, 'href'))
  return links.length > 0 ? { name: 'online', address: 'online' } : { name: undefined, address: '' }
}

/** The places of a Gancio, and the act by which it finds or makes that of an event. */
function startGancio() {
  const places = new Map<string, Place>()
  return (found: Found): Place => {
    const name = found.name?.trim()
    const address = found.address?.trim()
    if (!name || !address) throw new Error('place_id or place_name and place_address are required')
    const known = places.get(name.toLocaleLowerCase()) ?? { name, address }
    places.set(name.toLocaleLowerCase(), known)
    return known
  }
}

const VENUE = ownCafe().venue as Venue
const at = (name: string, commune: string, streetAddress?: string): Partial<CafeContent> => ({
  venue: { ...VENUE, name, commune, streetAddress },
})

const VERSIONS = { '1.21': [readNew, readChanged], later: [readLater, readLater] } as const

describe.each(Object.entries(VERSIONS))('Gancio %s', (_, [readOfNew, readOfChanged]) => {
  test.each([
    ['with a venue', {}],
    ['at a venue without a street', at('Salle des fêtes', 'Bruz')],
    ['at a venue called like its town', at('Bruz', 'Bruz')],
    ['online', online],
    ['moved online', { status: 'moved-online' }],
    ['online and cancelled', { ...online, status: 'cancelled' }],
  ] satisfies [string, Partial<CafeContent>][])(
    'takes a café %s, and each change of it',
    (_, of) => {
      const findPlace = startGancio()
      const { event } = wireOf(of)
      expect(findPlace(readOfChanged(event))).toEqual(startGancio()(readOfChanged(event)))
      expect(findPlace(readOfNew(event))).toBeDefined()
    },
  )

  test('does not take the Médiathèque of one town for that of another', () => {
    const findPlace = startGancio()
    const lyon = findPlace(readOfNew(wireOf(at('Médiathèque', 'Lyon', '1 rue A')).event))
    const brest = findPlace(readOfNew(wireOf(at('Médiathèque', 'Brest', '2 rue B')).event))
    expect([lyon.name, brest.name]).toEqual(['Médiathèque, Lyon', 'Médiathèque, Brest'])
    expect(brest.address).toContain('2 rue B')
  })

  test('keeps the town of a café that moves', () => {
    const findPlace = startGancio()
    findPlace(readOfNew(wireOf(at('Médiathèque', 'Lyon', '1 rue A')).event))
    const moved = findPlace(readOfChanged(wireOf(at('Médiathèque', 'Brest', '2 rue B')).event))
    expect(moved.name).toBe('Médiathèque, Brest')
    expect(moved.address).toContain('2 rue B')
  })

  test('has the place of a café once, whether it is new there or changed', () => {
    for (const of of [{}, at('Salle', 'Bruz'), online] as Partial<CafeContent>[]) {
      const findPlace = startGancio()
      const { event } = wireOf(of)
      expect(findPlace(readOfChanged(event))).toBe(findPlace(readOfNew(event)))
    }
  })
})
