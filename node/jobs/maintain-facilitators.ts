import type { Context } from '../context.ts'
import { eraseUnconfirmed, planRechecks } from '../store/facilitators/received-profiles.ts'

/**
 * Maintains the people of other sites, whom a directory shows while their consent lasts and their site names them. Four
 * times a day each site is asked for its people, and a person whom it has not named for a day is hidden until it does.
 * Once a week each profile is read again; a person whose profile could not be read for five weeks is erased.
 */
export async function maintainFacilitators({ db, now, wake }: Context): Promise<void> {
  await eraseUnconfirmed(db, now())
  await planRechecks(db, now())
  wake()
}
