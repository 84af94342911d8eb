import type { OpenDatabase } from '../database/database.ts'
import { toFacilitator } from './facilitators.ts'
import { saveFacilitatorEntries } from './search-entries.ts'

const BATCH = 500

/** Makes the entries that are missing: of profiles that are older than this table, or that were lost. */
export async function ensureFacilitatorEntries(db: OpenDatabase): Promise<void> {
  for (;;) {
    const rows = await db
      .selectFrom('facilitator')
      .selectAll()
      .where('state', '=', 'published')
      .where('level', 'in', ['public', 'network'])
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('facilitator_entry')
              .select('facilitator_entry.facilitator_id')
              .whereRef('facilitator_entry.facilitator_id', '=', 'facilitator.id'),
          ),
        ),
      )
      .limit(BATCH)
      .execute()
    await db.transaction().execute(async (trx) => {
      for (const row of rows) await saveFacilitatorEntries(trx, toFacilitator(row))
    })
    if (rows.length < BATCH) return
  }
}
