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

/** A library with a point of its own, in Rennes. */
export const LIBRARY: Venue = {
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
}
