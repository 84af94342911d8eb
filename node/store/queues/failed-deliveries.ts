import { sql } from 'kysely'
import { type DeliveryFailure, deliveryFailureOf } from '../../domain/federation/delivery.ts'
import { fromInstantText, orUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isNumberAmong, type ListParameter, toListParameter } from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'

/**
 * Deliveries that were given up. The team is told where another server does not have one of their cafés as it is now.
 */

/** Gives a delivery up; a person can have it tried again. */
export async function markDeliveryFailed(
  db: Database,
  { id, error }: { id: number; error: string },
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ parked_at: toInstantText(now), lease_until: null, last_error: error.slice(0, 300) })
    .where('id', '=', id)
    .execute()
}

/**
 * Deletes failed deliveries of cafés that servers now have in their current state.
 * @param ids - The deliveries that have arrived, which are not deleted yet.
 */
export async function deleteFailedBefore(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await deleteEarlier(db, { ids: toListParameter(db, ids) })
}

const deleteEarlier = prepare((db, { ids }: { ids: ListParameter }) =>
  db.deleteFrom('delivery').where('id', 'in', (eb) =>
    eb
      .selectFrom('delivery as newer')
      .innerJoin('delivery as older', (join) =>
        join
          .onRef('older.line', '=', 'newer.line')
          .onRef('older.inbox', '=', 'newer.inbox')
          .onRef('older.kind', '=', 'newer.kind')
          .onRef('older.id', '<', 'newer.id'),
      )
      .select('older.id')
      .where(isNumberAmong(db, sql.ref('newer.id'), ids))
      .where('newer.kind', '=', sql.lit('cafe'))
      .where('older.parked_at', 'is not', null),
  ),
)

/** A server that does not have some cafés as they are now. */
export type FailedHost = {
  host: string
  /** The number of cafés. */
  total: number
  /** The titles of those that still exist. */
  titles: string[]
  failure: DeliveryFailure
  since: Temporal.Instant
}

/** The maximum number of rows that are read, enough for a page that says where to begin. */
const MOST_ROWS = 1000

/**
 * Lists the servers to which the latest state of upcoming or deleted cafés could not be delivered, of one organization
 * where it is given.
 */
export async function listFailedDeliveries(
  db: Database,
  { organizationId, now }: { organizationId?: string; now: Temporal.Instant },
): Promise<FailedHost[]> {
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('activity', 'activity.seq', 'delivery.activity_seq')
    .leftJoin('cafe', 'cafe.uri', 'activity.object_uri')
    .leftJoin('deletion', (join) =>
      join
        .onRef('deletion.key', '=', 'activity.object_uri')
        .on('deletion.kind', '=', 'cafe')
        .on('deletion.domain', 'is', null),
    )
    .select([
      'delivery.host',
      'activity.object_uri',
      'cafe.title',
      'delivery.last_error',
      'delivery.parked_at',
    ])
    .where('delivery.parked_at', 'is not', null)
    .where('delivery.kind', '=', 'cafe')
    .where((eb) =>
      eb.or([
        eb('deletion.key', 'is not', null),
        eb.and([
          organizationId === undefined
            ? eb('cafe.organization_id', 'is not', null)
            : eb('cafe.organization_id', '=', organizationId),
          eb('cafe.ends_at', '>=', toInstantText(now)),
        ]),
      ]),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('delivery as newer')
            .select('newer.id')
            .whereRef('newer.line', '=', 'delivery.line')
            .whereRef('newer.inbox', '=', 'delivery.inbox')
            .whereRef('newer.kind', '=', 'delivery.kind')
            .whereRef('newer.id', '>', 'delivery.id'),
        ),
      ),
    )
    .orderBy('delivery.parked_at')
    .orderBy('delivery.id')
    .limit(MOST_ROWS)
    .execute()
  return [...Map.groupBy(rows, ({ host }) => host)].map(([host, some]) => ({
    host,
    total: new Set(some.map(({ object_uri }) => object_uri)).size,
    titles: [...new Set(some.flatMap(({ title }) => (title === null ? [] : [title])))],
    failure: deliveryFailureOf(orUndefined(some.at(-1)?.last_error ?? null)),
    since: fromInstantText(some[0]?.parked_at ?? ''),
  }))
}

/** Deletes deliveries that were given up before this time and that the team did not try again. */
export async function deleteDeliveriesFailedBefore(
  db: Database,
  before: Temporal.Instant,
): Promise<void> {
  await db.deleteFrom('delivery').where('parked_at', '<', toInstantText(before)).execute()
}

/** Makes all deliveries to a host due now, including those that were given up. */
export async function retryDeliveries(
  db: Database,
  host: string,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ parked_at: null, due_at: toInstantText(now), attempts: 0 })
    .where('host', '=', host)
    .execute()
}
