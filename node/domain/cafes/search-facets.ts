/** What a search can be narrowed by, with how many of its cafés each choice would leave. */
export type FacetName =
  | 'mode'
  | 'intention'
  | 'format'
  | 'audience'
  | 'accessibility'
  | 'kind'
  | 'language'
  | 'region'
  | 'departement'

/** `value` is the code, or the words of a free text as one café spells it. */
export type FacetChoice = { value: string; total: number }

export type Facets = {
  /** Of all cafés found that take place; of more than the bound, the bound. */
  total: number
  /** Cancelled ones among those found, which count in nothing else. */
  cancelled: number
  /** There are more: the counts are of the first ones only, and no figure to show. */
  isCapped: boolean
  choices: Record<FacetName, FacetChoice[]>
}
