import type { Cafe } from '../domain/cafe.ts'
import { toCafe } from './cafes.ts'
import { toInstantText } from './columns.ts'
import type { Database, OpenDatabase } from './database.ts'
import { PRIVATE } from './private-cafes.ts'
import { showCafe } from './received-cafes.ts'

/** Received, to come, and out of sight until the team decides; what it set aside (`team`) is decided. */
const selectHeld = (db: Database, now: Temporal.Instant) =>
  db
    .selectFrom('cafe')
    .where('peer_id', 'is not', null)
    .where('hidden_reason', 'is not', null)
    .where('hidden_reason', 'not in', ['team', 'duplicate', PRIVATE])
    .where('ends_at', '>', toInstantText(now))

/** Soonest first. */
export async function listHeldCafes(
  db: Database,
  { now, limit }: { now: Temporal.Instant; limit: number },
): Promise<Cafe[]> {
  const rows = await selectHeld(db, now)
    .selectAll()
    .orderBy('starts_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toCafe)
}

export async function countHeldCafes(db: Database, now: Temporal.Instant): Promise<number> {
  const { total } = await selectHeld(db, now)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

/** Shows a café to everyone, or sets it aside for good; a directory then announces what it shows. */
export const decideHeldCafe = (
  db: OpenDatabase,
  decision: { id: string; shown: boolean },
  now: Temporal.Instant,
): Promise<void> => db.transaction().execute((trx) => showCafe(trx, decision, now))
