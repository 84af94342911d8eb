import { sql } from 'kysely'
import { type DeliveryKind, REPLACED } from '../../domain/federation/delivery.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isAmong, isPostgres } from '../database/dialect.ts'

/** One activity to be posted to one inbox. */
export type Delivery = {
  id: number
  activityId: string
  /** Of the activity: as it is kept here. */
  type: string
  objectUri: string
  /** The identifier of our actor that signs the request. */
  signer: string
  body: string
  inbox: string
  host: string
  kind: DeliveryKind
  /** To one inbox, deliveries of one kind and line go one after the other: those about one café, for instance. */
  line: string
  attempts: number
  createdAt: Temporal.Instant
}

export type NewDeliveries = {
  activitySeq: number
  /** Of the activity. */
  type: string
  signer: string
  kind: DeliveryKind
  line: string
  inboxes: readonly string[]
}

/** Queues an activity for each inbox, in place of what it makes needless there (`REPLACED`). */
export async function insertDeliveries(
  db: Database,
  { activitySeq, type, signer, kind, line, inboxes }: NewDeliveries,
  now: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(now)
  const rows = [...new Set(inboxes)].map((inbox) => ({
    activity_seq: activitySeq,
    signer,
    inbox,
    host: new URL(inbox).host,
    kind,
    line,
    due_at: at,
    lease_until: null,
    last_error: null,
    parked_at: null,
    created_at: at,
  }))
  for (let start = 0; start < rows.length; start += 500) {
    const some = rows.slice(start, start + 500)
    await deleteReplaced(db, { activitySeq, type, kind, line, inboxes: some }, at)
    await db
      .insertInto('delivery')
      .values(some)
      .onConflict((oc) => oc.doNothing())
      .execute()
  }
}

/** What is under way stays: if it fails it is not tried again (`isReplaced`). */
async function deleteReplaced(
  db: Database,
  { activitySeq, type, kind, line, inboxes }: Replacing,
  at: string,
): Promise<void> {
  const types = REPLACED[type] ?? []
  if (types.length === 0) return
  const waiting = db
    .selectFrom('delivery')
    .innerJoin('activity', 'activity.seq', 'delivery.activity_seq')
    .select('delivery.id')
    .where('delivery.line', '=', line)
    .where('delivery.kind', '=', kind)
    .where(
      'delivery.inbox',
      'in',
      inboxes.map(({ inbox }) => inbox),
    )
    .where('activity.seq', '<', activitySeq)
    .where('activity.type', 'in', types)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', at)]))
    // Whoever holds such a row works on it: it is left alone, and nobody waits for two others.
    .$if(isPostgres(db), (qb) => qb.forUpdate('delivery').skipLocked())
  await db.deleteFrom('delivery').where('id', 'in', waiting).execute()
}

type Replacing = Pick<NewDeliveries, 'activitySeq' | 'type' | 'kind' | 'line'> & {
  inboxes: readonly { inbox: string }[]
}

type InLine = Pick<Delivery, 'id' | 'type' | 'inbox' | 'kind' | 'line'>

/** Whether a newer delivery makes this one needless. */
export async function isReplaced(
  db: Database,
  { id, type, inbox, kind, line }: InLine,
): Promise<boolean> {
  const by = Object.keys(REPLACED).filter((newer) => REPLACED[newer]?.includes(type))
  if (by.length === 0) return false
  const newer = await db
    .selectFrom('delivery')
    .innerJoin('activity', 'activity.seq', 'delivery.activity_seq')
    .select('delivery.id')
    .where('delivery.line', '=', line)
    .where('delivery.inbox', '=', inbox)
    .where('delivery.kind', '=', kind)
    .where('delivery.id', '>', id)
    .where('activity.type', 'in', by)
    .limit(1)
    .executeTakeFirst()
  return newer !== undefined
}

/** The most answers that may wait for one inbox. Beyond that, who asks again gets no further one. */
const ANSWERS_WAITING = 50

