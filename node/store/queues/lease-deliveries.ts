import { type RawBuilder, sql } from 'kysely'
import { type DeliveryKind, isAside } from '../../domain/federation/delivery.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import { unpackText } from '../database/compressed-text.ts'
import { claimRows, type Database, type OpenDatabase } from '../database/database.ts'
import {
  isNumberAmong,
  isPostgres,
  isTextAmong,
  type ListParameter,
  toListParameter,
} from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'
import type { Delivery } from './deliveries.ts'

const LEASE_SECONDS = 60

/** Numbers of deliveries: in all, and at most how many of them that only draw attention to a café (`isAside`). */
export type Load = { all: number; aside: number }

export type LeaseRequest = {
  now: Temporal.Instant
  /** How many deliveries may be leased now. */
  limit: Load
  /** How many may be sent at once to one host. */
  perHost: Load
  /** How many deliveries are being sent to each host. */
  busyHosts: ReadonlyMap<string, Load>
  /**
   * The maximum number of places for deliveries that failed before, so that unreachable hosts never take all of them.
   */
  failing: Load
  /** Whether the last call to a host failed: then a first delivery to it counts as one that failed before. */
  isFailing?: (host: string) => boolean
  /** The hosts to which nothing is sent about our cafés yet. */
  awaited?: readonly string[]
}

/**
 * Leases deliveries for a minute: first what our cafés are and what is said between servers, then what only draws
 * attention to a café. Of each inbox, kind and line only the oldest is taken, so that an Update never overtakes its
 * Create. To each host at most `perHost` are sent at once, so that a server that hangs holds no more places, however
 * much waits for it.
 */
export async function leaseDeliveries(
  db: OpenDatabase,
  request: LeaseRequest,
): Promise<Delivery[]> {
  const { now, limit } = request
  if (limit.all <= 0) return []
  // A transaction that claims nothing would cost many times as much, after each group of messages that is received.
  if (!(await hasDue(db, now))) return []
  return claimRows(db, async (trx) => {
    const taken = await takeFairly(trx, request)
    if (taken.length === 0) return []
    const until = toInstantText(now.add({ seconds: LEASE_SECONDS }))
    const { rows } = await updateLeases(trx, { ids: toListParameter(trx, taken), until })
    const activities = await listActivities(trx, [...new Set(rows.map((row) => row.activity_seq))])
    return rows
      .sort((one, other) => one.id - other.id)
      .flatMap(({ activity_seq: seq, created_at: createdAt, ...row }) => {
        const activity = activities.get(seq)
        return activity ? [{ ...row, ...activity, createdAt: fromInstantText(createdAt) }] : []
      })
  })
}

const updateLeases = prepare((db, { ids, until }: { ids: ListParameter; until: string }) =>
  db
    .updateTable('delivery')
    .set({ lease_until: until })
    .where(isNumberAmong(db, sql.ref('id'), ids))
    .returning([
      ...(['id', 'activity_seq', 'signer', 'inbox', 'host'] as const),
      ...(['kind', 'line', 'attempts', 'created_at'] as const),
    ]),
)

type Activity = Pick<Delivery, 'activityId' | 'type' | 'objectUri' | 'body'>

/** Reads activities by their numbers, each once, however many inboxes it goes to. */
async function listActivities(
  db: Database,
  seqs: readonly number[],
): Promise<Map<number, Activity>> {
  const { rows } = await selectActivities(db, { seqs: toListParameter(db, seqs) })
  return new Map(
    rows.map(({ seq, id, type, object_uri: objectUri, body }) => [
      seq,
      { activityId: id, type, objectUri, body: unpackText(body) },
    ]),
  )
}

const selectActivities = prepare((db, { seqs }: { seqs: ListParameter }) =>
  db
    .selectFrom('activity')
    .select(['seq', 'id', 'type', 'object_uri', 'body'])
    .where(isNumberAmong(db, sql.ref('seq'), seqs)),
)

/** Returns whether any delivery is due, leased or not. */
const hasDue = async (db: Database, now: Temporal.Instant): Promise<boolean> =>
  (await selectDue(db, { at: toInstantText(now) })).rows.length > 0

const selectDue = prepare((db, { at }: { at: string }) => {
  const ofOneClass = (aside: boolean) =>
    db
      .selectFrom('delivery')
      .select('id')
      .where('parked_at', 'is', null)
      .where(sql<boolean>`${ofClass(aside)}`)
      .where('due_at', '<=', at)
  return ofOneClass(false).unionAll(ofOneClass(true)).limit(1)
})

export const NOTHING: Load = { all: 0, aside: 0 }

/** Adds one delivery of this kind to a load, or subtracts one. */
export function count(load: Load | undefined, kind: DeliveryKind, by: 1 | -1): Load {
  const { all, aside } = load ?? NOTHING
  return { all: all + by, aside: isAside(kind) ? aside + by : aside }
}

/** Returns whether one more delivery of a class has a place. */
const hasPlace = (used: Load | undefined, most: Load, aside: boolean): boolean =>
  (used?.all ?? 0) < most.all && !(aside && (used?.aside ?? 0) >= most.aside)

type Candidate = { id: number; host: string; kind: DeliveryKind; attempts: number }

