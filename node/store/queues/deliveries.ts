import { sql } from 'kysely'
import { fromInstantText, orUndefined, toInstantText } from '../database/columns.ts'
import { unpackText } from '../database/compressed-text.ts'
import { claimRows, type Database, type OpenDatabase } from '../database/database.ts'
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
  attempts: number
  createdAt: Temporal.Instant
}

export type NewDeliveries = {
  activitySeq: number
  signer: string
  objectUri: string
  inboxes: readonly string[]
}

export async function insertDeliveries(
  db: Database,
  { activitySeq, signer, objectUri, inboxes }: NewDeliveries,
  now: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(now)
  const rows = [...new Set(inboxes)].map((inbox) => ({
    activity_seq: activitySeq,
    signer,
    inbox,
    host: new URL(inbox).host,
    object_uri: objectUri,
    due_at: at,
    lease_until: null,
    last_error: null,
    parked_at: null,
    created_at: at,
  }))
  for (let start = 0; start < rows.length; start += 500)
    await db
      .insertInto('delivery')
      .values(rows.slice(start, start + 500))
      .onConflict((oc) => oc.doNothing())
      .execute()
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

/** Deletes deliveries that were given up before then and that the team did not try again. */
export async function deleteDeliveriesFailedBefore(
  db: Database,
  before: Temporal.Instant,
): Promise<void> {
  await db.deleteFrom('delivery').where('parked_at', '<', toInstantText(before)).execute()
}

const LEASE_SECONDS = 60

/**
 * Leases up to `limit` deliveries for a minute. Per (inbox, object) only the oldest is taken, so that an Update never
 * overtakes its Create; per host no more than `perHost` are under way, so that a server that hangs holds no more places,
 * however much waits for it.
 */
export async function leaseDeliveries(
  db: OpenDatabase,
  request: LeaseRequest,
): Promise<Delivery[]> {
  const { now, limit } = request
  if (limit <= 0) return []
  return claimRows(db, async (trx) => {
    const taken = await takeFairly(trx, request)
    if (taken.length === 0) return []
    await trx
      .updateTable('delivery')
      .set({ lease_until: toInstantText(now.add({ seconds: LEASE_SECONDS })) })
      .where('id', 'in', taken)
      .execute()
    const rows = await trx
      .selectFrom('delivery')
      .innerJoin('activity', 'activity.seq', 'delivery.activity_seq')
      .select([
        'delivery.id',
        'activity.id as activity_id',
        'activity.type',
        'activity.object_uri',
        'delivery.signer',
        'activity.body',
        'delivery.inbox',
        'delivery.host',
        'delivery.attempts',
        'delivery.created_at',
      ])
      .where('delivery.id', 'in', taken)
      .orderBy('delivery.id')
      .execute()
    return rows.map((row) => ({
      id: row.id,
      activityId: row.activity_id,
      type: row.type,
      objectUri: row.object_uri,
      signer: row.signer,
      body: unpackText(row.body),
      inbox: row.inbox,
      host: row.host,
      attempts: row.attempts,
      createdAt: fromInstantText(row.created_at),
    }))
  })
}

export type LeaseRequest = {
  now: Temporal.Instant
  limit: number
  perHost: number
  /** How many deliveries are under way at each host. */
  busyHosts: ReadonlyMap<string, number>
  /** How many places deliveries that failed before may take, so that dead hosts never take all of them. */
  failing: number
  /** Whether the last call to a host failed: then a first delivery to it counts as one that failed before. */
  isFailing?: (host: string) => boolean
}

type Candidate = { id: number; host: string; attempts: number }

/** Chooses deliveries; looks further down the queue while the first ones are for hosts that have no place left. */
async function takeFairly(trx: Database, request: LeaseRequest): Promise<number[]> {
  const { limit, perHost, isFailing = () => false } = request
  const busy = new Map(request.busyHosts)
  const taken: number[] = []
  let places = request.failing
  const full = new Set([...busy].flatMap(([host, count]) => (count >= perHost ? [host] : [])))
  for (;;) {
    const isFirstOnly = places <= 0
    const candidates = await listCandidates(trx, request, { full, taken, isFirstOnly })
    for (const { id, host, attempts } of candidates) {
      if (taken.length === limit) return taken
      const isStruggling = attempts > 0 || isFailing(host)
      if (full.has(host)) continue
      if (isStruggling && places <= 0) {
        if (attempts === 0) full.add(host)
        continue
      }
      if (isStruggling) places--
      const underWay = (busy.get(host) ?? 0) + 1
      busy.set(host, underWay)
      if (underWay >= perHost) full.add(host)
      taken.push(id)
    }
    if (candidates.length < limit * LOOK_AHEAD) return taken
  }
}

/** How many deliveries are looked at for each one that may be taken. */
const LOOK_AHEAD = 20

async function listCandidates(
  trx: Database,
  { now, limit }: LeaseRequest,
  seen: { full: ReadonlySet<string>; taken: readonly number[]; isFirstOnly: boolean },
): Promise<Candidate[]> {
  const at = toInstantText(now)
  const { rows } = await sql<Candidate>`
    select id, host, attempts from delivery d
    where parked_at is null and due_at <= ${at} and (lease_until is null or lease_until < ${at})
      and not ${isAmong(trx, sql`d.host`, [...seen.full])}
      ${seen.taken.length > 0 ? sql`and not ${isAmong(trx, sql`d.id`, seen.taken)}` : sql``}
      ${seen.isFirstOnly ? sql`and attempts = 0` : sql``}
      and not exists (
        select 1 from delivery earlier
        where earlier.inbox = d.inbox and earlier.object_uri = d.object_uri
          and earlier.id < d.id and earlier.parked_at is null)
    order by due_at, id limit ${limit * LOOK_AHEAD}
    ${isPostgres(trx) ? sql`for update skip locked` : sql``}`.execute(trx)
  return rows
}

export async function deleteDelivery(db: Database, id: number): Promise<void> {
  await db.deleteFrom('delivery').where('id', '=', id).execute()
}

export async function deleteDeliveriesTo(db: Database, inbox: string): Promise<void> {
  await db.deleteFrom('delivery').where('inbox', '=', inbox).execute()
}

/**
 * What is still on its way to an inbox where nobody follows us any more. Deletions go on: whoever had a copy must hear
 * of them, and so do answers to the inbox alone.
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
            .where(({ fn }) => fn.coalesce('follower.shared_inbox', 'follower.inbox'), '=', inbox),
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

/** Postpones all deliveries to a host that did not answer. */
export async function postponeHost(
  db: Database,
  host: string,
  until: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(until)
  await db
    .updateTable('delivery')
    .set({ due_at: at })
    .where('host', '=', host)
    .where('due_at', '<', at)
    .where('lease_until', 'is', null)
    .execute()
}

/** Makes all deliveries to a host due now, since it was heard again. */
export async function expediteHost(
  db: Database,
  host: string,
  now: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(now)
  await db
    .updateTable('delivery')
    .set({ due_at: at })
    .where('host', '=', host)
    .where('due_at', '>', at)
    .where('parked_at', 'is', null)
    .execute()
}

/** Gives a delivery up: the administration shows it and can try it again. */
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

export type FailedHost = {
  host: string
  total: number
  lastError: string | undefined
  since: Temporal.Instant
}

export async function listFailedDeliveries(db: Database): Promise<FailedHost[]> {
  const rows = await db
    .selectFrom('delivery')
    .select((eb) => [
      'host',
      eb.fn.countAll<number>().as('total'),
      eb.fn.max('last_error').as('last_error'),
      eb.fn.min('parked_at').as('since'),
    ])
    .where('parked_at', 'is not', null)
    .groupBy('host')
    .execute()
  return rows.map((row) => ({
    host: row.host,
    total: row.total,
    lastError: orUndefined(row.last_error),
    since: fromInstantText(row.since ?? ''),
  }))
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

export async function countWaitingDeliveries(db: Database): Promise<number> {
  const { total } = await db
    .selectFrom('delivery')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('parked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return total
}
