import type { CafeContent } from '../../../domain/cafes/cafe.ts'
import type { ImportedCafe, ImportedIdentity } from '../../../domain/cafes/import.ts'
import { venueText } from '../../../domain/cafes/venue.ts'
import type { Problem } from '../../../domain/values/problem.ts'
import { timesOf } from './import-body.ts'

/** What one row does, or would do. `aside` means nothing, for the reason that its note gives. */
type ImportOutcome =
  | 'created'
  | 'drafted'
  | 'updated'
  | 'unchanged'
  | 'cancelled'
  | 'past'
  | 'aside'
  | 'failed'

/** A further remark for the person who imports. */
type ImportNote =
  | 'hour_missing'
  | 'unsure'
  | 'never_announced'
  | 'repeated'
  | 'elsewhere'
  | 'not_its_own'
  | 'vanished'
  | 'reinstated'
  | 'kept'
  | 'replaced'
  | 'left_out'
  | 'no_date'
  | 'later'
  | 'signed'
  | 'too_many'
  | 'apart'
  | 'planned_here'

export type ImportStep = {
  /** The row counted from 1, as in the source. */
  row: number
  /** The identity of its event; undefined where the row cannot be read that far. */
  identity?: ImportedIdentity
  outcome: ImportOutcome
  note?: ImportNote
  title: string
  /** The start with its zone; undefined when the row could not be read that far. */
  startsAt: Temporal.ZonedDateTime | undefined
  /** The venue and town on one line. */
  place: string | undefined
  problems: Problem[]
}

/** Returns what was read of a row that is no café, on one line. */
export const titleOf = (raw: string): string => raw.replaceAll('\n', ' ; ').slice(0, 120)

/** Returns the step of an import for a row that cannot be read. */
export const toFailedStep = (row: number, title: string, problems: Problem[]): ImportStep => ({
  row,
  outcome: 'failed',
  title,
  startsAt: undefined,
  place: undefined,
  problems,
})

/** Makes the step of a row, which says of which café it is; what is done with it is still open. */
export const describeContent = (
  row: number,
  {
    title,
    startsAt,
    timezone,
    venue,
  }: Pick<CafeContent, 'title' | 'startsAt' | 'timezone' | 'venue'>,
): ImportStep => ({
  row,
  outcome: 'unchanged',
  title,
  startsAt: startsAt.toZonedDateTimeISO(timezone),
  place: venue && venueText(venue),
  problems: [],
})

/** Describes a row before anything is looked up. */
export function describeRow(imported: ImportedCafe): ImportStep {
  const { start, timezone } = timesOf(imported)
  const { row, title, place } = imported
  const startsAt = start.toZonedDateTimeISO(timezone)
  return { row, outcome: 'unchanged', title, startsAt, place: place.text, problems: [] }
}
