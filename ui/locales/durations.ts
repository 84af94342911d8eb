import { plural } from '../../node/domain/values/number-text.ts'

/**
 * Formats durations in words. The pages take them from the constants of the program, so that each duration is defined
 * once.
 */

const HOUR = 60
const DAY = 24 * HOUR
const YEAR = 365 * DAY

/** Returns minutes in French: `30 minutes`, `24 heures`, `30 jours`, `un an`, `3 ans`. */
export const minutesInFrench = (minutes: number): string => {
  if (minutes === YEAR) return 'un an'
  if (minutes % YEAR === 0) return plural(minutes / YEAR, 'an', 'ans')
  if (minutes > DAY && minutes % DAY === 0) return plural(minutes / DAY, 'jour', 'jours')
  if (minutes % HOUR === 0) return plural(minutes / HOUR, 'heure', 'heures')
  return plural(minutes, 'minute', 'minutes')
}

/** Returns a number of days in French: `24 heures` for 1, `30 jours`, `un an` for 365. */
export const daysInFrench = (days: number): string => minutesInFrench(days * DAY)

/** Returns the same in English. */
export const minutesInEnglish = (minutes: number): string => {
  if (minutes === YEAR) return 'one year'
  if (minutes % YEAR === 0) return plural(minutes / YEAR, 'year', 'years', 'en')
  if (minutes > DAY && minutes % DAY === 0) return plural(minutes / DAY, 'day', 'days', 'en')
  if (minutes % HOUR === 0) return plural(minutes / HOUR, 'hour', 'hours', 'en')
  return plural(minutes, 'minute', 'minutes', 'en')
}

/** Returns a number of days in English: `24 hours` for 1, `30 days`, `one year` for 365. */
export const daysInEnglish = (days: number): string => minutesInEnglish(days * DAY)
