import type { Context } from '../context.ts'
import { eraseUnconfirmed, planRechecks } from '../store/facilitators/received-profiles.ts'

/**
 * People of other sites are shown by a directory while their consent lasts and their site says so: four times a day it is
 * asked who is there, and whoever it has not named for a day is hidden until it does. Once a week each profile is read
 * again; whoever could not be read for five weeks is erased.
 */
export async function maintainFacilitators({ db, now, wake }: Context): Promise<void> {
  await eraseUnconfirmed(db, now())
  await planRechecks(db, now())
  wake()
}
