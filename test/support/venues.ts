import type { Venue } from '../../node/domain/cafes/venue.ts'

/** A place with a point of its own, in the Drôme. */
export const DIE: Venue = {
  id: undefined,
  name: 'Le Tiers-lieu',
  streetAddress: undefined,
  postalCode: '26150',
  commune: 'Die',
  codeInsee: '26113',
  departement: '26',
  region: '84',
  latitude: 44.7535,
  longitude: 5.3703,
}
