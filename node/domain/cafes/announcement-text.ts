import { longDate } from '../values/date-text.ts'
import { type Cafe, isOff } from './cafe.ts'
import { dayText, whenText, whereText } from './cafe-text.ts'

/**
 * The texts of a café that other software shows: the title, then these lines. Mastodon reads no date of an event, so
 * the text says when, where and how.
 */

/**
 * Returns the title that every reader shows. It begins with the state and has no angle brackets, since Mastodon puts it
 * unescaped into a heading.
 */
export function announcedTitle({ title, status }: Pick<Cafe, 'title' | 'status'>): string {
  const words = title.replaceAll('<', '‹').replaceAll('>', '›')
  if (status === 'cancelled') return `Annulé – ${words}`
  if (status === 'postponed') return `Reporté – ${words}`
  if (status === 'moved-online') return `${words} (en ligne)`
  return words
}

/** Returns the first lines, in plain text: what has changed, when, where, and how to take part. */
export function announcedLines(cafe: Cafe): string[] {
  const { when, where, how } = factsOf(cafe)
  return [...stateLines(cafe), `📅 ${when}`, `📍 ${where}`, ...(how ? [`🎟️ ${how}`] : [])]
}

/**
 * Returns when and where the café takes place and how one takes part. `how` is undefined for a cancelled or postponed
 * café, and the date of a postponed one is said not to hold.
 */
export function factsOf(cafe: Cafe): { when: string; where: string; how: string | undefined } {
  const { status, startsAt, timezone } = cafe
  return {
    when:
      status === 'postponed' ? `Pas ${dayText(startsAt, timezone)} comme prévu` : whenText(cafe),
    where: whereText(cafe),
    how: isOff(cafe) ? undefined : attendanceText(cafe),
  }
}

/** Returns how one takes part, in a few words. */
function attendanceText({
  registration,
  openTo,
  phone,
}: Pick<Cafe, 'registration' | 'openTo' | 'phone'>): string {
  const { mode, capacity, seatsLeft } = registration
  const audience = openTo === 'reserved' ? 'Gratuit, réservé à un public précis' : 'Gratuit'
  const places = capacity === undefined ? '' : ` (${capacity} ${capacity < 2 ? 'place' : 'places'})`
  if (seatsLeft === 0) return `${audience}, complet`
  if (mode === 'none') return `${audience}, venez librement${places}`
  if (mode === 'phone') return `${audience}, sur inscription au ${phone ?? 'téléphone'}${places}`
  return `${audience}, sur inscription${places}`
}

/**
 * Returns the lines about the state, which somebody who had noted the café must read first; empty when it takes place
 * as announced.
 */
export function stateLines(cafe: Cafe): string[] {
  const note = cafe.statusNote ? ` : ${cafe.statusNote}` : ''
  if (cafe.status === 'cancelled') return [`❌ Annulé${note}`]
  if (cafe.status === 'postponed') return [`⏸️ Reporté, nouvelle date à venir${note}`]
  if (cafe.status === 'moved-online') return [`💻 Déplacé en ligne${note}`]
  if (cafe.status === 'rescheduled' && cafe.previousStartsAt) {
    const before = longDate(cafe.previousStartsAt.toZonedDateTimeISO(cafe.timezone))
    return [`🔁 Nouvelle date (prévu d’abord ${before})${note}`]
  }
  return []
}
