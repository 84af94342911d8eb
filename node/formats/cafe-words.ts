import { type Cafe, endsAtPlace, startsAtPlace } from '../domain/cafe.ts'
import type { Venue } from '../domain/venue.ts'

const DAY = new Intl.DateTimeFormat('fr-FR', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** `Jeudi 3 décembre 2026, de 18 h 30 à 20 h`; elsewhere than on Paris time it says whose hour that is. */
export function dateInWords(cafe: Pick<Cafe, 'startsAt' | 'endsAt' | 'timezone'>): string {
  const [start, end] = [startsAtPlace(cafe), endsAtPlace(cafe)]
  const zone = cafe.timezone === 'Europe/Paris' ? '' : ' (heure du lieu)'
  if (!start.toPlainDate().equals(end.toPlainDate()))
    return `${dayInWords(start)} à ${hourInWords(start)}, jusqu’au ${dayInWords(end).toLowerCase()} à ${hourInWords(end)}${zone}`
  return `${dayInWords(start)}, de ${hourInWords(start)} à ${hourInWords(end)}${zone}`
}

/** One line: name, street, postcode and town. */
export const venueInWords = ({ name, streetAddress, postalCode, commune }: Venue): string =>
  [name, streetAddress, [postalCode, commune].filter(Boolean).join(' ')].filter(Boolean).join(', ')

export const placeInWords = (cafe: Pick<Cafe, 'venue' | 'attendanceMode'>): string => {
  if (!cafe.venue) return 'En ligne'
  const place = venueInWords(cafe.venue)
  return cafe.attendanceMode === 'mixed' ? `${place}, et en ligne` : place
}

/** How one takes part, in one sentence without an address of a person. */
export function registrationInWords({ registration, phone, url }: Cafe): string {
  if (registration.mode === 'external') return `Inscription\u00a0: ${registration.url ?? url}`
  if (registration.mode === 'local') return `Inscription\u00a0: ${url}`
  if (registration.mode === 'phone' && phone) return `Inscription par téléphone\u00a0: ${phone}`
  return 'Entrée libre et gratuite.'
}

function dayInWords(time: Temporal.ZonedDateTime): string {
  const { year, month, day } = time
  const words = DAY.format(new Date(Date.UTC(year, month - 1, day)))
  return words.charAt(0).toUpperCase() + words.slice(1).replace(/ 1 /, ' 1er ')
}

const hourInWords = ({ hour, minute }: Temporal.ZonedDateTime): string =>
  minute === 0 ? `${hour}\u00a0h` : `${hour}\u00a0h\u00a0${String(minute).padStart(2, '0')}`