async function takeFairly(trx: Database, request: LeaseRequest): Promise<number[]> {
  const state: LeaseState = {
    taken: [],
    load: NOTHING,
    failingLoad: NOTHING,
    busy: new Map(request.busyHosts),
  }
  for (const aside of [false, true]) await takeOfClass(trx, request, state, aside)
  return state.taken
}

type LeaseState = { taken: number[]; load: Load; failingLoad: Load; busy: Map<string, Load> }

/** Chooses deliveries; looks further down the queue while the first ones are for hosts that have no place left. */
async function takeOfClass(
  trx: Database,
  request: LeaseRequest,
  state: LeaseState,
  aside: boolean,
): Promise<void> {
  const { limit, perHost, failing, isFailing = () => false, awaited = [] } = request
  const { taken, busy } = state
  const full = new Set(
    [...busy].flatMap(([host, load]) => (hasPlace(load, perHost, aside) ? [] : [host])),
  )
  let most = 2 ** Math.ceil(Math.log2(2 * limit.all))
  while (hasPlace(state.load, limit, aside)) {
    const isFirstOnly = !hasPlace(state.failingLoad, failing, aside)
    const seen = { full, taken, isFirstOnly, aside, awaited }
    const candidates = await listCandidates(trx, request.now, seen, most)
    for (const { id, host, kind, attempts } of candidates) {
      if (!hasPlace(state.load, limit, aside)) return
      const mayFail = attempts > 0 || isFailing(host)
      if (full.has(host)) continue
      if (mayFail && !hasPlace(state.failingLoad, failing, aside)) {
        if (attempts === 0) full.add(host)
        continue
      }
      if (mayFail) state.failingLoad = count(state.failingLoad, kind, 1)
      state.load = count(state.load, kind, 1)
      busy.set(host, count(busy.get(host), kind, 1))
      if (!hasPlace(busy.get(host), perHost, aside)) full.add(host)
      taken.push(id)
    }
    if (candidates.length < most) return
    most = FURTHER
  }
}

/**
 * How many deliveries are examined at a time once the first ones, twice as many as are wanted, were for hosts that
 * have no place left.
 */
const FURTHER = 640

/** Returns the condition of a class. It is written out, so that the partial indexes of `delivery` are used. */
const ofClass = (aside: boolean): RawBuilder<boolean> =>
  aside
    ? sql<boolean>`kind in ('note', 'announce', 'copy')`
    : sql<boolean>`kind in ('cafe', 'word')`

/**
 * Finds the earliest time at which a delivery that still waits was due; undefined where none is. The index of each class
 * gives its first row, however long the queue is.
 */
export async function findFirstDue(
  db: Database,
  now: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const firstOf = (aside: boolean) =>
    db
      .selectFrom('delivery')
      .select('due_at')
      .where('parked_at', 'is', null)
      .where(ofClass(aside))
      .where('due_at', '<=', toInstantText(now))
      .orderBy('due_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
  const found = [await firstOf(false), await firstOf(true)]
  const [first] = found.flatMap((row) => row?.due_at ?? []).toSorted()
  return first === undefined ? undefined : fromInstantText(first)
}

type Seen = {
  full: ReadonlySet<string>
  taken: readonly number[]
  isFirstOnly: boolean
  aside: boolean
  awaited: readonly string[]
}

async function listCandidates(
  trx: Database,
  now: Temporal.Instant,
  { full, taken, isFirstOnly, aside, awaited }: Seen,
  most: number,
): Promise<Candidate[]> {
  const areAwaited = awaited.length > 0
  const form = `${aside} ${isFirstOnly} ${most} ${areAwaited}`
  const select = selects.get(form) ?? prepareCandidates({ aside, isFirstOnly, most, areAwaited })
  selects.set(form, select)
  const { rows } = await select(trx, {
    at: toInstantText(now),
    hosts: toListParameter(trx, [...full]),
    ids: toListParameter(trx, taken),
    awaited: toListParameter(trx, awaited),
  })
  return rows
}

/** The queries of `listCandidates`, which differ in what is written out in them. */
const selects = new Map<string, ReturnType<typeof prepareCandidates>>()

type CandidateForm = { aside: boolean; isFirstOnly: boolean; most: number; areAwaited: boolean }
type CandidateValues = Record<'hosts' | 'ids' | 'awaited', ListParameter> & { at: string }

const prepareCandidates = ({ aside, isFirstOnly, most, areAwaited }: CandidateForm) =>
  prepare((db, { at, hosts, ids, awaited }: CandidateValues) => ({
    compile: () =>
      sql<Candidate>`
        select id, host, kind, attempts from delivery d
        where parked_at is null and ${ofClass(aside)}
          and due_at <= ${at} and (lease_until is null or lease_until < ${at})
          and not ${isTextAmong(db, sql`d.host`, hosts)}
          and not ${isNumberAmong(db, sql`d.id`, ids)}
          ${isFirstOnly ? sql`and attempts = 0` : sql``}
          ${areAwaited ? sql`and not (kind = 'cafe' and ${isTextAmong(db, sql`d.host`, awaited)})` : sql``}
          and not exists (
            select 1 from delivery earlier
            where earlier.line = d.line and earlier.inbox = d.inbox and earlier.kind = d.kind
              and earlier.id < d.id and earlier.parked_at is null)
        order by due_at, id limit ${sql.lit(most)}
        ${isPostgres(db) ? sql`for update skip locked` : sql``}`.compile(db),
  }))
