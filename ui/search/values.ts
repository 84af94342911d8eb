import { paths } from '../paths.ts'

/** What the search form holds, exactly as typed; empty when not asked. The names are those of the address. */
export type SearchValues = {
  /** Postcode, town or `lat,lng`. */
  ou: string
  /** Kilometres. */
  rayon: string
  quand: string
  /** `2026-12-03` */
  du: string
  au: string
  q: string
  mode: string
  /** `apprendre`, `experimenter`, `debattre`. */
  intention: string
  /** Code of a territory, `r-53` or `35`; counts where no `ou` is given. */
  territoire: string
  format: string
  public: string
  /** Codes, separated by commas: all of them. */
  acces: string
  /** Kind of the structure. */
  type: string
  /** Tag of a language, e.g. `br`. */
  langue: string
  /** URI of who announces it. */
  organisateur: string
  /** Slug of a structure of this server, or the name of its page at `/structures`. */
  structure: string
  /** Slug of a network of this directory. */
  reseau: string
  /** `reserve`, `tous`; empty: open to everyone. */
  ouvert: string
  /** `1`: those that are over, the latest first. */
  passes: string
  /** `distance`, or empty: by date. */
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

/** Kilometres offered; the search's own default is 30. */
export const RADII = [5, 10, 20, 30, 50, 100, 200]
export const DEFAULT_RADIUS = 30

const parametersOf = (values: SearchValues): URLSearchParams =>
  new URLSearchParams(
    Object.entries(values).filter(
      ([name, value]) => value !== '' && !(name === 'rayon' && values.ou === ''),
    ),
  )

/** The same search with some of it changed; `/` when nothing is asked. */
export function searchHref(values: SearchValues, changes: Partial<SearchValues> = {}): string {
  const asked = parametersOf({ ...values, ...changes })
  return asked.size === 0 ? paths.home : `${paths.home}?${asked}`
}

/** The same search as a file, by its name: `cafes.ics`. Without a question, all cafés to come. */
export function searchFileHref(values: SearchValues, file: string): string {
  const asked = parametersOf(values)
  return `/export/${file}${asked.size === 0 ? '' : `?${asked}`}`
}
