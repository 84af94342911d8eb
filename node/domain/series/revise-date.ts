import type { Cafe } from '../cafes/cafe.ts'
import { decideSeatsLeft, decideStatus, isGoingOnline } from '../cafes/cafe-decision.ts'
import { decideStatusChange } from '../cafes/status-change.ts'
import { instantOf, type WallTime } from './recurrence.ts'
import {
  CONTENT_FIELDS,
  type DateField,
  type OwnFields,
  type Series,
  type SeriesContent,
} from './series.ts'

export type DateRevision = {
  /** What the date has of its own. */
  own: OwnFields
  /** When the rule has the date now. */
  date: WallTime
  /** The series as it is. */
  after: Pick<Series, 'content' | 'timezone'>
  /** The fields that were edited; undefined for all. */
  fields: readonly DateField[] | undefined
  /** Whether the date is taken back to the series, in all of its fields. */
  isTakenBack: boolean
}

/**
 * Decides the café of a date after an edit of its series. What was changed on it by hand stays, unless it is taken back;
 * what the series says there now is kept beside it. A café that was cancelled with its series takes place again.
 */
export function reviseDate(
  cafe: Cafe,
  { own, date, after, fields: edited, isTakenBack }: DateRevision,
): { cafe: Cafe; own: OwnFields } {
  const { fields, ownAfter } = fieldsOf({ own, edited, content: after.content, isTakenBack })
  const isOwn = (field: DateField) => field in ownAfter
  const length = cafe.startsAt.until(cafe.endsAt)
  const startsAt = isOwn('startsAt') ? cafe.startsAt : instantOf(date, after.timezone)
  const minutes = fields.minutes
  const endsAt = minutes === undefined ? startsAt.add(length) : startsAt.add({ minutes })
  const held = isOwn('status') ? cafe : takePlace(cafe)
  const revised = {
    ...held,
    ...placeOf(held, fields),
    ...{ startsAt, endsAt, timezone: after.timezone },
    ...decideStatus(held, startsAt),
    ...registrationOf(held, fields),
  }
  const mode = fields.attendanceMode
  const isGoing = mode !== undefined && isGoingOnline(held, mode)
  return { cafe: isGoing ? stayPlaced(held, revised) : revised, own: ownAfter }
}

/** Returns the fields that the date takes over from its series, and what it has of its own afterwards. */
function fieldsOf({
  own,
  edited = CONTENT_FIELDS,
  content,
  isTakenBack,
}: {
  own: OwnFields
  edited: readonly DateField[] | undefined
  content: SeriesContent
  isTakenBack: boolean
}): { fields: Partial<SeriesContent>; ownAfter: OwnFields } {
  const said: { [Field in keyof SeriesContent]?: unknown } = {}
  const ownAfter: { [Field in DateField]?: unknown } = isTakenBack ? {} : { ...own }
  if (isTakenBack)
    for (const [field, value] of Object.entries(own))
      if (field !== 'startsAt' && field !== 'status')
        said[field as keyof SeriesContent] = value ?? undefined
  for (const field of edited) {
    if (field === 'startsAt' || field === 'status') continue
    if (field in ownAfter) ownAfter[field] = content[field] ?? null
    else said[field] = content[field]
  }
  return { fields: said as Partial<SeriesContent>, ownAfter }
}

/** Reinstates a café that is off. */
function takePlace(cafe: Cafe): Cafe {
  if (cafe.status !== 'cancelled' && cafe.status !== 'postponed') return cafe
  return decideStatusChange(cafe, { statusChange: 'as-planned' }).value ?? cafe
}

const placeOf = (
  cafe: Cafe,
  { minutes, registration, ...fields }: Partial<SeriesContent>,
): Partial<Cafe> => ({ ...fields, venue: 'venue' in fields ? fields.venue : cafe.venue })

function registrationOf(
  { registration }: Cafe,
  { registration: said }: Partial<SeriesContent>,
): Pick<Cafe, 'registration'> {
  if (!said) return { registration }
  const seatsLeft = decideSeatsLeft({ registration: said }, { registration })
  return { registration: { ...said, seatsLeft, bySide: registration.bySide } }
}

/** A café of a place that is held online keeps its place, as in any edit. */
const stayPlaced = (before: Cafe, after: Cafe): Cafe => ({
  ...after,
  status: 'moved-online',
  attendanceMode: before.attendanceMode,
  venue: after.venue ?? before.venue,
})
