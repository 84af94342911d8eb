import { sql } from 'kysely'
import type { Arrival } from '../../domain/federation/arrivals.ts'
import {
  STAMP_ASKED_DAYS,
  STAMPS_ASKED,
  STAMPS_OF_DOMAIN,
  type Stamp,
  type StampState,
} from '../../domain/federation/stamp.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { contains } from '../database/dialect.ts'
import { type ListPage, placePage } from '../database/list-page.ts'
import { quotaDomainOf } from '../database/quota-domain.ts'
import { uuidV7 } from '../database/uuid.ts'
import { hasRoomForHost, listHostArrivals } from '../directory/known-hosts.ts'
import { appendChange } from '../queues/changes.ts'
import { STAMP } from '../schema/feeds.ts'

/**
 * Saves a stamp, given or asked for; the same post or collection has the same for an object, however often it asks, and
 * what was refused stays so.
 * @returns The stamp as it is stored; undefined when the domain of who asks has as many as it may, or as many wait of it;
 * `waiting-full` when too many of all wait, which is not the fault of who asks.
 */
export async function saveStamp(
  trx: Database,
  stamp: Omit<Stamp, 'id'>,
): Promise<Stamp | 'waiting-full' | undefined> {
  const { kind, targetUri, instrumentUri } = stamp
  const known = await selectStamps(trx)
    .where('kind', '=', kind)
    .where('target_uri', '=', targetUri)
    .where('instrument_uri', '=', instrumentUri)
    .executeTakeFirst()
  if (known) return STAMP.fromRow(known)
  const domain = quotaDomainOf(new URL(stamp.requesterUri).host)
  if (!(await hasRoomFor(trx, stamp, domain))) return undefined
  if (stamp.state === 'asked' && !(await hasRoomToWait(trx, stamp))) return 'waiting-full'
  const made = { ...stamp, id: uuidV7(stamp.at) }
  await trx
    .insertInto('stamp')
    .values({ ...STAMP.toRow(made), domain })
    .execute()
  return made
}

/** Returns whether one more request may wait for the team, as `hasRoomForHost` says. */
async function hasRoomToWait(trx: Database, { requesterUri }: Pick<Stamp, 'requesterUri'>) {
  const rows = await trx
    .selectFrom('stamp')
    .select('requester_uri')
    .where('state', '=', 'asked')
    .limit(STAMPS_ASKED.inAll)
    .execute()
  const waiting = rows.map((row) => new URL(row.requester_uri).host)
  const most = { max: STAMPS_ASKED.ofDomain, all: STAMPS_ASKED.inAll }
  return hasRoomForHost(trx, waiting, { host: new URL(requesterUri).host, ...most })
}

async function hasRoomFor(trx: Database, { state }: Pick<Stamp, 'state'>, domain: string) {
  const total = sql<number>`count(*)`
  const asked = sql<number>`coalesce(sum(case when state = 'asked' then 1 else 0 end), 0)`
  const own = await trx
    .selectFrom('stamp')
    .select([total.as('total'), asked.as('asked')])
    .where('domain', '=', domain)
    .executeTakeFirstOrThrow()
  if (Number(own.total) >= STAMPS_OF_DOMAIN) return false
  return state !== 'asked' || Number(own.asked) < STAMPS_ASKED.ofDomain
}

/** Finds a stamp by its id, in whichever state; undefined when it was never asked for, or its object is gone. */
export async function findStamp(db: Database, id: string): Promise<Stamp | undefined> {
  const row = await selectStamps(db).where('id', '=', id).executeTakeFirst()
  return row && STAMP.fromRow(row)
}

/** Counts the stamps in each state. */
export async function countStamps(db: Database): Promise<Record<StampState, number>> {
  const rows = await db
    .selectFrom('stamp')
    .select((eb) => ['state', eb.fn.countAll<number>().as('total')])
    .groupBy('state')
    .execute()
  const totals = new Map(rows.map(({ state, total }) => [state, Number(total)]))
  const of = (state: StampState) => totals.get(state) ?? 0
  return { asked: of('asked'), given: of('given'), refused: of('refused') }
}

/** Finds one page of the stamps in a state whose addresses contain the words, the latest first. */
export async function findStampPage(
  db: Database,
  { state, words, ...asked }: { state: StampState; words: string; page: number; size: number },
): Promise<ListPage<Stamp>> {
  const addresses = sql`lower(target_uri || ' ' || instrument_uri || ' ' || requester_uri)`
  let found = selectStamps(db).where('state', '=', state)
  for (const word of words.toLowerCase().split(/\s+/).filter(Boolean))
    found = found.where(contains(db, addresses, word))
  const { total } = await found
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const { offset, ...placed } = placePage(Number(total), asked)
  const rows = await found
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(asked.size)
    .offset(offset)
    .execute()
  return { ...placed, rows: rows.map(STAMP.fromRow) }
}

/** Lists the requests that wait, by where they come from and when. */
export async function listStampArrivals(db: Database): Promise<Arrival[]> {
  const rows = await selectStamps(db)
    .where('state', '=', 'asked')
    .orderBy('id')
    .limit(STAMPS_ASKED.inAll)
    .execute()
  return listHostArrivals(
    db,
    rows
      .map(STAMP.fromRow)
      .map(({ id, requesterUri, at }) => ({ id, host: new URL(requesterUri).host, at })),
  )
}

/**
 * Gives a stamp that waits, or refuses one that waits or was given; who asked is told. False where its state does not
 * allow it.
 */
export const decideStamp = (
  db: Database,
  { id, state }: { id: string; state: 'given' | 'refused' },
  now: Temporal.Instant,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const before = await findStamp(trx, id)
    const isAllowed =
      before?.state === 'asked' || (before?.state === 'given' && state === 'refused')
    if (!before || !isAllowed) return false
    const { numUpdatedRows } = await trx
      .updateTable('stamp')
      .set({ state, at: toInstantText(now) })
      .where('id', '=', id)
      .where('state', '=', before.state)
      .executeTakeFirstOrThrow()
    // Somebody else has decided meanwhile.
    if (numUpdatedRows !== 1n) return false
    await appendChange(trx, { type: 'stamp-decided', stampId: id, was: before.state }, now)
    return true
  })

/** How many requests are refused in one transaction. */
const AT_ONCE = 100

/** Refuses the requests that nobody answered in time. */
export async function refuseOldRequests(db: Database, now: Temporal.Instant): Promise<void> {
  const rows = await db
    .selectFrom('stamp')
    .select('id')
    .where('state', '=', 'asked')
    .where('at', '<=', toInstantText(now.subtract({ hours: STAMP_ASKED_DAYS * 24 })))
    .limit(AT_ONCE)
    .execute()
  for (const { id } of rows) await decideStamp(db, { id, state: 'refused' }, now)
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
