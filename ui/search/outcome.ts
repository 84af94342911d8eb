import type { Problem } from '../../node/domain/values/problem.ts'
import type { ListedCafe } from '../cafes/card.tsx'
import type { NumberedMap } from '../components/numbered-map.tsx'
import type { FeedToFollow } from '../territories/follow-panel.tsx'
import type { ShownTerritory } from '../territories/shown-territory.ts'
import type { SearchNames } from './active-criteria.ts'
import type { CafeGroup } from './cafe-groups.tsx'
import type { Suggestion } from './suggestions.ts'
import type { Understanding } from './understood.tsx'

/** What the search found, or what it needs to know first. */
export type SearchOutcome =
  | {
      type: 'found'
      /** Where it was looked for, e.g. `Rennes (35)`, or two numbers; undefined for everywhere. */
      place: string | undefined
      /** The commune that a bare point is in or beside. */
      beside?: string | undefined
      /** How the place was understood. */
      understood?: Understanding | undefined
      /** The commune or territory that was asked for, and the accounts that announce its cafés. */
      area?: { territory: ShownTerritory; feeds: FeedToFollow[] } | undefined
      /** Undefined when no place was asked for. */
      radiusKm: number | undefined
      cafes: ListedCafe[]
      nextHref: string | undefined
      /** What there is instead, when there is none. */
      groups?: CafeGroup[] | undefined
      /** What to ask no more to find one, when there is none. */
      suggestions?: Suggestion[] | undefined
      /** How many there are; undefined on a later page. */
      counts?: { total: number; cancelled: number; isCapped: boolean } | undefined
      /** Where those that are shown are, by their numbers. */
      map?: NumberedMap | undefined
      names?: SearchNames | undefined
      /** A later page: `cafes` is not the whole beginning. */
      continued?: boolean | undefined
    }
  /** Wrong input: the form says which. */
  | { type: 'problems'; problems: Problem[] }

export type Found = Extract<SearchOutcome, { type: 'found' }>
