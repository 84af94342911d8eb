import type { Selectable } from 'kysely'
import { fromInstantText, orUndefined, toInstantText } from './columns.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'

export type Tombstone = {
  uri: string
  ours: boolean
  deletedAt: Temporal.Instant
  /** Whose cafés it counts for, when it came before the café; undefined: whoever's. */
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

export async function findTombstone(db: Database, uri: string): Promise<Tombstone | undefined> {
  const row = await db.selectFrom('tombstone').selectAll().where('uri', '=', uri).executeTakeFirst()
  return row && toTombstone(row)
}

/** Of a page of this server: a café of ours, or of others' under the id that it had here. */
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
