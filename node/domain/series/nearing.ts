import { type Cafe, startsAtPlace } from '../cafes/cafe.ts'

/** How many days before a date of a series followers hear of it: whoever wants to come can still arrange it. */
const DAYS_BEFORE = 7

/** Returns when followers hear of a date of a series: a week before it begins, at its hour by the clocks of the place. */
export const nearsAt = (cafe: Pick<Cafe, 'startsAt' | 'timezone'>): Temporal.Instant =>
  startsAtPlace(cafe).subtract({ days: DAYS_BEFORE }).toInstant()
