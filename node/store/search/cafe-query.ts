import type { AttendanceMode, Intention, Openness } from '../../domain/cafes/cafe.ts'
import type { AccessibilityCode } from '../../domain/values/accessibility.ts'
import type { Kind } from '../../domain/values/structure-kinds.ts'
import type { Point } from '../../geo/distance.ts'
import type { Territory } from '../../geo/territories.ts'
import type { Since } from './changed-cafes.ts'
import type { SearchCursor } from './cursor.ts'

/** What to look for among the cafés that everyone may see. Each part narrows; one left out does not. */
export type CafeQuery = {
  near?: (Point & { radiusKm: number }) | undefined
  /**
   * Leaves out what is over by then; undefined for the past too. A date is the day at the place of each café, so that
   * the 9th at Saint-Denis de La Réunion begins three hours before the 9th in Paris.
   */
  from: Temporal.Instant | Temporal.PlainDate | undefined
  /** Leaves out the cafés that end after this instant. */
  overBy?: Temporal.Instant | undefined
  /** Leaves out what begins at this instant or later, or after this day. */
  until?: Temporal.Instant | Temporal.PlainDate | undefined
  /**
   * Leaves out what begins more than so many days after today, which each café has by its own clock: when it is
   * evening in Paris it is tomorrow in Saint-Denis de La Réunion.
   */
  withinOwn?: { now: Temporal.Instant; days: number } | undefined
  /** All of them, each as the beginning of a word of the café; without a letter or figure, no filter. */
  words?: string | undefined
  territory?: Territory | undefined
  mode?: AttendanceMode | undefined
  format?: string | undefined
  /** Tag of a language that it is held in, e.g. `fr`. */
  language?: string | undefined
  /** Kinds of the structure that announces it, at least one of them, where it is known. */
  kinds?: readonly Kind[] | undefined
  /** At least one of them. */
  intentions?: readonly Intention[] | undefined
  audience?: string | undefined
  /** All of them. */
  accessibility?: readonly AccessibilityCode[] | undefined
  /** Open to everyone by default: a school's own café is found by who asks for it. */
  openTo?: Openness | 'all' | undefined
  /** Leaves out what is cancelled. */
  isHeld?: boolean | undefined
  /** URI of who announces it. */
  organizer?: string | undefined
  /** Slug of a structure of this server, or the name of anybody's page at `/structures`. */
  structure?: string | undefined
  /** Slug of a network, as it is called here: what its members announce. */
  network?: string | undefined
  /** What changed here since: a mark of this server, or a time by its clock. */
  updatedSince?: Since | undefined
  ids?: readonly string[] | undefined
  /** Soonest first, the latest first, or the nearest first, which needs `near`. */
  order?: SearchOrder | undefined
  limit?: number | undefined
  cursor?: SearchCursor | undefined
}

type SearchOrder = SearchCursor['order']
