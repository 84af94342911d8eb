import { sql } from 'kysely'
import { type DeliveryKind, REPLACED } from '../../domain/federation/delivery.ts'
import { toInstantText } from '../database/columns.ts'
import { unpackText } from '../database/compressed-text.ts'
import type { Database } from '../database/database.ts'
import {
  isNumberAmong,
  isPostgres,
  isTextAmong,
  type ListParameter,
  toListParameter,
} from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'

/** One activity that is to be posted to one inbox. */
export type Delivery = {
  id: number
  activityId: string
  /** The type of the activity, as it is stored here. */
  type: string
  objectUri: string
  /** The identifier of our actor that signs the request. */
  signer: string
  body: string
  inbox: string
  host: string
  kind: DeliveryKind
  /** Deliveries of one kind and line to one inbox are sent one after the other, for instance those about one café. */
  line: string
  attempts: number
  createdAt: Temporal.Instant
}

export type NewDeliveries = {
  activitySeq: number
  /** The type of the activity. */
  type: string
  signer: string
  kind: DeliveryKind
  line: string
  inboxes: readonly string[]
}

/** Queues an activity for each inbox, in place of the ones that it replaces there (`REPLACED`). */
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

/**
 * Deletes the waiting deliveries that a new one replaces. One that is being sent stays; if it fails, it is not tried
 * again (`isReplaced`).
 */
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
    // A transaction that holds such a row works on it, so the row is skipped, and none waits for two others.
    .$if(isPostgres(db), (qb) => qb.forUpdate('delivery').skipLocked())
  await db.deleteFrom('delivery').where('id', 'in', waiting).execute()
}

type Replacing = Pick<NewDeliveries, 'activitySeq' | 'type' | 'kind' | 'line'> & {
  inboxes: readonly { inbox: string }[]
}

type InLine = Pick<Delivery, 'id' | 'type' | 'inbox' | 'kind' | 'line'>

/** Returns whether a newer delivery replaces this one. */
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

/** The most answers that may wait for one inbox. Beyond that, asking again gives no further one. */
const ANSWERS_WAITING = 50

/** The types of answers, as they are stored: those to a Join are about one person, and not part of our history. */
const ANSWERS = ['Accept', 'Reject', 'private-Accept', 'private-TentativeAccept', 'private-Reject']

/** Returns whether so many of our answers (Accept, Reject) wait for this inbox that it gets no further one. */
export async function isInboxFull(db: Database, inbox: string): Promise<boolean> {
  // Posts to the same inbox are no answers; the newest deliveries suffice, since waiting answers are among them.
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
    .where('type', 'in', ANSWERS)
    .executeTakeFirstOrThrow()
  return Number(total) >= ANSWERS_WAITING
}

/** Deletes deliveries that arrived or have become needless; the activities stay. */
export async function deleteDeliveries(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await deleteByIds(db, { ids: toListParameter(db, ids) })
}

const deleteByIds = prepare((db, { ids }: { ids: ListParameter }) =>
  db.deleteFrom('delivery').where(isNumberAmong(db, sql.ref('id'), ids)),
)

/**
 * Deletes what an account has on its way to an inbox where nobody hears it any more; returns what had been on its way.
 */
export async function deleteDeliveriesTo(
  db: Database,
  { signer, inbox }: Pick<Delivery, 'signer' | 'inbox'>,
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
    .where('delivery.signer', '=', signer)
    .execute()
  await db.deleteFrom('delivery').where('inbox', '=', inbox).where('signer', '=', signer).execute()
  return waiting.map(({ object_uri: objectUri, body, ...rest }) => ({
    ...{ ...rest, objectUri },
    body: unpackText(body),
  }))
}

/**
 * Deletes deliveries to an inbox where nobody follows us any more, and those of an account that nobody there follows
 * any more, except those of `cafes` and `instance`, which speak to others than their followers too. Deletions are still
 * sent, since everybody who had a copy must be told, and so are answers to the inbox alone.
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

/**
 * Puts a delivery off after a failed attempt, ends its lease and counts the attempt. At most 300 characters of the
 * error are stored.
 */
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
 * Postpones all deliveries to a host that cannot be reached, or those of the kind that it did not answer: Gancio never
 * answers a Note, but accepts the café itself at once.
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

/** Makes all deliveries to a host due now, since something came from it again. */
export async function expediteHost(
  db: Database,
  host: string,
  now: Temporal.Instant,
): Promise<void> {
  await expediteHosts(db, [host], now)
}

/** Does the same for several hosts; returns those for which something waited. */
export async function expediteHosts(
  db: Database,
  hosts: readonly string[],
  now: Temporal.Instant,
): Promise<Set<string>> {
  if (hosts.length === 0) return new Set()
  const { rows } = await updateDue(db, {
    hosts: toListParameter(db, hosts),
    at: toInstantText(now),
  })
  return new Set(rows.map(({ host }) => host))
}

const updateDue = prepare((db, { hosts, at }: { hosts: ListParameter; at: string }) =>
  db
    .updateTable('delivery')
    .set({ due_at: at })
    .where(isTextAmong(db, sql.ref('host'), hosts))
    .where('due_at', '>', at)
    .where('parked_at', 'is', null)
    .returning('host'),
)

/** Counts the deliveries that wait or are being sent, without those that were given up. */
export async function countWaitingDeliveries(db: Database): Promise<number> {
  const { total } = await db
    .selectFrom('delivery')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('parked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return total
}
