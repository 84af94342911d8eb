import { paths } from '../paths.ts'

/**
 * The values of the search form, exactly as typed, by the names of the address's parameters; empty where nothing was
 * typed.
 */
export type SearchValues = {
  /** A postcode, a town or `lat,lng`. */
  ou: string
  /** The radius in kilometres. */
  rayon: string
  quand: string
  /** A date, such as `2026-12-03`. */
  du: string
  au: string
  q: string
  mode: string
  /** `apprendre`, `experimenter`, `debattre`. */
  intention: string
  /** The code of a territory, `r-53` or `35`; it is used only without `ou`. */
  territoire: string
  format: string
  public: string
  /** Codes of accessibility, separated by commas; a café must have all of them. */
  acces: string
  /** The kind of the structure. */
  type: string
  /** A language tag, such as `br`. */
  langue: string
  /** The URI of the account that announces. */
  organisateur: string
  /** The slug of a structure of this server, or the name of its page at `/structures`. */
  structure: string
  /** The slug of a network of this directory. */
  reseau: string
  /** `reserve` or `tous`; empty for cafés open to everyone. */
  ouvert: string
  /** `1` for past cafés, the latest first. */
  passes: string
  /** `distance`; empty for the order of dates. */
  tri: string
}

export const NO_SEARCH: SearchValues = {
  ou: '',
  rayon: '',
  quand: '',
  du: '',
  au: '',
  q: '',
  mode: '',
  intention: '',
  territoire: '',
  format: '',
  public: '',
  acces: '',
  type: '',
  langue: '',
  organisateur: '',
  structure: '',
  reseau: '',
  ouvert: '',
  passes: '',
  tri: '',
}

/** The choices of the radius in kilometres; the default is 30. */
export const RADII = [5, 10, 20, 30, 50, 100, 200]
export const DEFAULT_RADIUS = 30
/** The greatest radius in kilometres; beyond it a search is everywhere. */
export const MAX_RADIUS = 500

const parametersOf = (values: SearchValues): URLSearchParams =>
  new URLSearchParams(
    Object.entries(values).filter(
      ([name, value]) => value !== '' && !(name === 'rayon' && values.ou === ''),
    ),
  )

/** Returns the address of the map of the search with some values changed. */
export const mapHref = (values: SearchValues, changes: Partial<SearchValues> = {}): string =>
  searchHref(values, changes).replace(/^\//, paths.map)

/** Returns the address of the search with some values changed; `/` without conditions. */
export function searchHref(values: SearchValues, changes: Partial<SearchValues> = {}): string {
  const asked = parametersOf({ ...values, ...changes })
  return asked.size === 0 ? paths.home : `${paths.home}?${asked}`
}

/** Returns the address of the search as a file, such as `cafes.ics`; without conditions, it has all cafés to come. */
export function searchFileHref(values: SearchValues, file: string): string {
  const asked = parametersOf(values)
  return `/export/${file}${asked.size === 0 ? '' : `?${asked}`}`
}
