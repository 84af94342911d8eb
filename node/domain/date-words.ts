import { plural } from './number-words.ts'

const WEEKDAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche']
const MONTHS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
]

const SHORT_MONTHS = [
  'janv.',
  'févr.',
  'mars',
  'avril',
  'mai',
  'juin',
  'juil.',
  'août',
  'sept.',
  'oct.',
  'nov.',
  'déc.',
]

/** The zones of the French territories, as their inhabitants say them. */
const ZONES: Record<string, string> = {
  'Europe/Paris': 'heure de Paris',
  'Indian/Reunion': 'heure de La Réunion',
  'Indian/Mayotte': 'heure de Mayotte',
  'America/Martinique': 'heure de la Martinique',
  'America/Guadeloupe': 'heure de la Guadeloupe',
  'America/Cayenne': 'heure de la Guyane',
  'America/Miquelon': 'heure de Saint-Pierre-et-Miquelon',
  'America/St_Barthelemy': 'heure de Saint-Barthélemy',
  'America/Marigot': 'heure de Saint-Martin',
  'Pacific/Noumea': 'heure de la Nouvelle-Calédonie',
  'Pacific/Tahiti': 'heure de Tahiti',
  'Pacific/Marquesas': 'heure des Marquises',
  'Pacific/Gambier': 'heure des Gambier',
  'Pacific/Wallis': 'heure de Wallis-et-Futuna',
  'Europe/Brussels': 'heure de Bruxelles',
  'Europe/Zurich': 'heure de Zurich',
  UTC: 'temps universel',
}

/** From Monday on. */
export const weekdayNames: readonly string[] = WEEKDAYS

/** `décembre 2026`. */
export const monthAndYear = ({ month, year }: Pick<Temporal.PlainYearMonth, 'month' | 'year'>) =>
  `${MONTHS[month - 1] ?? ''}\u00a0${year}`

type Day = Pick<Temporal.PlainDate, 'dayOfWeek' | 'day' | 'month' | 'year'>

const weekday = (day: Day): string => WEEKDAYS[day.dayOfWeek - 1] ?? ''
const month = (day: Day): string => MONTHS[day.month - 1] ?? ''
const dayOfMonth = (day: Day): string => (day.day === 1 ? '1er' : String(day.day))
const dayAndMonth = (day: Day): string => `${weekday(day)} ${dayOfMonth(day)}\u00a0${month(day)}`

/** `jeudi 3 décembre 2026`: where a date stands alone, as on a café's own page. */
export const longDate = (day: Day): string => `${dayAndMonth(day)}\u00a0${day.year}`

/** `jeu. 3 déc. 2026`: in the narrow cells of a table. */
export const shortDate = (day: Day): string =>
  `${weekday(day).slice(0, 3)}. ${dayOfMonth(day)}\u00a0${SHORT_MONTHS[day.month - 1]}\u00a0${day.year}`

/** `3 décembre 2026`: beside « du » and « au ». */
export const plainDate = (day: Day): string =>
  `${dayOfMonth(day)}\u00a0${month(day)}\u00a0${day.year}`

/** `aujourd’hui, jeudi 3 décembre`, `demain, …`, else the day; the year only when it is not this one. */
export function dayHeading(zdt: Temporal.ZonedDateTime, today: Temporal.PlainDate): string {
  const days = today.until(zdt.toPlainDate(), { largestUnit: 'days' }).days
  const words = zdt.year === today.year ? dayAndMonth(zdt) : longDate(zdt)
  if (days === 0) return `aujourd’hui, ${words}`
  if (days === 1) return `demain, ${words}`
  return words
}

/** `18 h 30`, `20 h`. */
export const clock = (time: Pick<Temporal.PlainTime, 'hour' | 'minute'>): string =>
  time.minute === 0
    ? `${time.hour}\u00a0h`
    : `${time.hour}\u00a0h\u00a0${String(time.minute).padStart(2, '0')}`

/** `18 h 30 – 20 h`; a café that ends on another day names it. */
export function timeRange(start: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime): string {
  const lastDay = end.toPlainDate()
  if (lastDay.equals(start.toPlainDate())) return `${clock(start)}\u00a0– ${clock(end)}`
  return `${clock(start)}\u00a0– ${dayAndMonth(lastDay)}, ${clock(end)}`
}

/** `heure de La Réunion`; for a zone that is not French, the name that the language gives it. */
export function zoneName(timeZone: string): string {
  const known = ZONES[timeZone]
  if (known) return known
  const parts = new Intl.DateTimeFormat('fr', {
    timeZone,
    timeZoneName: 'longGeneric',
  }).formatToParts(0)
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long ago, in its largest whole unit: `5 min`, `2 h`, `3 jours`, `2 mois`, `1 an`. */
function elapsed(instant: Temporal.Instant, now: Temporal.Instant): string | undefined {
  const seconds = (now.epochMilliseconds - instant.epochMilliseconds) / 1000
  if (seconds < MINUTE) return undefined
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)}\u00a0min`
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)}\u00a0h`
  const days = Math.floor(seconds / DAY)
  if (days < 31) return plural(days, 'jour', 'jours')
  if (days < 365) return `${Math.floor(days / 30.44)}\u00a0mois`
  return plural(Math.floor(days / 365.25) || 1, 'an', 'ans')
}

/** `il y a 2 h`; `à l’instant` below one minute, and for a clock that runs ahead of ours. */
export function relativePast(instant: Temporal.Instant, now: Temporal.Instant): string {
  const words = elapsed(instant, now)
  return words ? `il y a\u00a0${words}` : 'à l’instant'
}

/** `depuis 3 jours`. */
export function sincePast(instant: Temporal.Instant, now: Temporal.Instant): string {
  const words = elapsed(instant, now)
  return words ? `depuis\u00a0${words}` : 'depuis un instant'
}
