import type { Database } from '../database/database.ts'

/** The copy of a photo that a directory shows. It is in the database, so that it is deleted with its profile. */
export type FacilitatorPicture = {
  facilitatorId: string
  /** The address from which it was copied. */
  address: string
  /** The bytes of a JPEG. */
  bytes: Uint8Array
  width: number
  height: number
}

/** Stores our copy of the portrait of a profile of another server, in place of the one before. */
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

/** Finds the bytes of our copy of a portrait (WebP); undefined where there is none. */
export async function findFacilitatorPicture(
  db: Database,
  facilitatorId: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const row = await db
    .selectFrom('facilitator_picture')
    .select('bytes')
    .where('facilitator_id', '=', facilitatorId)
    .executeTakeFirst()
  return row && new Uint8Array(row.bytes)
}

/** Lists the sizes in pixels of the existing copies, by profile. */
export async function listPictureSizes(
  db: Database,
  facilitatorIds: readonly string[],
): Promise<Map<string, { width: number; height: number }>> {
  const rows = await db
    .selectFrom('facilitator_picture')
    .select(['facilitator_id', 'width', 'height'])
    .where('facilitator_id', 'in', ['', ...facilitatorIds])
    .execute()
  return new Map(rows.map(({ facilitator_id, ...size }) => [facilitator_id, size]))
}
