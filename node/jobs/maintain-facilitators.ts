import type { Context } from '../context.ts'
import { eraseUnconfirmed, planRechecks } from '../store/facilitators/received-profiles.ts'

/**
 * People of other sites stay at a directory while their consent lasts and their site says so: once a week it is asked
 * about each of them, and whoever it has not confirmed for five weeks is erased.
 */
export async function maintainFacilitators({ db, now, wake }: Context): Promise<void> {
  await eraseUnconfirmed(db, now())
  await planRechecks(db, now())
  wake()
}
