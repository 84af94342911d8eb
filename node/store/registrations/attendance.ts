import { type Attendance, attendanceOf, type Count } from '../../domain/registrations/attendance.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { listRegistrations } from './registrations.ts'

/** A count that was saved, and when; its key is that of the page by which it was sent. */
export type SavedAttendance = Attendance & { at: Temporal.Instant; key: string }

/** Finds what was counted at a café. */
export async function findAttendance(
  db: Database,
  cafeId: string,
): Promise<SavedAttendance | undefined> {
  const row = await db
    .selectFrom('registration_count')
    .select(['participants', 'absent', 'unregistered', 'counted_at', 'count_key'])
    .where('cafe_id', '=', cafeId)
    .executeTakeFirst()
  if (!row?.counted_at) return undefined
  return { ...toAttendance(row), at: fromInstantText(row.counted_at), key: row.count_key ?? '' }
}

/** Returns the version of what was counted, which a page carries. */
export const versionOfCount = (saved: SavedAttendance | undefined): string =>
  saved?.at.toString() ?? '-'

type CountRow = Record<keyof Attendance, number | null>

const toAttendance = ({ participants, absent, unregistered }: CountRow): Attendance => ({
  ...{ participants: participants ?? 0, absent: absent ?? 0, unregistered: unregistered ?? 0 },
})

/** Lists how many came of each registration of a café that was counted, by its id. */
export async function listPresence(
  db: Database,
  cafeId: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('registration')
    .select(['id', 'present'])
    .where('cafe_id', '=', cafeId)
    .where('present', 'is not', null)
    .orderBy('rank')
    .execute()
  return new Map(rows.map(({ id, present }) => [id, present ?? 0]))
}

/**
 * Saves a count in place of the one that its page showed (`seen`, its version). One that is sent again
 * changes nothing.
 * @returns What is saved; `isStale` where somebody else has counted meanwhile.
 */
export const saveCount = (
  db: OpenDatabase,
  { cafeId, count, key, seen }: { cafeId: string; count: Count; key: string; seen: string },
  now: Temporal.Instant,
): Promise<{ saved: Attendance } | { isStale: true }> =>
  inTransaction(db, async (trx) => {
    const before = await findAttendance(trx, cafeId)
    if (before && key !== '' && before.key === key) return { saved: before }
    if (versionOfCount(before) !== seen) return { isStale: true }
    const all = await listRegistrations(trx, cafeId)
    const saved = attendanceOf(all, count)
    for (const { id, seats } of all) {
      const present = count.present.get(id)
      if (present !== undefined)
        await trx
          .updateTable('registration')
          .set({ present: Math.min(present, seats) })
          .where('id', '=', id)
          .execute()
    }
    const row = { ...saved, counted_at: toInstantText(now), count_key: key }
    await trx
      .insertInto('registration_count')
      .values({ ...{ cafe_id: cafeId, registered: 0, waited: 0, cancelled: 0 }, ...row })
      .onConflict((oc) => oc.column('cafe_id').doUpdateSet(row))
      .execute()
    return { saved }
  })

/** Lists what was counted at the latest cafés of a structure, the newest first. */
export async function listAttendance(
  db: Database,
  organizationId: string,
  limit: number,
): Promise<Attendance[]> {
  const rows = await db
    .selectFrom('registration_count')
    .innerJoin('cafe', 'cafe.id', 'cafe_id')
    .select(['participants', 'absent', 'unregistered'])
    .where('organization_id', '=', organizationId)
    .where('counted_at', 'is not', null)
    .orderBy('counted_at', 'desc')
    .orderBy('cafe_id')
    .limit(limit)
    .execute()
  return rows.map(toAttendance)
}
