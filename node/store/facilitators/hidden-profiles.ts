import type { Database } from '../database/database.ts'
import { isHiddenHere } from '../directory/hidden-objects.ts'
import { hashOfUri } from './erasures.ts'

/** Which profiles of other sites this directory hides, also once their people were erased. */

/** Forgets of a person who was erased all but that the profile at this address stays hidden. */
export async function eraseHiddenProfile(trx: Database, uri: string): Promise<void> {
  if (!(await isHiddenHere(trx, uri))) return
  await trx
    .updateTable('hidden_object')
    .set({ uri: await hashOfUri(trx, uri), reason: '' })
    .where('uri', '=', uri)
    .execute()
}

/** Returns whether the profile at this address is hidden here, also one that was erased and is given again. */
export async function claimHiddenProfile(trx: Database, uri: string): Promise<boolean> {
  const [back] = await trx
    .updateTable('hidden_object')
    .set({ uri })
    .where('uri', '=', await hashOfUri(trx, uri))
    .returning('uri')
    .execute()
  return back !== undefined || (await isHiddenHere(trx, uri))
}
