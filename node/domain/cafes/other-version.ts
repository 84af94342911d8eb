import { type Cafe, nextUpdatedAt } from './cafe.ts'

/** What a directory has of a café of this site, after a restore, where only the team can say which version holds. */
export type OtherVersion = {
  /** The id in the address of the café. */
  cafeId: string
  /** The host that has it. */
  directory: string
  /**
   * Why the team decides: the café was changed here since the restore (`both`), a key signed it that this site does not
   * have (`key`), or its date is after the restore, so that one of the two clocks is wrong (`clock`).
   */
  reason: 'both' | 'key' | 'clock'
  cafe: Cafe
}

/** The times of a restore, which tell what is newer than what. */
export type RestoreTimes = {
  /** When the backup was made. */
  since: Temporal.Instant
  /**
   * From when on a café was changed here without knowing what a directory has: the restore, or an earlier one after
   * which not all directories had answered.
   */
  splitAt: Temporal.Instant
  /** When the site was restored. */
  at: Temporal.Instant
}

const isLater = (one: Temporal.Instant, other: Temporal.Instant): boolean =>
  Temporal.Instant.compare(one, other) > 0

/**
 * Judges what a directory has of a café of this site.
 *
 * @param theirs - The café as the directory has it.
 * @param known - The café as it is here; undefined where it is not.
 * @param isSigned - Whether one of the keys of this site has signed it.
 * @returns `take` for what this site said later than what it remembers, `known` for what is no news, or why the team
 * has to decide.
 */
export function judgeVersion(
  { theirs, known, isSigned }: { theirs: Cafe; known: Cafe | undefined; isSigned: boolean },
  { since, splitAt, at }: RestoreTimes,
): 'take' | 'known' | OtherVersion['reason'] {
  // Revisions are dated in whole seconds.
  const from = since.round({ smallestUnit: 'second', roundingMode: 'floor' })
  const isLost = !isLater(from, theirs.updatedAt) && isLater(splitAt, theirs.updatedAt)
  if (known) {
    const isChangedHere = !isLater(splitAt, known.updatedAt)
    if (isLost && !isChangedHere && isSigned && explains(theirs, known)) return 'take'
    if (saysTheSame(theirs, known)) return 'known'
    if (!isLater(theirs.updatedAt, known.updatedAt)) {
      if (!isChangedHere || !isLost) return 'known'
      return isSigned ? 'both' : 'key'
    }
  }
  if (!isSigned) return 'key'
  return isLater(at, theirs.updatedAt) ? 'take' : 'clock'
}

/**
 * Returns whether one says why the café is cancelled, and what else was changed of it: the journal of erasures only says
 * that it was.
 */
const explains = (theirs: Cafe, known: Cafe): boolean =>
  [theirs, known].every(({ status }) => status === 'cancelled') &&
  known.statusNote === undefined &&
  said(theirs) !== said(known)

const saysTheSame = (one: Cafe, other: Cafe): boolean =>
  (one.status === 'cancelled' && other.status === 'cancelled') || said(one) === said(other)

/** What a server notes beside an announcement, or keeps in another way than it is said. */
const BESIDE = new Set<keyof Cafe>([
  ...(['id', 'uid', 'recurrenceId', 'reference', 'series', 'organizationId', 'organizer'] as const),
  ...(['announcedUnder', 'publication', 'publishAt', 'publishedAt', 'updatedAt'] as const),
  ...(['confirmedAt', 'descriptionMarkdown', 'venue', 'image'] as const),
])

/** Returns a text of what an announcement says. */
function said(cafe: Cafe): string {
  const { name, streetAddress, postalCode, commune } = cafe.venue ?? {}
  const content = Object.entries(cafe).filter(([field]) => !BESIDE.has(field as keyof Cafe))
  const all = { ...Object.fromEntries(content), name, streetAddress, postalCode, commune }
  return JSON.stringify(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Returns a time that is later than those of all these versions, so that nobody who has one of them ignores the next.
 * A date that no key of this site has signed counts up to now.
 */
export function decideRevisionTime(
  known: Cafe | undefined,
  versions: readonly OtherVersion[],
  now: Temporal.Instant,
): Temporal.Instant {
  const times = versions.map(({ reason, cafe: { updatedAt } }) =>
    reason === 'key' && isLater(updatedAt, now) ? now : updatedAt,
  )
  const last = [...(known ? [known.updatedAt] : []), ...times].sort(Temporal.Instant.compare).at(-1)
  return nextUpdatedAt(last, now)
}

/** Returns the café of this site with what the other version says of it. */
export const withVersion = (known: Cafe, { cafe }: OtherVersion): Cafe => ({
  ...cafe,
  ...{ uid: known.uid, recurrenceId: known.recurrenceId, reference: known.reference },
  ...{ series: known.series, organizationId: known.organizationId, organizer: known.organizer },
  ...{ announcedUnder: known.announcedUnder, announcedFor: cafe.announcedFor },
  ...{ publishedAt: known.publishedAt ?? cafe.publishedAt, updatedAt: known.updatedAt },
})
