import type { Context } from '../context.ts'
import { isPast } from '../domain/cafes/cafe.ts'
import { CLOCK, decidePublishing } from '../domain/cafes/edit.ts'
import { findLegalGaps } from '../routes/workspaces/legal-minimum.ts'
import { saveEdit } from '../store/accounts/saved-edit.ts'
import { listDueCafes } from '../store/cafes/cafes.ts'
import { OWN_CAFE } from '../store/cafes/own-cafes.ts'
import { runForEach } from './run-for-each.ts'

/**
 * Publishes cafés whose hour of publication has come. While the law's minimum is missing they wait for it, and are not
 * announced once they are over.
 */
export async function publishDueCafes(context: Context): Promise<void> {
  const { db, now, wake } = context
  const due = (await listDueCafes(db, now())).filter((cafe) => !isPast(cafe, now()))
  if (due.length === 0 || (await findLegalGaps(context)).length > 0) return
  const edit = { by: CLOCK, seen: undefined, decide: decidePublishing }
  await runForEach(due, async ({ id }) => {
    await saveEdit(db, OWN_CAFE, { ...edit, id }, now())
  }).finally(wake)
}
