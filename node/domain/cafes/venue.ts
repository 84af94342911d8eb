import type { AccessibilityCode } from '../values/accessibility.ts'

/** A place where cafés are held, with what it takes to find it. */
export type Venue = {
  /** Ours when it is kept in the venue table. */
  id: string | undefined
  name: string
  streetAddress: string | undefined
  postalCode: string | undefined
  commune: string
  /** INSEE code of the commune (or municipal arrondissement), e.g. 69383. */
  codeInsee: string | undefined
  departement: string | undefined
  /** INSEE code of the région, e.g. 84. */
  region: string | undefined
  latitude: number | undefined
  longitude: number | undefined
} & Partial<VenueAccess>

/** What a venue says besides its address. */
export type VenueContent = Venue & VenueAccess & { accessibility: AccessibilityCode[] }

export type VenueAccess = {
  /** How one comes in, in plain words: entrance, floor, bus, car park. */
  access: string | undefined
  /** Its page at acceslibre.beta.gouv.fr, or another that describes it. */
  acceslibreUrl: string | undefined
}

/** A place that a structure keeps, for its cafés to be held at. */
export type SavedVenue = VenueContent & {
  id: string
  organizationId: string
  /** The key of the program that sent it. */
  reference: string | undefined
}

export const ACCESS_MAX = 500

/**
 * How sure a point is: that of the town alone (`commune`), given for the place to a hundred metres or so (`address`), or
 * given to ten metres (`exact`).
 */
export const GEOCODINGS = ['commune', 'address', 'exact'] as const
export type Geocoding = (typeof GEOCODINGS)[number]

/** What is known of where a venue is besides what it says itself. */
export type Location = {
  /** Undefined without a point. */
  geocoding: Geocoding | undefined
  departementName: string | undefined
  regionName: string | undefined
}

/** What a café copies of the venue where it is held. */
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

/** What is said of coming in, and nothing where nothing is said. */
export const accessOf = ({
  access,
  acceslibreUrl,
}: Partial<VenueAccess>): Partial<VenueAccess> => ({
  ...(access && { access }),
  ...(acceslibreUrl && { acceslibreUrl }),
})

/** The same place at the same address, whatever is said of coming in. */
export const isSameAddress = (one: Venue, other: Venue): boolean =>
  (Object.keys(addressOf(one)) as (keyof Venue)[]).every((key) => one[key] === other[key])

const addressOf = ({ access, acceslibreUrl, ...address }: Venue): Venue => address
