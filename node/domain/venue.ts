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
}
