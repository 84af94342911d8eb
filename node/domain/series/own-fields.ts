import type { CafeContent } from '../cafes/cafe.ts'
import { isSame } from '../values/same.ts'
import { instantOf, type WallTime } from './recurrence.ts'
import {
  CONTENT_FIELDS,
  type DateField,
  type OwnFields,
  type Series,
  type SeriesContent,
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
  return markTimes(next, date, said)
}

/** Returns whether the café of a date says what its series says of all of them, and takes place. */
export const isAsPlanned = (
  cafe: CafeContent,
  { date, series }: { date: WallTime; series: Pick<Series, 'content' | 'timezone'> },
): boolean =>
  cafe.status === 'scheduled' &&
  cafe.startsAt.equals(instantOf(date, series.timezone)) &&
  isSame(seriesContentOf(cafe), series.content)

/** What a date and its series are around a reading of their calendar, which may change both. */
type Reading = {
  before: { cafe: CafeContent; content: SeriesContent } | undefined
  after: CafeContent
  series: Pick<Series, 'content' | 'timezone'>
}

/**
 * Returns which fields of a date are its own after a reading of its calendar: of those that the date or the series has
 * otherwise than before, the ones in which the two differ; the others stay as they were. `before` is undefined for a date
 * that is new.
 */
export function readOwnFields(
  { own, date }: Pick<SeriesDate, 'own' | 'date'>,
  { before, after, series }: Reading,
): OwnFields {
  const { content, timezone } = series
  const [were, are] = [before && seriesContentOf(before.cafe), seriesContentOf(after)]
  const next: { [Field in DateField]?: unknown } = { ...own }
  for (const field of CONTENT_FIELDS) {
    const isAsBefore = were && isSame(were[field], are[field])
    if (isAsBefore && isSame(before?.content[field], content[field])) continue
    if (isSame(are[field], content[field])) delete next[field]
    else next[field] = content[field] ?? null
  }
  return markTimes(next, date, { after, timezone })
}

/** Marks whether a date begins at another time than the rule says, and whether it is off. */
function markTimes(
  own: { [Field in DateField]?: unknown },
  date: WallTime,
  { after, timezone }: { after: CafeContent; timezone: string },
): OwnFields {
  const mark = (field: DateField, isOwn: boolean) => {
    if (isOwn) own[field] = null
    else delete own[field]
  }
  mark('startsAt', !after.startsAt.equals(instantOf(date, timezone)))
  mark('status', after.status === 'cancelled' || after.status === 'postponed')
  return own
}
