import { seatsOf } from '../../domain/registrations/totals.ts'
import type { Database } from '../database/database.ts'
import { findAttendance } from '../registrations/attendance.ts'
import { listSeats } from '../registrations/registrations.ts'

/** How many probably came: as they were counted at the door, else the seats that were taken. */
type LikelyNumber = { participants: number; from: 'count' | 'registered' }

/** Finds how many probably came to a café; undefined where nobody counted and nobody registered. */
export async function findLikelyNumber(
  db: Database,
  cafeId: string,
): Promise<LikelyNumber | undefined> {
  const counted = await findAttendance(db, cafeId)
  if (counted) return { participants: counted.participants, from: 'count' }
  const taken = (await listSeats(db, cafeId)).filter(({ state }) => state === 'confirmed')
  return taken.length > 0 ? { participants: seatsOf(taken), from: 'registered' } : undefined
}
