import type { CafeContent } from '../cafes/cafe.ts'
import { isSame } from '../values/same.ts'
import { instantOf } from './recurrence.ts'
import {
  CONTENT_FIELDS,
  type DateField,
  type OwnFields,
  type SeriesDate,
  seriesContentOf,
} from './series.ts'

/** Lists the fields of a date that were changed by hand. */
export const ownFieldsOf = (own: OwnFields): DateField[] => Object.keys(own) as DateField[]

/**
 * Returns which fields of a date are its own once somebody has changed its café by hand: those in which it differs from
 * what the series says of this date.
 */
export function decideOwnFields(
  { own, date }: Pick<SeriesDate, 'own' | 'date'>,
  said: { before: CafeContent; after: CafeContent; timezone: string },
): OwnFields {
  const [before, after] = [seriesContentOf(said.before), seriesContentOf(said.after)]
  const next: { [Field in DateField]?: unknown } = { ...own }
  for (const field of CONTENT_FIELDS) {
    if (isSame(before[field], after[field])) continue
    const ofSeries = field in own ? own[field] : (before[field] ?? null)
    if (isSame(after[field], ofSeries)) delete next[field]
    else next[field] = ofSeries
  }
  const mark = (field: DateField, isOwn: boolean) => {
    if (isOwn) next[field] = null
    else delete next[field]
  }
  mark('startsAt', !said.after.startsAt.equals(instantOf(date, said.timezone)))
  mark('status', said.after.status === 'cancelled' || said.after.status === 'postponed')
  return next
}
