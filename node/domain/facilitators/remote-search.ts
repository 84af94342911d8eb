import type { Facilitator } from './facilitator.ts'

/** In the parameters of `GET /api/v1/facilitators`. */
export type FacilitatorQuestion = { readonly [parameter: string]: string }

export type FacilitatorAnswer = {
  /** The directory's own actor, and its name. */
  directory: { uri: string; name: string }
  /** Undefined when it does not answer. */
  people: RemoteFacilitator[] | undefined
}

/** Somebody whom a directory knows, cleaned. Not to be kept: they may take it back at any time. */
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
  /** Code of ours. */
  territory: string | undefined
  /** To the middle of their territory. */
  km: number | undefined
  /** Of this person something is for structures only. */
  isForStructures: boolean
}
