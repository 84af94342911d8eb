import { type ExpressionBuilder, sql } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { ImportSnapshot } from '../../domain/cafes/import-snapshot.ts'
import { fromInstantText, instantOrUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import type { Schema } from '../schema.ts'
import { toCafe } from './cafes.ts'

/**
 * Finds what the source of a café said last.
 * @returns undefined when the café does not come from an import.
 */
export async function findImportSnapshot(
  db: Database,
  cafeId: string,
): Promise<ImportSnapshot | undefined> {
  const row = await db
    .selectFrom('imported')
    .select('said')
    .where('cafe_id', '=', cafeId)
    .executeTakeFirst()
  return row && (JSON.parse(row.said) as ImportSnapshot)
}

/**
 * Stores what the source of a café says of it now, in place of what it said before. The café counts as imported from
 * here on.
 */
export async function saveImportSnapshot(
  db: Database,
  cafeId: string,
  said: ImportSnapshot,
): Promise<void> {
  const text = JSON.stringify(said)
  await db
    .insertInto('imported')
    .values({ cafe_id: cafeId, said: text })
    .onConflict((oc) => oc.column('cafe_id').doUpdateSet({ said: text }))
    .execute()
}

/** Finds what a calendar says of aspects that people changed here, about which they are asked. */
export async function findAsked(db: Database, cafeId: string): Promise<ImportSnapshot> {
  const row = await db
    .selectFrom('imported')
    .select('asked')
    .where('cafe_id', '=', cafeId)
    .executeTakeFirst()
  return JSON.parse(row?.asked ?? '{}') as ImportSnapshot
}

/** Stores what people are asked about, in place of what they were asked before. */
export async function saveAsked(
  db: Database,
  cafeId: string,
  asked: ImportSnapshot,
): Promise<void> {
  const text = JSON.stringify(asked)
  await db.updateTable('imported').set({ asked: text }).where('cafe_id', '=', cafeId).execute()
}

/** Lists the cafés to come about which people are asked, soonest first, and counts them all. */
export async function listAsked(
  db: Database,
  { organizationId, now, limit }: { organizationId: string; now: Temporal.Instant; limit: number },
): Promise<{ items: { cafe: Cafe; asked: ImportSnapshot }[]; total: number }> {
  const found = db
    .selectFrom('imported')
    .innerJoin('cafe', 'cafe.id', 'imported.cafe_id')
    .where('imported.asked', '<>', sql.lit('{}'))
    .where('cafe.organization_id', '=', organizationId)
    .where('cafe.ends_at', '>', toInstantText(now))
  const { total } = await found
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await found
    .selectAll('cafe')
    .select('imported.asked')
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .limit(limit)
    .execute()
  const items = rows.map(({ asked, ...row }) => ({
    cafe: toCafe(row),
    asked: JSON.parse(asked) as ImportSnapshot,
  }))
  return { items, total: Number(total) }
}

/** Returns whether an import brought this café, and not another followed calendar. */
export async function isFromCalendar(
  db: Database,
  cafeId: string,
  calendarId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('imported')
    .select('cafe_id')
    .where('cafe_id', '=', cafeId)
    .where(isOf(calendarId))
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Returns the condition that a row is of this calendar; what no followed calendar brought counts for each that has it.
 */
const isOf = (calendarId: string) => (eb: ExpressionBuilder<Schema, 'imported'>) =>
  eb.or([eb('imported.calendar_id', 'is', null), eb('imported.calendar_id', '=', calendarId)])

/**
 * Lists the dates of one UID that an import brought and that begin after `from` and not after `until`, soonest first;
 * those of another calendar than `calendarId` are left out where that is given.
 */
export async function listImportedDates(
  db: Database,
  {
    organizationId,
    uid,
    from,
    until,
    calendarId,
  }: {
    organizationId: string
    uid: string
    from: Temporal.Instant
    until: Temporal.Instant
    calendarId: string | undefined
  },
): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .innerJoin('imported', 'imported.cafe_id', 'cafe.id')
    .selectAll('cafe')
    .where('organization_id', '=', organizationId)
    .where('uid', '=', uid)
    .where('starts_at', '>', toInstantText(from))
    .where('starts_at', '<=', toInstantText(until))
    .$if(calendarId !== undefined, (query) => query.where(isOf(calendarId ?? '')))
    .orderBy('starts_at')
    .orderBy('cafe.id')
    .execute()
  return rows.map(toCafe)
}

/** An upcoming café that a followed calendar brought, and what the calendar said of it last. */
export type BroughtCafe = {
  cafeId: string
  uid: string
  said: ImportSnapshot
  title: string
  startsAt: Temporal.ZonedDateTime
  /** Since when the calendar has lacked it; undefined while the calendar has it. */
  missingSince: Temporal.Instant | undefined
}

/** Lists the brought cafés that are not cancelled, soonest first. */
export async function listBroughtCafes(
  db: Database,
  calendarId: string,
  now: Temporal.Instant,
): Promise<BroughtCafe[]> {
  const rows = await db
    .selectFrom('imported')
    .innerJoin('cafe', 'cafe.id', 'imported.cafe_id')
    .select(['cafe.id', 'cafe.uid', 'cafe.title', 'cafe.starts_at', 'cafe.timezone'])
    .select(['imported.said', 'imported.missing_since'])
    .where('imported.calendar_id', '=', calendarId)
    .where('cafe.starts_at', '>', toInstantText(now))
    .where('cafe.status', '<>', 'cancelled')
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .execute()
  return rows.map((row) => ({
    cafeId: row.id,
    uid: row.uid,
    said: JSON.parse(row.said) as ImportSnapshot,
    title: row.title,
    startsAt: fromInstantText(row.starts_at).toZonedDateTimeISO(row.timezone),
    missingSince: instantOrUndefined(row.missing_since),
  }))
}

/** Counts the cafés to come that a followed calendar brought, cancelled ones included. */
export async function countBroughtCafes(
  db: Database,
  calendarId: string,
  now: Temporal.Instant,
): Promise<number> {
  const { total } = await db
    .selectFrom('imported')
    .innerJoin('cafe', 'cafe.id', 'imported.cafe_id')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('imported.calendar_id', '=', calendarId)
    .where('cafe.starts_at', '>', toInstantText(now))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Notes that these cafés come from that calendar, which has them, unless they come from another one. */
export async function claimImported(
  db: Database,
  calendarId: string,
  cafeIds: readonly string[],
): Promise<void> {
  for (let at = 0; at < cafeIds.length; at += CLAIMED_AT_ONCE)
    await db
      .updateTable('imported')
      .set({ calendar_id: calendarId, missing_since: null })
      .where('cafe_id', 'in', cafeIds.slice(at, at + CLAIMED_AT_ONCE))
      .where((eb) =>
        eb.or([
          eb('calendar_id', 'is', null),
          eb.and([eb('calendar_id', '=', calendarId), eb('missing_since', 'is not', null)]),
        ]),
      )
      .execute()
}

/** The number of parameters of a statement is limited. */
const CLAIMED_AT_ONCE = 500

/** Notes that the calendar was read without this café, for the first time since it had it. */
export async function markMissing(
  db: Database,
  cafeId: string,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('imported')
    .set({ missing_since: toInstantText(now) })
    .where('cafe_id', '=', cafeId)
    .where('missing_since', 'is', null)
    .execute()
}

/** Makes the cafés that the calendar lacks the team's own, so that they are no longer asked about. */
export async function releaseMissing(db: Database, calendarId: string): Promise<void> {
  await db
    .updateTable('imported')
    .set({ calendar_id: null, missing_since: null })
    .where('calendar_id', '=', calendarId)
    .where('missing_since', 'is not', null)
    .execute()
}
