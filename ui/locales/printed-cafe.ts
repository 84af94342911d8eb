import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { toPrintedName } from './typography.ts'

/** Returns the café with typographic apostrophes in its names: keyboards and lists of towns have straight ones. */
export function toPrintedCafe<T extends Cafe>(cafe: T): T {
  const { title, organizer, venue, announcedFor } = cafe
  return {
    ...cafe,
    title: toPrintedName(title),
    organizer: { ...organizer, name: toPrintedName(organizer.name) },
    ...(announcedFor !== undefined && { announcedFor: toPrintedName(announcedFor) }),
    ...(venue && {
      venue: { ...venue, name: toPrintedName(venue.name), commune: toPrintedName(venue.commune) },
    }),
  }
}
