import { sql, type UpdateObject, type UpdateQueryBuilder, type UpdateResult } from 'kysely'
import { type Database, inTransaction } from '../database/database.ts'
import {
  isPostgres,
  isTextAmong,
  type ListParameter,
  toListParameter,
} from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'
import type { Schema } from '../schema.ts'
import { facetsOfCafe, joinedFacets } from './former-facets.ts'
import { reindexCafes } from './reindex-cafes.ts'

/**
 * Follows each statement that writes rows of `cafe`, in its transaction, once their change is numbered: makes their
 * entries in the index of the search, and forgets that cafés of the same addresses were removed.
 */
export async function markWritten(trx: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await hideChosen(trx, { ids: toListParameter(trx, ids) })
  const removed = await reindexCafes(trx, ids)
  if (removed.length > 0) await forgetRemovals(trx, { ids: toListParameter(trx, removed) })
}

/** Cafés of addresses that were removed are there again: what the removed ones were found by is kept with them. */
async function forgetRemovals(trx: Database, list: Ids): Promise<void> {
  await keepFacetsOfRemoved(trx, list)
  await deleteRemovals(trx, list)
}

/**
 * Hides those of other servers that are hidden here one by one, or whose structure is: whatever wrote them, and whether
 * they were shown before or folded behind another announcement.
 */
const hideChosen = prepare((db, { ids }: Ids) =>
  db
    .updateTable('cafe')
    .set({ hidden_reason: 'team' })
    .where(isTextAmong(db, sql.ref('id'), ids))
    .where('peer_id', 'is not', null)
    .where((eb) => eb.or([eb('hidden_reason', 'is', null), eb('hidden_reason', '=', 'duplicate')]))
    .where(sql<boolean>`exists (
      select 1 from hidden_object where hidden_object.uri in (cafe.uri, cafe.organizer_uri))`),
)

/** Makes the entries anew of cafés that are found otherwise than before, though no column of theirs changed. */
export async function reindexChanged(trx: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await countChange(trx)
  await numberChanges(trx, { ids: toListParameter(trx, ids) })
  await reindexCafes(trx, ids)
}

/** Does the same for the cafés of a structure, by its actor or by its id here. */
export async function reindexCafesOf(
  trx: Database,
  column: 'organizer_uri' | 'organization_id',
  value: string,
): Promise<void> {
  const rows = await trx.selectFrom('cafe').select('id').where(column, '=', value).execute()
  await reindexChanged(
    trx,
    rows.map(({ id }) => id),
  )
}

type CafeUpdate = UpdateQueryBuilder<Schema, 'cafe', 'cafe', UpdateResult>

/**
 * Changes columns of cafés, with what must follow.
 * @param choose - Adds the conditions.
 * @returns The rows that it wrote.
 */
export const updateCafes = (
  db: Database,
  change: UpdateObject<Schema, 'cafe'>,
  choose: (update: CafeUpdate) => CafeUpdate,
): Promise<{ id: string; hidden_reason: string | null }[]> =>
  inTransaction(db, async (trx) => {
    const rows = await choose(trx.updateTable('cafe').set(change))
      .returning(['id', 'hidden_reason'])
      .execute()
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) return []
    await countChange(trx)
    await numberChanges(trx, { ids: toListParameter(trx, ids) })
    await markWritten(trx, ids)
    return rows
  })

/** Deletes cafés; what belongs to them goes with them by the schema, and those that were listed are noted as removed. */
export const deleteCafes = (db: Database, ids: readonly string[]): Promise<void> =>
  inTransaction(db, async (trx) => {
    if (ids.length === 0) return
    const list = { ids: toListParameter(trx, ids) }
    await countChange(trx)
    await noteRemoval(trx, list)
    await deleteRows(trx, list)
  })

/**
 * Begins a change of what is listed, for those who keep a copy of it (`changed-cafes.ts` of the search): counts it on
 * SQLite, where writers follow one another. On PostgreSQL its number is that of the transaction, see `listing_state`.
 */
export async function countChange(trx: Database): Promise<void> {
  if (!isPostgres(trx)) await countOne(trx, {})
}

const countOne = prepare((db) =>
  db.updateTable('listing_state').set((eb) => ({ last: eb('last', '+', 1) })),
)

/** The number of the change that has begun. */
export const changeNumberOf = (db: Database) =>
  isPostgres(db) ? sql<number>`listing_number_now()` : sql<number>`(select last from listing_state)`
/** The time of that change, in seconds since 1970. */
export const changeTimeOf = (db: Database) =>
  isPostgres(db)
    ? sql<number>`extract(epoch from clock_timestamp())::bigint`
    : sql<number>`unixepoch()`

type Ids = { ids: ListParameter }

/** Numbers those that are listed, or were at any time. */
const numberChanges = prepare((db, { ids }: Ids) =>
  db
    .updateTable('cafe')
    .set({ change_number: changeNumberOf(db), changed_at: changeTimeOf(db) })
    .where(isTextAmong(db, sql.ref('id'), ids))
    .where(sql<boolean>`(change_number is not null
      or publication = 'published' and hidden_reason is null)`),
)

const keepFacetsOfRemoved = prepare((db, { ids }: Ids) =>
  db
    .insertInto('former_facets')
    .columns(['cafe_id', 'facets'])
    .expression((eb) =>
      eb
        .selectFrom('cafe')
        .innerJoin('removed_cafe', 'removed_cafe.uri', 'cafe.uri')
        .select(['cafe.id', 'removed_cafe.facets'])
        .where(isTextAmong(db, sql.ref('cafe.id'), ids))
        .where('change_number', 'is not', null),
    )
    .onConflict((oc) => oc.column('cafe_id').doUpdateSet({ facets: joinedFacets })),
)

const deleteRemovals = prepare((db, { ids }: Ids) =>
  db.deleteFrom('removed_cafe').where('uri', 'in', (eb) =>
    eb
      .selectFrom('cafe')
      .select('uri')
      .where(isTextAmong(db, sql.ref('id'), ids))
      .where('change_number', 'is not', null),
  ),
)

const noteRemoval = prepare((db, { ids }: Ids) =>
  db
    .insertInto('removed_cafe')
    .columns(['uri', 'number', 'changed_at', 'facets'])
    .expression((eb) =>
      eb
        .selectFrom('cafe')
        .select(['uri', changeNumberOf(db).as('number'), changeTimeOf(db).as('changed_at')])
        .select(facetsOfCafe.as('facets'))
        .where(isTextAmong(db, sql.ref('id'), ids))
        .where('change_number', 'is not', null),
    ),
)

const deleteRows = prepare((db, { ids }: Ids) =>
  db.deleteFrom('cafe').where(isTextAmong(db, sql.ref('id'), ids)),
)
