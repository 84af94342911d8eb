import { paths } from './paths.ts'

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
  tri: '',
}

/** Kilometres offered; the search's own default is 30. */
export const RADII = [5, 10, 20, 30, 50, 100, 200]
export const DEFAULT_RADIUS = 30

/** The same search with some of it changed; `/` when nothing is asked. */
export function searchHref(values: SearchValues, changes: Partial<SearchValues> = {}): string {
  const wanted: SearchValues = { ...values, ...changes }
  const asked = Object.entries(wanted).filter(
    ([name, value]) => value !== '' && !(name === 'rayon' && wanted.ou === ''),
  )
  return asked.length === 0 ? paths.home : `${paths.home}?${new URLSearchParams(asked)}`
}
