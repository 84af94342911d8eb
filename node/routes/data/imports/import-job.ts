import type { Config } from '../../../config.ts'
import type { Cafe, CafeContent } from '../../../domain/cafes/cafe.ts'
import type { Author } from '../../../domain/cafes/edit.ts'
import type { ImportedIdentity, ImportPreview } from '../../../domain/cafes/import.ts'
import type { Venue } from '../../../domain/cafes/venue.ts'
import type { Recurrence, WallTime } from '../../../domain/series/recurrence.ts'
import type { Series, SeriesSource } from '../../../domain/series/series.ts'
import { isFromCalendar } from '../../../store/cafes/import-snapshots.ts'
import type { OpenDatabase } from '../../../store/database/database.ts'
import type { Organization } from '../../../store/structures/organizations.ts'
import type { ImportStep } from './import-step.ts'

/** An import, and how it is read. */
export type Import = {
  db: OpenDatabase
  config: Pick<Config, 'origin'>
  organization: Organization
  /** Who imports: the person who sent the file, or the calendar that is followed. */
  by: Author
  preview: ImportPreview
  now: Temporal.Instant
  choices?: ImportChoices
  /** The followed calendar of which this is a reading. */
  calendarId?: string | undefined
  /** How many cafés to come that calendar may have brought; `MOST_TO_COME` when undefined. */
  mostToCome?: number
  /** Is told after each row how many were read. */
  onRow?: (done: number) => void
}

/** What a person chose when they saw the preview; without it everything is read, and published. */
type ImportChoices = {
  /** Whether a row is not to be read. */
  isLeftOut: (identity: ImportedIdentity) => boolean
  /** The publication of what is new here. */
  publication: 'published' | 'draft'
  /** The publication of one row, where a person chose it. */
  publicationOf?: (identity: ImportedIdentity) => 'published' | 'draft' | undefined
  /** Whether the places of new cafés are saved among the structure's addresses. */
  keepsVenues?: boolean
}

/** What a reading says of an event that repeats as a series of ours can. */
export type StatedSeries = {
  uid: string
  until: Temporal.Instant
  /** What a date says that is as all of them are. */
  content: CafeContent
  said: SeriesSource['said'] & { recurrence: Recurrence }
  /** The zone by whose clock the `recurrenceId` of its rows are its dates. */
  idZone: string
  /** The series until this reading, and as the reading has it; undefined until a date of it is saved. */
  before: Series | undefined
  series: Series | undefined
  /** Whether its source says when it takes place otherwise than last time. */
  isRuleNews: boolean
  /** The ids of the cafés that then move, by the dates to which they move. */
  moved: ReadonlyMap<WallTime, string>
}

/** What the plans of all rows share. */
export type Plan = Omit<Import, 'preview' | 'mostToCome' | 'onRow'> & {
  format: ImportPreview['format']
  /** Ids of the cafés that rows were about. */
  touched: Set<string>
  /** How many more cafés the followed calendar may bring. */
  room: { left: number }
  /** The cafés that the calendar brought under UIDs that it no longer has, by what it said of each. */
  strays: ReadonlyMap<string, string>
  /** The events that are series, by their UID. */
  series: ReadonlyMap<string, StatedSeries>
  /** The UIDs of events that repeat as no series of ours can: each of their dates is a café by itself. */
  apart: ReadonlySet<string>
  /** The venues that were saved so far, by what the rows say of them. */
  keptVenues: Map<string, Venue>
}

/** What is planned for one row; without `apply` nothing is written. */
export type Planned = {
  step: ImportStep
  /** The café of the row, if it is here already. */
  current?: Cafe | undefined
  apply?: ((trx: OpenDatabase) => Promise<unknown>) | undefined
}

/**
 * Returns whether a café is not this calendar's. A followed calendar is read while nobody looks, and its author may
 * give an event any UID, so it changes neither what somebody made here nor what another calendar brought.
 */
export const isOfOthers = async ({ id }: Cafe, { db, calendarId }: Plan): Promise<boolean> =>
  calendarId !== undefined && !(await isFromCalendar(db, id, calendarId))
