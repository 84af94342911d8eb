import type { Messages } from '../locales/messages.ts'
import type { SearchNames } from './active-criteria.ts'
import { textOf } from './choices.ts'
import { type SearchValues, searchHref } from './values.ts'

/** The changes that drop one condition each, for a search without results; for online cafés, the place is dropped. */
const CHANGES = {
  online: { ou: '', rayon: '', tri: '', territoire: '', mode: 'en-ligne' },
  words: { q: '' },
  dates: { quand: '', du: '', au: '' },
  format: { format: '' },
  audience: { public: '' },
  kind: { type: '' },
  language: { langue: '' },
  accessibility: { acces: '' },
  intention: { intention: '' },
  mode: { mode: '' },
  openTo: { ouvert: '' },
  organizer: { organisateur: '', structure: '' },
  network: { reseau: '' },
  past: { passes: '' },
  territory: { territoire: '' },
  place: { ou: '', rayon: '', tri: '' },
} as const satisfies Record<string, Partial<SearchValues>>

export type Suggestion = keyof typeof CHANGES

/** Returns the search with one suggested change. */
export const toSuggestedSearch = (values: SearchValues, way: Suggestion): SearchValues => ({
  ...values,
  ...CHANGES[way],
})

/** Returns the changes that give different searches. */
export function listSuggestions(values: SearchValues): Suggestion[] {
  const known = new Set([searchHref(values)])
  return (Object.keys(CHANGES) as Suggestion[]).filter((way) => {
    const href = searchHref(values, CHANGES[way])
    if (known.has(href) || !isOpen(way, values)) return false
    known.add(href)
    return true
  })
}

/**
 * Returns whether a change makes sense for this search: a search for cafés on site is not changed to online ones, and
 * `place` requires a place, since an order by distance is none.
 */
function isOpen(way: Suggestion, { mode, ou }: SearchValues): boolean {
  if (way === 'online') return mode === '' || mode === 'en-ligne'
  return way !== 'place' || ou !== ''
}

type Known = { place: string | undefined; names: SearchNames }

/** Returns the label of a change: « chercher sans le format « débat » ». */
export function suggestionText(
  way: Suggestion,
  values: SearchValues,
  known: Known,
  t: Messages,
): string {
  const { suggestions } = t.find
  switch (way) {
    case 'online':
      return t.search.onlineInstead
    case 'words':
      return t.search.noWords(values.q)
    case 'dates':
      return t.search.allDates
    case 'mode':
      return t.search.allModes
    case 'format':
      return suggestions.format(values.format)
    case 'audience':
      return suggestions.audience(values.public)
    case 'kind':
      return suggestions.kind(textOf('kind', values.type, t))
    case 'language':
      return suggestions.language(textOf('language', values.langue, t))
    case 'intention':
      return suggestions.intention(textOf('intention', values.intention, t))
    case 'territory':
      return suggestions.territory(known.names.territory ?? values.territoire)
    case 'network':
      return suggestions.network(known.names.network ?? values.reseau)
    case 'place':
      return suggestions.place(known.place ?? values.ou)
    case 'accessibility':
    case 'openTo':
    case 'organizer':
    case 'past':
      return suggestions[way]
  }
}
