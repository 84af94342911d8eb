import { type Cafe, isFull, isPast, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { findFullSide } from '../../node/domain/registrations/registration.ts'
import { clock, longDate } from '../../node/domain/values/date-text.ts'
import type { Messages } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'

/** The most important fact about a café, which is shown before its title. */
export type CafeState =
  | 'cancelled'
  | 'postponed'
  | 'past'
  | 'full'
  | 'movedOnline'
  | 'rescheduled'
  | undefined

type Stated = Pick<
  Cafe,
  | ('status' | 'endsAt' | 'registration' | 'attendanceMode')
  | ('previousStartsAt' | 'timezone' | 'statusNote')
>

/**
 * Returns the café's state. What prevents people from taking part comes first: a cancelled café stays `cancelled` when
 * it is past.
 */
export function stateOf(cafe: Stated, now: Temporal.Instant): CafeState {
  if (cafe.status === 'cancelled') return 'cancelled'
  if (cafe.status === 'postponed') return 'postponed'
  if (isPast(cafe, now)) return 'past'
  if (isFull(cafe)) return 'full'
  if (cafe.status === 'moved-online') return 'movedOnline'
  if (cafe.status === 'rescheduled') return 'rescheduled'
  return undefined
}

/** Returns `Jeudi 3 décembre 2026, 18 h`; a draft may have no date yet. */
export function dayAndHourText(cafe: Cafe, t: Messages): string {
  if (cafe.isUndated) return t.cafe.dateToCome
  const start = startsAtPlace(cafe)
  return sentenceCase(textOfStart(start, t))
}

/** Returns `jeudi 3 décembre 2026, 18 h`, within a sentence, of a café that has its date. */
export const withinSentenceText = (cafe: Cafe, t: Messages): string =>
  textOfStart(startsAtPlace(cafe), t)

const textOfStart = (start: Temporal.ZonedDateTime, t: Messages): string =>
  `${longDate(start, t.lang)}, ${clock(start, t.lang)}`

/** Returns whether nobody can take part any more, so that neither sign-up nor link to join is shown. */
export const isClosed = (state: CafeState): state is 'cancelled' | 'postponed' | 'past' =>
  state === 'cancelled' || state === 'postponed' || state === 'past'

/** Returns `le jeudi 3 décembre 2026 à 18 h`, the date that a café had before it was moved; otherwise an empty text. */
export function previousDate(cafe: Stated, t: Messages): string {
  if (!cafe.previousStartsAt) return ''
  const before = cafe.previousStartsAt.toZonedDateTimeISO(cafe.timezone)
  return t.cafe.onDay(longDate(before, t.lang), clock(before, t.lang))
}

/** Returns the sentences that the café's state requires, the most important first. */
export function noticesOf(cafe: Stated, now: Temporal.Instant, t: Messages): string[] {
  const state = stateOf(cafe, now)
  const sentences: string[] = []
  if (state === 'cancelled') sentences.push(t.cafe.notice.cancelled)
  if (state === 'postponed') sentences.push(t.cafe.notice.postponed)
  if (state === 'past') sentences.push(t.cafe.notice.past)
  if (!isClosed(state)) {
    if (isFull(cafe))
      sentences.push(cafe.registration.waitlist ? t.cafe.notice.fullWaitlist : t.cafe.notice.full)
    const full = findFullSide(cafe)
    if (full) sentences.push(t.cafe.notice.fullSide[full])
    if (cafe.status === 'moved-online') sentences.push(t.cafe.notice.movedOnline)
    if (cafe.status === 'rescheduled')
      sentences.push(t.cafe.notice.rescheduled(previousDate(cafe, t)))
  }
  return sentences
}
