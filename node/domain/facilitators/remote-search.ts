import type { Facilitator } from './facilitator.ts'

/** The parameters of `GET /api/v1/facilitators`. */
export type FacilitatorQuestion = { readonly [parameter: string]: string }

export type FacilitatorAnswer = {
  /** The directory's own actor and its name. */
  directory: { uri: string; name: string }
  /** Undefined when the directory does not answer. */
  people: RemoteFacilitator[] | undefined
}

/**
 * A person whom a directory knows, cleaned. It must not be stored, since the person may withdraw the profile at any
 * time.
 */
export type RemoteFacilitator = Pick<
  Facilitator,
  | 'uri'
  | 'url'
  | 'name'
  | 'word'
  | 'radiusKm'
  | 'formats'
  | 'themes'
  | 'languages'
  | 'status'
  | 'training'
  | 'trainedOn'
  | 'availability'
  | 'presentation'
  | 'contact'
  | 'shownContact'
> & {
  /** The code of the territory, as we write it. */
  territory: string | undefined
  /** Distance to the middle of their territory, in kilometres. */
  km: number | undefined
  /** Whether a part of this profile is for structures only. */
  isForStructures: boolean
}
