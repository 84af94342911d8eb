import type { Cafe } from '../cafes/cafe.ts'

/**
 * A café that somebody without a site and without an account asks a directory to announce. Once its address is proven, it
 * is a draft of the directory for a structure (`announcedFor`), which a person examines.
 */
export type Suggestion = {
  id: string
  /** The address of its author, who alone has the links to it. */
  email: string
  title: string
  /** What was typed, by field: all of it until the address is proven, then the place that is asked for a published café. */
  typed: SuggestedFields | undefined
  /** The café that was made of it; undefined before the proof, and once that café was deleted. */
  cafeId: string | undefined
  createdAt: Temporal.Instant
  /** When the directory refused it, or deleted its café. */
  endedAt: Temporal.Instant | undefined
  /** Why, in the words of the person who decided. */
  endReason: string | undefined
}

/** What the form has, by the names of its fields; each of them is one text. */
export const SUGGESTED_FIELDS = [
  ...(['announcedFor', 'title', 'date', 'time', 'endTime', 'descriptionMarkdown'] as const),
  ...(['venue.id', 'venue.name', 'venue.town', 'venue.codeInsee'] as const),
  ...(['venue.streetAddress', 'onlineUrl'] as const),
]

/** The fields of a place, which a person examines again when an author changes it. */
export const PLACE_FIELDS = [
  ...(['venue.name', 'venue.town', 'venue.codeInsee', 'venue.streetAddress'] as const),
]

/** Returns the place as it was typed, in a line. */
export const placeTextOf = (typed: SuggestedFields): string =>
  [typed['venue.name'], typed['venue.streetAddress'], typed['venue.town']]
    .filter(Boolean)
    .join(', ')

export type SuggestedFields = { readonly [name in (typeof SUGGESTED_FIELDS)[number]]?: string }

export type SuggestionState = 'unproven' | 'waiting' | 'published' | 'over' | 'refused'

/** Returns what became of a suggestion; `over` is a café that was cancelled or that has taken place. */
export function stateOf(
  { cafeId, endedAt }: Pick<Suggestion, 'cafeId' | 'endedAt'>,
  cafe: Pick<Cafe, 'publication' | 'status' | 'endsAt'> | undefined,
  now: Temporal.Instant,
): SuggestionState {
  if (endedAt) return 'refused'
  if (cafeId === undefined || !cafe) return 'unproven'
  if (cafe.publication !== 'published') return 'waiting'
  const isPast = Temporal.Instant.compare(cafe.endsAt, now) <= 0
  return isPast || cafe.status === 'cancelled' ? 'over' : 'published'
}

/** Returns the text by which the same suggestion of the same person is known when it is sent twice. */
export const keyOf = (typed: SuggestedFields): string =>
  (['title', 'date', 'time', 'venue.town'] as const)
    .map((name) =>
      (typed[name] ?? '')
        .normalize('NFKC')
        .toLowerCase()
        .split(/[^\p{L}\p{N}:-]+/u)
        .filter((word) => word !== '')
        .join(' '),
    )
    .join('|')
