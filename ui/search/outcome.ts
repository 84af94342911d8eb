import type { Problem } from '../../node/domain/values/problem.ts'
import type { ListedCafe } from '../cafes/card.tsx'
import type { NavLink } from '../components/site.ts'
import type { ListMap } from '../maps/map-panel.tsx'
import type { FeedToFollow } from '../territories/follow-panel.tsx'
import type { ShownTerritory } from '../territories/shown-territory.ts'
import type { SearchNames } from './active-criteria.ts'
import type { CafeGroup } from './cafe-groups.tsx'
import type { Suggestion } from './suggestions.ts'
import type { Understanding } from './understood.tsx'

/** What the search found, or what it has to ask first. */
export type SearchOutcome =
  | {
      type: 'found'
      /** The centre of the search, such as `Rennes (35)` or coordinates; undefined for everywhere. */
      place: string | undefined
      /** The commune that given coordinates are in or next to. */
      beside?: string | undefined
      /** How the place was interpreted. */
      understood?: Understanding | undefined
      /** The commune or territory that was searched for, and the accounts that announce its cafés. */
      area?: { territory: ShownTerritory; feeds: FeedToFollow[] } | undefined
      /** Undefined without a place. */
      radiusKm: number | undefined
      cafes: ListedCafe[]
      nextHref: string | undefined
      /** Other cafés, when nothing was found. */
      groups?: CafeGroup[] | undefined
      /** The conditions to drop, when nothing was found. */
      suggestions?: Suggestion[] | undefined
      /** The numbers of cafés found; undefined on a later page. */
      counts?: { total: number; cancelled: number; isCapped: boolean } | undefined
      /** The map of the cafés shown, by their numbers. */
      map?: ListMap | undefined
      names?: SearchNames | undefined
      /** Whether this is a later page. */
      continued?: boolean | undefined
    }
  /** The input is invalid; the form shows the problems. */
  | {
      type: 'problems'
      problems: Problem[]
      /** What may have been meant by the place. */
      or?: NavLink[] | undefined
    }

export type Found = Extract<SearchOutcome, { type: 'found' }>

/** Returns whether the search found no café that takes place: none at all, or cancelled ones only. */
export const isNothingFound = ({ cafes, counts }: Found): boolean =>
  cafes.length === 0 || counts?.total === 0
