import {
  type Cafe,
  type CafeContent,
  type CafeStatus,
  firstStartOf,
  ownRegistrationOf,
  type Publication,
} from '../../../domain/cafes/cafe.ts'
import { isGoingOnline } from '../../../domain/cafes/cafe-decision.ts'
import { cafeTextsOf } from '../../../domain/cafes/cafe-texts.ts'
import type { ImportedCafe } from '../../../domain/cafes/import.ts'
import {
  ASPECTS,
  contentSnapshot,
  type ImportSnapshot,
} from '../../../domain/cafes/import-snapshot.ts'

/** What a source says of whether a café takes place; `draft` is uncertain, or has no hour. */
type Standing = 'scheduled' | 'draft' | 'postponed' | 'moved-online' | 'cancelled'

/**
 * Returns what an import makes of a café: a tentative one and one without hours become drafts, which the team
 * completes.
 */
export function standingOf({ status, allDay }: ImportedCafe): Standing {
  if (status === 'cancelled') return status
  if (status === 'tentative' || allDay) return 'draft'
  return status === 'rescheduled' ? 'scheduled' : status
}

/** Returns what a row says, to be compared with what its source says next time. */
export const snapshotOf = (imported: ImportedCafe, content: CafeContent): ImportSnapshot => ({
  ...contentSnapshot(content),
  ...standingSnapshot(imported),
})

const standingSnapshot = (imported: ImportedCafe): ImportSnapshot => ({
  standing: standingOf(imported),
  statusNote: imported.statusNote ?? '',
  ...(imported.isFull !== undefined && { isFull: String(imported.isFull) }),
})

/**
 * Returns the snapshot of a café after the import has cancelled it, so that the next reading sees no change in that.
 */
export const cancelledSnapshot = (
  said: ImportSnapshot,
  statusNote: string | undefined,
): ImportSnapshot => ({
  ...said,
  standing: 'cancelled',
  statusNote: statusNote ?? '',
})

/** Returns whether the source says the same as before; the order of the fields does not matter. */
export const isSameSnapshot = (a: ImportSnapshot, b: ImportSnapshot): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort())

/**
 * Returns what people are asked about once a café follows its calendar: what it says of words that they changed here,
 * now and at earlier readings, as long as the two differ.
 */
export function askedOf(
  content: CafeContent,
  { before, kept, said }: { before: ImportSnapshot; kept: readonly string[]; said: ImportSnapshot },
): ImportSnapshot {
  const here = contentSnapshot(content)
  const aspects = [...new Set([...Object.keys(before), ...kept])]
  const open = aspects.flatMap((aspect) => {
    const text = said[aspect]
    return text === undefined || text === here[aspect] ? [] : [[aspect, text] as const]
  })
  return Object.fromEntries(open)
}

export type Revision = {
  content: CafeContent
  publication: Publication
  isReinstated: boolean
  /** What becomes of words that people changed here and of which the source says something new. */
  changedHere: 'kept' | 'replaced' | undefined
  /** The aspects of those words that stay, of which people are asked. */
  kept: readonly string[]
}

/** The aspects that follow their source whatever people changed here, so that nobody goes to a former date or place. */
const FOLLOWING: readonly string[] = ['times', 'place', 'image']

/**
 * Changes a café by what its source says now and did not say before. What people changed here in the meantime stays, a
 * cancellation too, as long as the source says nothing new about it. Words that they changed stay even then, where
 * nobody was shown what would replace them, and on one date of a series. `before` is undefined when nothing is known.
 */
export function reviseBySource(
  current: Cafe,
  {
    before,
    said,
    content,
    allDay,
    keepsDraft = false,
    isUnseen = false,
    own = [],
  }: {
    before: ImportSnapshot | undefined
    said: ImportSnapshot
    content: CafeContent
    allDay: boolean
    /** Whether a person chose that drafts of this source wait for them. */
    keepsDraft?: boolean
    /** Whether it is read while nobody looks. */
    isUnseen?: boolean
    /** The fields that were changed by hand on this date of a series. */
    own?: readonly string[]
  },
): Revision {
  const isNew = (aspect: string) => before === undefined || before[aspect] !== said[aspect]
  const stated =
    allDay && isNew('times') ? { ...content, ...withHoursOf(current, content) } : content
  const here = contentSnapshot(current)
  const isChangedHere = (aspect: string) =>
    before !== undefined && here[aspect] !== before[aspect] && here[aspect] !== said[aspect]
  const isKept = (aspect: string, fields: readonly string[]) =>
    !FOLLOWING.includes(aspect) &&
    isChangedHere(aspect) &&
    (isUnseen || fields.some((field) => own.includes(field)))
  const news = Object.entries(ASPECTS).filter(([aspect]) => isNew(aspect))
  const kept = news.flatMap(([aspect, fields]) => (isKept(aspect, fields) ? aspect : []))
  const newFields = news
    .filter(([aspect, fields]) => !isKept(aspect, fields))
    .flatMap(([, fields]) => fields.map((field) => [field, stated[field]]))
  const revised: CafeContent = { ...contentOf(current), ...Object.fromEntries(newFields) }
  revised.registration = {
    ...revised.registration,
    seatsLeft: decideSeatsLeft(current, revised, { before: before?.isFull, said: said.isFull }),
    waitlist: current.registration.waitlist,
    ...ownRegistrationOf(current),
  }
  const isNewStanding = isNew('standing') || isNew('statusNote')
  const standing = decideStanding(current, revised, isNewStanding ? content : undefined)
  const place = isNew('place') ? decidePlace(current, revised, standing.status) : {}
  const isConfirmed = !keepsDraft && isNew('standing') && said.standing !== 'draft'
  return {
    content: { ...revised, ...standing, ...place },
    publication: isConfirmed && current.publication === 'draft' ? 'published' : current.publication,
    isReinstated: current.status === 'cancelled' && standing.status !== 'cancelled',
    kept,
    changedHere:
      kept.length > 0
        ? 'kept'
        : news.some(([aspect]) => isChangedHere(aspect))
          ? 'replaced'
          : undefined,
  }
}

