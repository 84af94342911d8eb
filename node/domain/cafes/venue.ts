import type { AccessibilityCode } from '../values/accessibility.ts'

/** A place where cafés are held, with what is needed to find it. */
export type Venue = {
  /** The id in the venue table; undefined where the venue is not kept there. */
  id: string | undefined
  name: string
  streetAddress: string | undefined
  postalCode: string | undefined
  commune: string
  /** INSEE code of the commune (or municipal arrondissement), e.g. `69383`. */
  codeInsee: string | undefined
  departement: string | undefined
  /** INSEE code of the région, e.g. `84`. */
  region: string | undefined
  latitude: number | undefined
  longitude: number | undefined
} & Partial<VenueAccess>

/** All that a venue says of itself. */
export type VenueContent = Venue &
  VenueAccess & {
    accessibility: AccessibilityCode[]
    /** The days on which it is closed, as they were typed, one closure on each line (`readClosures`). */
    closures?: string | undefined
  }

export type VenueAccess = {
  /** How to get in, in plain words: entrance, floor, bus, car park. */
  access: string | undefined
  /** The address of its page at acceslibre.beta.gouv.fr, or of another that describes it. */
  acceslibreUrl: string | undefined
}

/** A place that a structure saved, where its cafés can be held. */
export type SavedVenue = VenueContent & {
  id: string
  organizationId: string
  /** The key of the program that sent it. */
  reference: string | undefined
}

export const ACCESS_MAX = 500

/**
 * How exact a point is: it is that of the town alone (`commune`), was given for the place to about a hundred metres
 * (`address`), or to ten metres (`exact`).
 */
export const GEOCODINGS = ['commune', 'address', 'exact'] as const
export type Geocoding = (typeof GEOCODINGS)[number]

/** What is known about the location of a venue beside what it says itself. */
export type Location = {
  /** Undefined where the venue has no point. */
  geocoding: Geocoding | undefined
  departementName: string | undefined
  regionName: string | undefined
}

/** Copies the part of a kept venue that a café has of it. */
export const venueOf = (kept: Venue): Venue => ({
  id: kept.id,
  name: kept.name,
  streetAddress: kept.streetAddress,
  postalCode: kept.postalCode,
  commune: kept.commune,
  codeInsee: kept.codeInsee,
  departement: kept.departement,
  region: kept.region,
  latitude: kept.latitude,
  longitude: kept.longitude,
  ...accessOf(kept),
})

/** Copies what is said about getting in; nothing where nothing is said. */
export const accessOf = ({
  access,
  acceslibreUrl,
}: Partial<VenueAccess>): Partial<VenueAccess> => ({
  ...(access && { access }),
  ...(acceslibreUrl && { acceslibreUrl }),
})

/** Returns whether two venues are the same place at the same address, whatever they say about getting in. */
export const isSameAddress = (one: Venue, other: Venue): boolean =>
  (Object.keys(addressOf(one)) as (keyof Venue)[]).every((key) => one[key] === other[key])

const addressOf = ({ access, acceslibreUrl, ...address }: Venue): Venue => address

type NamedPlace = Pick<Venue, 'name' | 'commune'>

/** Returns the town of a venue; undefined where the venue’s name has it, as in `Médiathèque de Rennes`. */
export const townUnlessNamed = ({ name, commune }: NamedPlace): string | undefined =>
  wordsOf(name).includes(wordsOf(commune)) ? undefined : commune

/** Returns the words of a name between spaces, without capitals, accents and punctuation. */
const wordsOf = (name: string): string =>
  ` ${name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}-]+/gu, ' ')
    .trim()} `

/** Returns a venue in a few words, `Médiathèque du Canal, Rennes`, with its town once. */
export const venueText = (venue: NamedPlace): string =>
  [venue.name, townUnlessNamed(venue)].filter(Boolean).join(', ')

/** Returns the name in a text of `venueText`: the text without the town that was added to it. */
export function venueNameOf(text: string, commune: string): string {
  const name = text.endsWith(`, ${commune}`) ? text.slice(0, -commune.length - 2) : text
  return name !== '' && venueText({ name, commune }) === text ? name : text
}
