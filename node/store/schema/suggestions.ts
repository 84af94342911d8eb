import type { SuggestedFields, Suggestion } from '../../domain/suggestions/suggestion.ts'
import { describe, instant, json, optional, type RowOf, text } from './table.ts'

/** The table of suggested cafés. */
export interface SuggestionTables {
  suggestion: RowOf<typeof SUGGESTION> & { key: string }
}

/** The columns of a suggestion, but the key by which it is known when it is sent twice. */
export const SUGGESTION = describe<Suggestion>()({
  id: text,
  email: text,
  title: text,
  typed: optional(json<SuggestedFields>()),
  cafeId: optional(text),
  createdAt: instant,
  endedAt: optional(instant),
  endReason: optional(text),
})
