import type { AttendanceMode, Intention, Openness } from '../../domain/cafes/cafe.ts'
import type { AccessibilityCode } from '../../domain/values/accessibility.ts'
import type { Kind } from '../../domain/values/structure-kinds.ts'
import type { Box, Point } from '../../geo/distance.ts'
import type { Territory } from '../../geo/territories.ts'
import type { Since } from './changed-cafes.ts'
import type { SearchCursor } from './cursor.ts'

/** Which of the cafés that took place a figure counts; all of them where it has no part. */
export type CountedCafes = {
  /** Only those of which a shown report tells. */
  isReported?: boolean | undefined
  /** Only the first café that was held in its commune. */
  isFirst?: boolean | undefined
  /** Instead those that were cancelled and that everybody was invited to. */
  isCancelled?: boolean | undefined
  /** Instead those that everybody is invited to and that are to come at this time, or were held too, or that at a place. */
  announced?: { at: Temporal.Instant; which: 'tous' | 'places' | 'a-venir' } | undefined
  /** Only those that began in this month or later, by the clock of their place. */
  since?: Temporal.PlainYearMonth | undefined
  /** Only those that began in this month, by the clock of their place. */
  month?: Temporal.PlainYearMonth | undefined
  /** Only those that began on these days, by the clock of their place. */
  days?: { from: Temporal.PlainDate; until: Temporal.PlainDate } | undefined
  /** Only those at a place outside this département. */
  outside?: string | undefined
}

/**
 * What to look for among the cafés that everybody may see. Each part narrows the search; one that is left out does not.
 */
export type CafeQuery = {
  near?: (Point & { radiusKm: number }) | undefined
  /** The café must lie in this box. */
  box?: Box | undefined
  /**
   * Leaves out the cafés that end before this time; undefined for past ones too. A date is the day at the place of each
   * café, so that the 9th in Saint-Denis de La Réunion begins three hours before the 9th in Paris.
   */
  from: Temporal.Instant | Temporal.PlainDate | undefined
  /** Leaves out the cafés that end after this instant. */
  overBy?: Temporal.Instant | undefined
  /** Leaves out the cafés that begin at this instant or later, or after this day. */
  until?: Temporal.Instant | Temporal.PlainDate | undefined
  /**
   * Leaves out the cafés that begin more than so many days after today, by the clock of each café: when it is evening
   * in Paris it is tomorrow in Saint-Denis de La Réunion.
   */
  withinOwn?: { now: Temporal.Instant; days: number } | undefined
  /**
   * The café must have all of these words, each as the prefix of one of its own; without a letter or digit there is no
   * filter.
   */
  words?: string | undefined
  territory?: Territory | undefined
  /** Of several ways of attending, formats, languages or audiences a café must have at least one. */
  mode?: OneOf<AttendanceMode>
  format?: OneOf<string>
  /** Tags of a language in which it is held, e.g. `fr`. */
  language?: OneOf<string>
  /** The structure that announces it must be of at least one of these kinds, where its kind is known. */
  kinds?: readonly Kind[] | undefined
  /** A café must have at least one of them. */
  intentions?: readonly Intention[] | undefined
  audience?: OneOf<string>
  /** A café must have all of them. */
  accessibility?: readonly AccessibilityCode[] | undefined
  /** `public` by default: a school's own café is found only by a search that asks for it. */
  openTo?: Openness | 'all' | undefined
  /** Whether to leave out cancelled cafés. */
  isHeld?: boolean | undefined
  /** Whether to leave out all that are not cancelled. */
  isCancelled?: boolean | undefined
  /** The URI of the actor that announces it. */
  organizer?: string | undefined
  /** The slug of a structure of this server, or the name of any structure's page at `/structures`. */
  structure?: string | undefined
  /** Leaves out the cafés of other servers. */
  isOurs?: boolean | undefined
  /** The slug of a network here, whose members announce the café. */
  network?: string | undefined
  /** Limits the search to what changed here since a mark of this server, or since a time by its clock. */
  updatedSince?: Since | undefined
  /** Leaves out what a figure of the statistics does not count. */
  counted?: CountedCafes | undefined
  ids?: readonly string[] | undefined
  /** The café must be a date of one of these series. */
  series?: readonly string[] | undefined
  /** Whether to leave the descriptions empty, which no list shows. */
  isBrief?: boolean | undefined
  /** Soonest first, latest first, or nearest first, which needs `near`. */
  order?: SearchOrder | undefined
  limit?: number | undefined
  cursor?: SearchCursor | undefined
}

type OneOf<T> = T | readonly T[] | undefined
type SearchOrder = SearchCursor['order']