/**
 * Decides the place. A café whose place becomes a link still belongs to its town, as when the team says so; and back
 * again.
 */
function decidePlace(
  current: Cafe,
  { attendanceMode, venue }: CafeContent,
  status: CafeStatus,
): Partial<Pick<CafeContent, 'status' | 'attendanceMode' | 'venue'>> {
  const kept = { attendanceMode: current.attendanceMode, venue: venue ?? current.venue }
  if (isGoingOnline(current, attendanceMode))
    return isAsPlanned(status) ? { ...kept, status: 'moved-online' } : kept
  if (current.status !== 'moved-online' || status !== 'moved-online') return {}
  return attendanceMode === 'online' ? kept : { status: 'scheduled' }
}

const isAsPlanned = (status: CafeStatus): boolean =>
  status === 'scheduled' || status === 'rescheduled'

/**
 * Decides the seats left: full when the source begins to say so, and not full when it ceases to; otherwise as it was
 * here.
 */
function decideSeatsLeft(
  current: Cafe,
  { registration }: CafeContent,
  { before, said }: { before: string | undefined; said: string | undefined },
): number | undefined {
  const { seatsLeft } = current.registration
  if (said === 'true' && before !== said) return 0
  if (seatsLeft === 0) return said === 'false' && before === 'true' ? undefined : 0
  return registration.capacity === undefined ? undefined : seatsLeft
}

/** Moves a café to a day without an hour, at the hours that somebody gave it here. */
function withHoursOf(
  { startsAt, endsAt, timezone }: Cafe,
  stated: CafeContent,
): Pick<CafeContent, 'startsAt' | 'endsAt' | 'timezone'> {
  const clock = startsAt.toZonedDateTimeISO(timezone).toPlainTime()
  const moved = stated.startsAt.toZonedDateTimeISO(timezone).withPlainTime(clock).toInstant()
  return { startsAt: moved, endsAt: moved.add(startsAt.until(endsAt)), timezone }
}

/** Decides the status; `stated` is set when the source says something new about whether it takes place. */
function decideStanding(
  current: Cafe,
  revised: CafeContent,
  stated: CafeContent | undefined,
): Pick<CafeContent, 'status' | 'statusNote' | 'previousStartsAt'> {
  const { status, statusNote, previousStartsAt, publication } = current
  const isMoved = publication === 'published' && !current.startsAt.equals(revised.startsAt)
  const standing: { status: CafeStatus; statusNote: string | undefined } = stated
    ? { status: currentStatus(current, stated), statusNote: stated.statusNote }
    : { status, statusNote }
  const keepsWaiting = !stated && status === 'postponed'
  const first = firstStartOf(current, revised.startsAt)
  if (isMoved && (isAsPlanned(standing.status) || keepsWaiting))
    return { ...standing, status: first ? 'rescheduled' : 'scheduled', previousStartsAt: first }
  return { ...standing, previousStartsAt }
}

/**
 * Returns the status that holds: a source that says only that a café takes place does not undo that its date was moved
 * here.
 */
const currentStatus = (current: Cafe, stated: CafeContent): CafeStatus =>
  stated.status === 'scheduled' && current.status === 'rescheduled' ? 'rescheduled' : stated.status

/** Picks the organiser's part of a café. */
function contentOf(cafe: Cafe): CafeContent {
  const { title, summary, descriptionMarkdown, descriptionHtml, descriptionText } = cafe
  const { startsAt, endsAt, timezone } = cafe
  const { status, statusNote, previousStartsAt, attendanceMode, onlineUrl, openTo } = cafe
  const { intentions, languages, speakers, phone, venue, format, themes } = cafe
  const { audiences, accessibility, registration, image, resources } = cafe
  return {
    ...{ title, summary, descriptionMarkdown, descriptionHtml, descriptionText },
    ...{ startsAt, endsAt, timezone },
    ...{ status, statusNote, previousStartsAt, attendanceMode, onlineUrl, openTo },
    ...{ intentions, languages, speakers, phone, venue, format, themes },
    ...cafeTextsOf(cafe),
    ...{ audiences, accessibility, registration, image, resources },
  }
}
