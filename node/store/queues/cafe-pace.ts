import type { KnownState } from '../../domain/cafes/change-message.ts'
import {
  instantOrNull,
  instantOrUndefined,
  orNull,
  orUndefined,
  toInstantText,
} from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'

/** How often others were told of one café lately, and which changes of it wait. Old rows are deleted at night. */
export type CafePace = {
  /** When the current window of Updates began, and how many there were in it. */
  windowAt: Temporal.Instant
  updates: number
  /** The change that will tell the latest state, once it is due. */
  waitingUpdate: number | undefined
  /** When Notes last told of it, and how many did within a day from `dayAt` on. */
  notedAt: Temporal.Instant | undefined
  dayAt: Temporal.Instant | undefined
  notes: number
  /** When Notes last told that no seat is left, and that there are seats again. */
  fullNotedAt: Temporal.Instant | undefined
  freeNotedAt: Temporal.Instant | undefined
  /** The change that will send Notes of the latest state, once it is due. */
  waitingNote: number | undefined
  /** The state that followers were told last. */
  believed: KnownState | undefined
}

/** Finds the pace of one café; undefined where others were not told of it lately. */
export async function findCafePace(db: Database, cafeUri: string): Promise<CafePace | undefined> {
  const [row] = (await selectPace(db, { cafeUri })).rows
  return (
    row && {
      windowAt: Temporal.Instant.from(row.window_at),
      updates: row.updates,
      waitingUpdate: orUndefined(row.waiting_update),
      notedAt: instantOrUndefined(row.noted_at),
      dayAt: instantOrUndefined(row.day_at),
      notes: row.notes,
      fullNotedAt: instantOrUndefined(row.full_noted_at),
      freeNotedAt: instantOrUndefined(row.free_noted_at),
      waitingNote: orUndefined(row.waiting_note),
      believed: row.believed === null ? undefined : (JSON.parse(row.believed) as KnownState),
    }
  )
}

const selectPace = prepare((db, { cafeUri }: { cafeUri: string }) =>
  db.selectFrom('cafe_pace').selectAll().where('cafe_uri', '=', cafeUri),
)

/** Replaces the pace of one café. */
export async function saveCafePace(db: Database, cafeUri: string, pace: CafePace): Promise<void> {
  const row = {
    window_at: toInstantText(pace.windowAt),
    updates: pace.updates,
    waiting_update: orNull(pace.waitingUpdate),
    noted_at: instantOrNull(pace.notedAt),
    day_at: instantOrNull(pace.dayAt),
    notes: pace.notes,
    full_noted_at: instantOrNull(pace.fullNotedAt),
    free_noted_at: instantOrNull(pace.freeNotedAt),
    waiting_note: orNull(pace.waitingNote),
    believed: pace.believed ? JSON.stringify(pace.believed) : null,
  }
  await db
    .insertInto('cafe_pace')
    .values({ cafe_uri: cafeUri, ...row })
    .onConflict((oc) => oc.column('cafe_uri').doUpdateSet(row))
    .execute()
}

/** Forgets the pace of one café, as when the café is deleted. */
export async function deleteCafePace(db: Database, cafeUri: string): Promise<void> {
  await db.deleteFrom('cafe_pace').where('cafe_uri', '=', cafeUri).execute()
}

/** Deletes rows whose windows ended before this time. The changes that waited were told, or have failed since. */
export async function deleteCafePacesBefore(db: Database, before: Temporal.Instant): Promise<void> {
  const at = toInstantText(before)
  await db
    .deleteFrom('cafe_pace')
    .where('window_at', '<', at)
    .where((eb) => eb.or([eb('noted_at', 'is', null), eb('noted_at', '<', at)]))
    .execute()
}
