import { type Cafe, isOff } from '../cafes/cafe.ts'

/** A question that came up at a café, in one line. */
export type ReportQuestion = {
  id: string
  text: string
  theme: string | undefined
  /** Why this server shows it to nobody. */
  hiddenReason: string | undefined
}

/** What a structure tells of a café after it took place. A café has one at most. */
export type Report = {
  cafeId: string
  /** Our organisation; undefined for a report of another server. */
  organizationId: string | undefined
  /** Its ActivityPub id; undefined while no other server is told. */
  uri: string | undefined
  /** Whether the café took place; without that there are no numbers. */
  isHeld: boolean
  participants: number | undefined
  /** How many of the participants were at a café for the first time. */
  firstTimers: number | undefined
  /** Free text, as the format of a café. */
  format: string | undefined
  nextSteps: string | undefined
  words: string | undefined
  /** Whether everybody may read `words` and `nextSteps`. */
  isTextPublic: boolean
  /** The id of one of our pictures, which has an alternative text. */
  picture: string | undefined
  pictureAlt: string | undefined
  isPicturePublic: boolean
  /** False while nobody has confirmed a number that is much larger than such cafés have. */
  isCounted: boolean
  /** Why this server shows it to nobody. */
  hiddenReason: string | undefined
  createdAt: Temporal.Instant
  updatedAt: Temporal.Instant
  questions: ReportQuestion[]
}

/** For how many days after a café its team tells of it, and corrects what it told. */
export const REPORT_DAYS = 30

/** Until when a café is told of. */
export const reportEndOf = ({ endsAt }: Pick<Cafe, 'endsAt'>): Temporal.Instant =>
  endsAt.add({ hours: REPORT_DAYS * 24 })

/**
 * Why nobody can tell of a café: `draft` was never announced, `off` is cancelled or waits for another date, `early` has
 * not begun, `late` is more than `REPORT_DAYS` ago.
 */
export type ReportRefusal = 'draft' | 'off' | 'early' | 'late'

/** Decides whether a café can be told of now; undefined where it can. */
export function findReportRefusal(
  cafe: Pick<Cafe, 'publication' | 'status' | 'startsAt' | 'endsAt'>,
  now: Temporal.Instant,
): ReportRefusal | undefined {
  if (cafe.publication !== 'published') return 'draft'
  if (isOff(cafe)) return 'off'
  if (Temporal.Instant.compare(now, cafe.startsAt) < 0) return 'early'
  return Temporal.Instant.compare(now, reportEndOf(cafe)) >= 0 ? 'late' : undefined
}

/**
 * Returns whether a report was told before its café begins: that was moved since, and the report is of a former date. It
 * is then shown nowhere and counts nowhere, and what was told is asked about anew.
 */
export const isOfFormerDate = (
  { updatedAt }: Pick<Report, 'updatedAt'>,
  { startsAt }: Pick<Cafe, 'startsAt'>,
): boolean => Temporal.Instant.compare(updatedAt, startsAt) < 0

const MORNING = Temporal.PlainTime.from('09:00')

/** Returns whether a mail asks how many came: from nine in the morning of the day after, at the place. */
export function isAskedForReport(
  { endsAt, timezone }: Pick<Cafe, 'endsAt' | 'timezone'>,
  now: Temporal.Instant,
): boolean {
  const dayAfter = endsAt.toZonedDateTimeISO(timezone).toPlainDate().add({ days: 1 })
  const morning = dayAfter.toZonedDateTime({ timeZone: timezone, plainTime: MORNING })
  return Temporal.Instant.compare(morning.toInstant(), now) <= 0
}

/** What cafés usually count, where nothing is known of one. */
const USUAL_NUMBERS = [5, 8, 10, 12, 15, 20, 30]

/** Returns the numbers that a mail offers: those around a number that is likely, otherwise the usual ones. */
export const listNumbersAround = (likely: number | undefined): number[] =>
  likely === undefined
    ? USUAL_NUMBERS
    : [-2, -1, 0, 1, 2].map((more) => likely + more).filter((number) => number > 0)
