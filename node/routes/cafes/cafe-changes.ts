import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { SavedVenue } from '../../domain/cafes/venue.ts'
import type { EditChange } from '../../store/accounts/acts.ts'
import { listChanges } from '../accounts/reconciled-form.ts'
import { valuesOfCafe } from './form.ts'
import { valuesOfVenue } from './venue-form.ts'

/** Lists what an edit of a venue changed, by the names of its form. */
export const listVenueChanges = (before: SavedVenue, after: SavedVenue): EditChange[] =>
  listChanges(valuesOfVenue(before), valuesOfVenue(after))

/** The fields that name people: the history says that they were changed, and by whom, and keeps no name. */
const OF_PEOPLE: readonly string[] = ['speakers', 'image.credit']

/** Lists what an edit of a café changed, by the names of its form, whoever made it. */
export const listCafeChanges = (before: Cafe, after: Cafe): EditChange[] =>
  listChanges(valuesOfCafe(before), valuesOfCafe(after)).map((change) =>
    OF_PEOPLE.includes(change.name) ? { ...change, before: '', isForgotten: true } : change,
  )
