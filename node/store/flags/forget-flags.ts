import { FLAG_DAYS } from '../../domain/flags/flag.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'

/** Deletes the words and the address of one who flagged, and of their appeal, at their own wish; both still count. */
export async function deleteFlagWords(db: Database, id: string): Promise<void> {
  await db.updateTable('flag').set({ words: '', email: null }).where('id', '=', id).execute()
  await db.updateTable('appeal').set({ words: '' }).where('flag_id', '=', id).execute()
}

/**
 * Deletes the words and addresses of those who flagged, and of their appeals, once the decision can no longer be
 * appealed, or after a year; and the cases once the journal no longer has their decision.
 */
export async function deleteOldFlags(db: Database, now: Temporal.Instant): Promise<void> {
  const before = (days: number) => toInstantText(now.subtract({ hours: days * 24 }))
  await db
    .updateTable('flag')
    .set({ words: '', email: null })
    .where((eb) => eb.or([eb('words', '<>', ''), eb('email', 'is not', null)]))
    .where((eb) =>
      eb.or([
        eb('at', '<=', before(RETENTION_DAYS.flag)),
        eb('case_id', 'in', (inner) =>
          inner
            .selectFrom('flag_case')
            .select('id')
            .where('decided_at', '<=', before(FLAG_DAYS.mayAppeal)),
        ),
      ]),
    )
    .execute()
  await db
    .updateTable('appeal')
    .set({ words: '' })
    .where('words', '<>', '')
    .where((eb) =>
      eb.or([
        eb('at', '<=', before(RETENTION_DAYS.flag)),
        eb('decided_at', '<=', before(FLAG_DAYS.mayAppeal)),
      ]),
    )
    .execute()
  await db
    .deleteFrom('flag_case')
    .where('opened_at', '<=', before(RETENTION_DAYS.journal))
    .execute()
}
