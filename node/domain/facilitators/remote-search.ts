import type { Facilitator } from './facilitator.ts'

/** In the parameters of `GET /api/v1/facilitators`. */
export type PeopleQuestion = { readonly [parameter: string]: string }

export type PeopleAnswer = {
  /** The directory's own actor, and its name. */
  directory: { uri: string; name: string }
  /** Undefined when it does not answer. */
  people: PersonElsewhere[] | undefined
}

/** Somebody whom a directory knows, cleaned. Not to be kept: they may take it back at any time. */
export type PersonElsewhere = Pick<
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
