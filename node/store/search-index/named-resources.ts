import { sql } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Database } from '../database/database.ts'
import { isTextAmong, type ListParameter, toListParameter } from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'

/**
 * Saves which resources cafés name, by which the cafés of a resource are found, in the transaction that saves the cafés.
 * A café may name one that nobody here knows.
 */
export async function saveNamedResources(trx: Database, cafes: readonly Cafe[]): Promise<void> {
  await forgetNamed(trx, {
    ids: toListParameter(
      trx,
      cafes.map(({ id }) => id),
    ),
  })
  const rows = cafes.flatMap(({ id, resources = [] }) =>
    resources.map(({ uri }) => ({ cafe_id: id, uri })),
  )
  if (rows.length > 0)
    await trx
      .insertInto('cafe_resource')
      .values(rows)
      .onConflict((oc) => oc.doNothing())
      .execute()
}

const forgetNamed = prepare((db, { ids }: { ids: ListParameter }) =>
  db.deleteFrom('cafe_resource').where(isTextAmong(db, sql.ref('cafe_id'), ids)),
)
