import type { Database } from '../database/database.ts'
import { isWithdrawn } from './withdrawals.ts'

/**
 * Whether a profile may have this as the end of its address: no other profile has it, chosen or random, and none that was
 * withdrawn had it. `origin`: this server's own, without a trailing slash.
 */
export async function isAliasFree(
  db: Database,
  { alias, id, origin }: { alias: string | undefined; id: string; origin: string },
): Promise<boolean> {
  if (alias === undefined) return true
  const other = await db
    .selectFrom('facilitator')
    .select('id')
    .where('peer_id', 'is', null)
    .where((eb) =>
      eb.or([eb('handle', '=', alias), eb.and([eb('alias', '=', alias), eb('id', '<>', id)])]),
    )
    .executeTakeFirst()
  return other === undefined && !(await isWithdrawn(db, `${origin}/animation/${alias}`))
}
