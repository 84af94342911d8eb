import { OPERATOR } from '../../domain/cafes/edit.ts'
import { unfollowCalendar } from '../cafes/followed-calendars.ts'
import type { OpenDatabase } from '../database/database.ts'
import { deleteSeries } from '../series/edit-series.ts'
import { saveClosing } from '../structures/closing.ts'
import { saveSuspension } from '../structures/hosted.ts'
import { deleteWebhook } from '../webhooks/webhooks.ts'
import type { IsGone } from './erasure-journal.ts'

/** What of the erasures of a restored database is about whole structures, and what goes on making cafés for them. */

const BY_COMMAND = { by: OPERATOR, seen: undefined }
/** The name in the journal of acts, and the reason that a structure reads, which the journal of erasures does not have. */
const WHO = 'le serveur'
const REASON = 'Suspendue avant la remise d’une sauvegarde.'

/**
 * Ends again what was ended after the backup: structures that closed or were suspended, the calendars that are read no
 * more, series and webhooks.
 */
export async function applyStructureErasures(
  db: OpenDatabase,
  isGone: IsGone,
  now: Temporal.Instant,
): Promise<void> {
  for (const { id } of await db.selectFrom('organization').select('id').execute()) {
    if (isGone('structure-gone', id)) await saveClosing(db, { id, past: 'gone', by: WHO }, now)
    else if (isGone('structure-closed', id))
      await saveClosing(db, { id, past: 'kept', by: WHO }, now)
    else if (isGone('structure-suspended', id))
      await saveSuspension(db, { id, reason: REASON, by: WHO }, now)
  }
  const calendars = await db
    .selectFrom('followed_calendar')
    .select(['id', 'organization_id'])
    .execute()
  for (const { id, organization_id: organizationId } of calendars)
    if (isGone('calendar', id)) await unfollowCalendar(db, { id, organizationId }, now)
  for (const { id } of await db.selectFrom('series').select('id').execute())
    if (isGone('series', id)) await deleteSeries(db, { ...BY_COMMAND, id }, now)
  for (const { id } of await db.selectFrom('webhook').select('id').execute())
    if (isGone('webhook', id)) await deleteWebhook(db, id)
}
