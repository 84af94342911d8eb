import type { Selectable } from 'kysely'
import { fromInstantText, orUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { quotaDomainOf } from '../database/quota-domain.ts'
import { takeShare } from '../queues/shares.ts'
import type { Schema } from '../schema.ts'

export type Tombstone = {
  uri: string
  ours: boolean
  deletedAt: Temporal.Instant
  /** When it came before the café: only cafés of this organizer are deleted by it. Undefined: any café. */
  ownerUri?: string | undefined
}

/** A deletion wins for ever: kept although the café is gone, with the id of the page that it had here. */
export async function insertTombstone(
  db: Database,
  { cafeId, ...tombstone }: Tombstone & { cafeId?: string | undefined },
): Promise<void> {
  await db
    .insertInto('tombstone')
    .values({
      uri: tombstone.uri,
      ours: tombstone.ours ? 1 : 0,
      deleted_at: toInstantText(tombstone.deletedAt),
      cafe_id: cafeId ?? null,
      owner_uri: tombstone.ownerUri ?? null,
      domain: tombstone.ours ? null : quotaDomainOf(new URL(tombstone.uri).host),
    })
    .onConflict((oc) =>
      oc
        .column('uri')
        .doUpdateSet((eb) => ({
          deleted_at: eb.ref('excluded.deleted_at'),
          cafe_id: eb.ref('excluded.cafe_id'),
          owner_uri: eb.ref('excluded.owner_uri'),
        }))
        .where('tombstone.owner_uri', 'is not', null),
    )
    .execute()
}

/**
 * Another server deleted it. One domain has so many of them and no more: of cafés that were here the newest stay; an
 * id that never was is remembered while there is room and for `UNKNOWN_DAYS`, so that a Create that comes after its
 * Delete is not believed.
 */
export async function rememberDeletion(
  trx: Database,
  deletion: {
    uri: string
    cafeId: string | undefined
    ownerUri?: string | undefined
    deletedAt: Temporal.Instant
    most: number
  },
): Promise<void> {
  const { uri, cafeId, most } = deletion
  const known = await findTombstone(trx, uri)
  // One that counts for whoever's wins over one that counts for a certain owner.
  if (known?.ownerUri !== undefined) await insertTombstone(trx, { ...deletion, ours: false })
  if (known) return
  const { host } = new URL(uri)
  if (!(await takeShare(trx, 'deletion', { host, max: most }))) {
    if (cafeId === undefined) return
    await deleteOldestTombstone(trx, quotaDomainOf(host))
  }
  await insertTombstone(trx, { ...deletion, ours: false })
}

async function deleteOldestTombstone(trx: Database, domain: string): Promise<void> {
  const oldest = trx
    .selectFrom('tombstone')
    .select('uri')
    .where('domain', '=', domain)
    // An id that never was here is forgotten before a café that was.
    .orderBy((eb) => eb.case().when('cafe_id', 'is', null).then(0).else(1).end())
    .orderBy('deleted_at')
    .limit(1)
  await trx.deleteFrom('tombstone').where('uri', 'in', oldest).execute()
}

/** How long a message that is older than the deletion may still arrive. */
const UNKNOWN_DAYS = 35

/** Forgets deletions of ids that were never here, once no older message can arrive any more. */
export async function deleteIdleTombstones(db: Database, now: Temporal.Instant): Promise<void> {
  await db
    .deleteFrom('tombstone')
    .where('domain', 'is not', null)
    .where('cafe_id', 'is', null)
    .where('deleted_at', '<', toInstantText(now.subtract({ hours: UNKNOWN_DAYS * 24 })))
    .execute()
}

export async function findTombstone(db: Database, uri: string): Promise<Tombstone | undefined> {
  const row = await db.selectFrom('tombstone').selectAll().where('uri', '=', uri).executeTakeFirst()
  return row && toTombstone(row)
}

/** The deletion behind a page of this server: of a café of ours, or of another server's by the id that it had here. */
export async function findTombstoneOfPage(
  db: Database,
  { id, origin }: { id: string; origin: string },
): Promise<Tombstone | undefined> {
  const row = await db
    .selectFrom('tombstone')
    .selectAll()
    .where((eb) => eb.or([eb('cafe_id', '=', id), eb('uri', '=', `${origin}/cafes/${id}`)]))
    .executeTakeFirst()
  return row && toTombstone(row)
}

const toTombstone = (row: Selectable<Schema['tombstone']>): Tombstone => ({
  uri: row.uri,
  ours: row.ours === 1,
  deletedAt: fromInstantText(row.deleted_at),
  ownerUri: orUndefined(row.owner_uri),
})
