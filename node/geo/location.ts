import type { Geocoding, Location, Venue } from '../domain/cafes/venue.ts'
import { findCommune, wholeCommune } from './communes.ts'
import { findDepartement, findRegion } from './territories.ts'

/**
 * Half of a thousandth of a degree, some fifty metres: a commune's own point matches even after somebody rounded it.
 */
const SAME_POINT = 0.0005
/** Degrees with so many decimals distinguish two neighbouring entrances: ten metres. */
const EXACT_DECIMALS = 4

/** Returns how exact the point of a venue is; undefined where there is none. */
export function geocodingOf({ codeInsee, latitude, longitude }: Venue): Geocoding | undefined {
  if (latitude === undefined || longitude === undefined) return undefined
  const commune = codeInsee === undefined ? undefined : findCommune(codeInsee)
  const isOfCommune = [commune, commune && wholeCommune(commune)].some(
    (point) =>
      point &&
      Math.abs(point.latitude - latitude) < SAME_POINT &&
      Math.abs(point.longitude - longitude) < SAME_POINT,
  )
  if (isOfCommune) return 'commune'
  const isRound = [latitude, longitude].every(
    (degrees) => Number(degrees.toFixed(EXACT_DECIMALS - 1)) === degrees,
  )
  return isRound ? 'address' : 'exact'
}

/** Returns what the tables of France know about the location of a venue. */
export const describeLocation = (venue: Venue): Location => ({
  geocoding: geocodingOf(venue),
  departementName: venue.departement && findDepartement(venue.departement)?.name,
  regionName: venue.region && findRegion(venue.region)?.name,
})