export async function isInboxFull(db: Database, inbox: string): Promise<boolean> {
  // Posts to the same inbox are none; the newest deliveries suffice, since answers that wait are among them.
  const newest = db
    .selectFrom('delivery')
    .select('activity_seq')
    .where('inbox', '=', inbox)
    .where('parked_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(10 * ANSWERS_WAITING)
  const { total } = await db
    .selectFrom('activity')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('seq', 'in', db.selectFrom(newest.as('newest')).select('activity_seq'))
    .where('type', 'in', ['Accept', 'Reject'])
    .executeTakeFirstOrThrow()
  return Number(total) >= ANSWERS_WAITING
}

export async function deleteDeliveries(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom('delivery').where('id', 'in', ids).execute()
}

/** Nobody is at this inbox any more. Returns what had been on its way there. */
export async function deleteDeliveriesTo(
  db: Database,
  inbox: string,
): Promise<Pick<Delivery, 'activityId' | 'type' | 'objectUri' | 'signer' | 'host' | 'body'>[]> {
  const waiting = await db
    .selectFrom('delivery')
    .innerJoin('activity', 'activity.seq', 'delivery.activity_seq')
    .select([
      ...([
        'activity.id as activityId',
        'activity.type',
        'activity.object_uri',
        'activity.body',
      ] as const),
      ...(['delivery.signer', 'delivery.host'] as const),
    ])
    .where('delivery.inbox', '=', inbox)
    .execute()
  await db.deleteFrom('delivery').where('inbox', '=', inbox).execute()
  return waiting.map(({ object_uri: objectUri, ...rest }) => ({ ...rest, objectUri }))
}

/**
 * What is still on its way to an inbox where nobody follows us any more, and what an account says that nobody follows there
 * any more; but `cafes` and `instance`, which speak to others than their followers too. Deletions go on: whoever had a copy
 * must hear of them, and so do answers to the inbox alone.
 */
export async function deleteUnfollowedDeliveries(db: Database, inbox: string): Promise<void> {
  await db
    .deleteFrom('delivery')
    .where('inbox', '=', inbox)
    .where('activity_seq', 'in', (eb) =>
      eb.selectFrom('activity').select('seq').where('type', 'in', ['Create', 'Update', 'Announce']),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('follower')
            .select('uri')
            .where(({ fn }) => fn.coalesce('follower.shared_inbox', 'follower.inbox'), '=', inbox)
            .where((other) =>
              other.or([
                other('delivery.signer', 'in', ['cafes', 'instance']),
                other('follower.actor', '=', other.ref('delivery.signer')),
              ]),
            ),
        ),
      ),
    )
    .execute()
}

export async function postponeDelivery(
  db: Database,
  { id, error, until }: { id: number; error: string; until: Temporal.Instant },
): Promise<void> {
  await db
    .updateTable('delivery')
    .set((eb) => ({
      due_at: toInstantText(until),
      lease_until: null,
      attempts: eb('attempts', '+', 1),
      last_error: error.slice(0, 300),
    }))
    .where('id', '=', id)
    .execute()
}

/**
 * Postpones all deliveries to a host that cannot be reached, or those of the kind that it did not answer: a Gancio never
 * answers a Note, and takes the café itself in at once.
 */
export async function postponeHost(
  db: Database,
  { host, kind, until }: { host: string; kind?: DeliveryKind | undefined; until: Temporal.Instant },
): Promise<void> {
  const at = toInstantText(until)
  await db
    .updateTable('delivery')
    .set({ due_at: at })
    .where('host', '=', host)
    .$if(kind !== undefined, (qb) => qb.where('kind', '=', kind ?? 'word'))
    .where('due_at', '<', at)
    .where('lease_until', 'is', null)
    .execute()
}

/** Makes all deliveries to a host due now, since it was heard again. */
export const expediteHost = (db: Database, host: string, now: Temporal.Instant): Promise<void> =>
  expediteHosts(db, [host], now)

/** The same of several. */
export async function expediteHosts(
  db: Database,
  hosts: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  if (hosts.length === 0) return
  const at = toInstantText(now)
  await db
    .updateTable('delivery')
    .set({ due_at: at })
    .where(isAmong(db, sql.ref('host'), hosts))
    .where('due_at', '>', at)
    .where('parked_at', 'is', null)
    .execute()
}

export async function countWaitingDeliveries(db: Database): Promise<number> {
  const { total } = await db
    .selectFrom('delivery')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('parked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return total
}
