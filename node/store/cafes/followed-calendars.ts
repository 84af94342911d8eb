import { randomUUID } from 'node:crypto'
import type { FollowedCalendar, LeftOut } from '../../domain/cafes/followed-calendar.ts'
import type { Refusal } from '../../domain/values/refusal.ts'
import { orNull, toInstantText, toRefusalText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { CALENDAR } from '../schema/cafes.ts'
import { selectSuspended } from '../structures/suspended.ts'

export type NewCalendar = Pick<FollowedCalendar, 'organizationId' | 'address' | 'publication'> & {
  leftOut: readonly LeftOut[]
}

/** Follows an address from now on, or changes the choices of one that is followed already. */
export async function followCalendar(
  db: Database,
  { organizationId, address, publication, leftOut }: NewCalendar,
  now: Temporal.Instant,
): Promise<FollowedCalendar> {
  const choices = { publication, left_out: JSON.stringify(leftOut) }
  const at = toInstantText(now)
  const row = await db
    .insertInto('followed_calendar')
    .values({
      ...{ id: randomUUID(), organization_id: organizationId, address, ...choices },
      ...{ created_at: at, due_at: at },
      ...{ etag: null, last_modified: null, read_at: null, whole_at: null },
      ...{ cafes: 0, aside: 0, failures: 0, failing_since: null, fault: null },
    })
    .onConflict((oc) =>
      oc.columns(['organization_id', 'address']).doUpdateSet({ ...choices, due_at: at }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  return CALENDAR.fromRow(row)
}

/** Lists the calendars in the order in which they were followed. */
export async function listCalendars(
  db: Database,
  organizationId: string,
): Promise<FollowedCalendar[]> {
  const rows = await db
    .selectFrom('followed_calendar')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(CALENDAR.fromRow)
}

/** Finds a followed calendar of this structure; undefined for one of another structure. */
export async function findCalendar(
  db: Database,
  { id, organizationId }: { id: string; organizationId: string },
): Promise<FollowedCalendar | undefined> {
  const row = await db
    .selectFrom('followed_calendar')
    .selectAll()
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst()
  return row && CALENDAR.fromRow(row)
}

/** Stops reading a calendar; the cafés that it brought stay, and its series go on here where one of them is held. */
export async function unfollowCalendar(
  db: OpenDatabase,
  { id, organizationId }: { id: string; organizationId: string },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    if (!(await findCalendar(trx, { id, organizationId }))) return
    await trx
      .updateTable('imported')
      .set({ calendar_id: null, missing_since: null })
      .where('calendar_id', '=', id)
      .execute()
    await trx
      .updateTable('series')
      .set({ next_on: null })
      .where('calendar_id', '=', id)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('cafe')
              .select('cafe.id')
              .whereRef('cafe.series', '=', 'series.uri')
              .where('cafe.status', '<>', 'cancelled')
              .where('cafe.ends_at', '>', toInstantText(now)),
          ),
        ),
      )
      .execute()
    await trx.deleteFrom('followed_calendar').where('id', '=', id).execute()
  })
}

/**
 * Leases the calendar that has been due for the longest time, so that no other process gets it until `until`; undefined
 * when none is due.
 */
export async function leaseCalendar(
  db: OpenDatabase,
  now: Temporal.Instant,
  until: Temporal.Instant,
): Promise<FollowedCalendar | undefined> {
  return inTransaction(db, async (trx) => {
    const due = await trx
      .selectFrom('followed_calendar')
      .select(['id', 'due_at'])
      .where('due_at', '<=', toInstantText(now))
      .where('organization_id', 'not in', selectSuspended(trx))
      .orderBy('due_at')
      .orderBy('id')
      .executeTakeFirst()
    if (!due) return undefined
    const row = await trx
      .updateTable('followed_calendar')
      .set({ due_at: toInstantText(until) })
      .where('id', '=', due.id)
      .where('due_at', '=', due.due_at)
      .returningAll()
      .executeTakeFirst()
    return row && CALENDAR.fromRow(row)
  })
}

/** A good answer. `whole` is the result of reading it as a whole; undefined where nothing has changed. */
export type GoodReading = {
  dueAt: Temporal.Instant
  whole: Pick<FollowedCalendar, 'etag' | 'lastModified' | 'cafes' | 'aside'> | undefined
}

/**
 * Stores that the calendar was read without an error, and when it is due again; earlier failures are forgotten. What
 * was counted and the validators of HTTP change only if the answer was read as a whole.
 */
export async function saveReading(
  db: Database,
  id: string,
  { dueAt, whole }: GoodReading,
  now: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(now)
  await db
    .updateTable('followed_calendar')
    .set({
      ...{
        due_at: toInstantText(dueAt),
        read_at: at,
        failures: 0,
        failing_since: null,
        fault: null,
      },
      ...(whole && {
        ...{ whole_at: at, cafes: whole.cafes, aside: whole.aside },
        ...{ etag: orNull(whole.etag), last_modified: orNull(whole.lastModified) },
      }),
    })
    .where('id', '=', id)
    .execute()
}

/** Stores that an answer was not usable. */
export async function saveFault(
  db: Database,
  { id, failures, failingSince }: Pick<FollowedCalendar, 'id' | 'failures' | 'failingSince'>,
  { fault, dueAt }: { fault: Refusal; dueAt: Temporal.Instant },
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('followed_calendar')
    .set({
      due_at: toInstantText(dueAt),
      failures: failures + 1,
      failing_since: toInstantText(failingSince ?? now),
      fault: toRefusalText(fault),
    })
    .where('id', '=', id)
    .execute()
}

/** Reads a calendar later although nothing is wrong with it. */
export async function postponeCalendar(
  db: Database,
  id: string,
  dueAt: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('followed_calendar')
    .set({ due_at: toInstantText(dueAt) })
    .where('id', '=', id)
    .execute()
}
