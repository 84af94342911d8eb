import { clock, longDate, timeRangeInZone } from '../values/date-text.ts'
import type { Lang } from '../values/lang.ts'
import { attendanceModeOf, type Cafe, type CafeStatus, endsAtPlace, startsAtPlace } from './cafe.ts'
import type { Venue } from './venue.ts'

/** Texts about a café, the same in announcements, calendars and mails. */

const PREFIX: Partial<Record<CafeStatus, string>> = {
  cancelled: 'Annulé\u00a0: ',
  postponed: 'Reporté\u00a0: ',
}

/**
 * Returns the title where it stands alone, in a calendar or a feed. It begins with the reason why nobody can take part,
 * if there is one.
 */
export const titleText = ({ status, title }: Pick<Cafe, 'status' | 'title'>): string =>
  `${PREFIX[status] ?? ''}${title}`

/** Returns when a café takes place, e.g. `mercredi 9 décembre 2026, 18 h 30 – 20 h (heure de Paris)`. */
export const whenText = (
  cafe: Pick<Cafe, 'startsAt' | 'endsAt' | 'timezone'>,
  lang: Lang = 'fr',
): string => {
  const start = startsAtPlace(cafe)
  return `${longDate(start, lang)}, ${timeRangeInZone(start, endsAtPlace(cafe), lang)}`
}

/** Returns the day and hour as one says them in a sentence, e.g. `le mercredi 9 décembre 2026 à 18 h 30`. */
export function dayText(startsAt: Temporal.Instant, timezone: string): string {
  const start = startsAt.toZonedDateTimeISO(timezone)
  return `le ${longDate(start)} à ${clock(start)}`
}

/** Returns the venue on one line: name, street, postcode and town. */
export const venueText = ({ name, streetAddress, postalCode, commune }: Venue): string =>
  [name, streetAddress, [postalCode, commune].filter(Boolean).join(' ')].filter(Boolean).join(', ')

/** Returns the place where one goes. A café that has moved online is online, although its place is kept. */
export function whereText({
  venue,
  attendanceMode,
  status,
}: Pick<Cafe, 'venue' | 'attendanceMode' | 'status'>): string {
  const mode = attendanceModeOf({ attendanceMode, status })
  if (!venue || mode === 'online') return 'En ligne'
  const place = venueText(venue)
  return mode === 'mixed' ? `${place}, et en ligne` : place
}

const NO_PART: Partial<Record<CafeStatus, string>> = {
  cancelled: 'Ce café n’aura pas lieu.',
  postponed: 'Attendez la nouvelle date avant de vous déplacer.',
}

/** Returns one sentence that says how to take part, or that nobody can. It never holds a person's address. */
export function registrationText({ registration, phone, url, status }: Cafe): string {
  const noPart = NO_PART[status] ?? (registration.seatsLeft === 0 ? 'Ce café est complet.' : '')
  if (noPart) return noPart
  if (registration.mode === 'external') return `Inscription\u00a0: ${registration.url ?? url}`
  if (registration.mode === 'local') return `Inscription\u00a0: ${url}`
  if (registration.mode === 'phone')
    return `Inscription par téléphone${phone ? `\u00a0: ${phone}` : '.'}`
  return 'Entrée libre et gratuite.'
}
