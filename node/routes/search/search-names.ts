import type { SearchNames } from '../../../ui/search/active-criteria.ts'
import type { SearchValues } from '../../../ui/search/values.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { findTerritory } from '../../geo/territories.ts'
import type { Database } from '../../store/database/database.ts'
import { findNetwork } from '../../store/networks/networks.ts'

/** Finds the names of what a search gives by a code or an address; `first` is the first café found. */
export const findSearchNames = async (
  db: Database,
  values: SearchValues,
  first: Cafe | undefined,
): Promise<SearchNames> => ({
  territory: findTerritory(values.territoire)?.name,
  organizer: organizerOf(values, first),
  network: values.reseau === '' ? undefined : await nameOfNetwork(db, values.reseau),
})

/** Returns the name of a network; its slug where there is no such network. */
const nameOfNetwork = async (db: Database, slug: string): Promise<string> =>
  (await findNetwork(db, { slug }))?.name ?? slug

/** Returns the name that its cafés give an organiser; its address without any café. */
const organizerOf = ({ organisateur, structure }: SearchValues, first: Cafe | undefined) => {
  const asked = organisateur || structure
  return asked === '' ? undefined : (first?.organizer.name ?? asked)
}
