import { STAMPS_OF_DOMAIN, type Stamp } from '../../domain/federation/stamp.ts'
import type { Database } from '../database/database.ts'
import { quotaDomainOf } from '../database/quota-domain.ts'
import { uuidV7 } from '../database/uuid.ts'
import { STAMP } from '../schema/feeds.ts'

/**
 * Saves a stamp; the same post or collection has the same stamp for an object, however often it is asked for.
 * @returns The stamp's id; undefined when the domain of who asks has as many as it may.
 */
export async function saveStamp(
  trx: Database,
  stamp: Omit<Stamp, 'id'>,
): Promise<string | undefined> {
  const { kind, targetUri, instrumentUri } = stamp
  const known = await selectStamps(trx)
    .where('kind', '=', kind)
    .where('target_uri', '=', targetUri)
    .where('instrument_uri', '=', instrumentUri)
    .executeTakeFirst()
  if (known) return known.id
  const domain = quotaDomainOf(new URL(stamp.requesterUri).host)
  const row = { ...STAMP.toRow({ ...stamp, id: uuidV7(stamp.givenAt) }), domain }
  const { total } = await trx
    .selectFrom('stamp')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('domain', '=', domain)
    .executeTakeFirstOrThrow()
  if (Number(total) >= STAMPS_OF_DOMAIN) return undefined
  await trx.insertInto('stamp').values(row).execute()
  return row.id
}

/** Finds a stamp by its id; undefined when it was never given, or is withdrawn. */
export async function findStamp(db: Database, id: string): Promise<Stamp | undefined> {
  const row = await selectStamps(db).where('id', '=', id).executeTakeFirst()
  return row && STAMP.fromRow(row)
}

/** Deletes the stamps of these objects, and returns them. */
export async function deleteStampsOf(
  trx: Database,
  targetUris: readonly string[],
): Promise<Stamp[]> {
  if (targetUris.length === 0) return []
  const rows = await selectStamps(trx).where('target_uri', 'in', targetUris).execute()
  await trx.deleteFrom('stamp').where('target_uri', 'in', targetUris).execute()
  return rows.map(STAMP.fromRow)
}

/** Deletes the stamps that an actor asked for, which is gone from the network. */
export async function deleteStampsFor(trx: Database, requesterUri: string): Promise<void> {
  await trx.deleteFrom('stamp').where('requester_uri', '=', requesterUri).execute()
}

const selectStamps = (db: Database) => db.selectFrom('stamp').select(STAMP.columns)
