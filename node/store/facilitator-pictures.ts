import type { Database } from './database.ts'

/** The copy of a photo that a directory shows; it is in the database, so that it goes with its profile. */
export type FacilitatorPicture = {
  facilitatorId: string
  /** Where it was copied from. */
  address: string
  /** A JPEG. */
  bytes: Uint8Array
  width: number
  height: number
}

export async function saveFacilitatorPicture(
  trx: Database,
  { facilitatorId, ...picture }: FacilitatorPicture,
): Promise<void> {
  await trx
    .insertInto('facilitator_picture')
    .values({ facilitator_id: facilitatorId, ...picture })
    .onConflict((oc) => oc.column('facilitator_id').doUpdateSet(picture))
    .execute()
}
