import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { isBackupLate } from '../../domain/values/backup-state.ts'
import { nameOfSite } from '../../routes/http/site.ts'
import { hasKnownEmail } from '../../store/accounts/accounts.ts'
import { listColleagues } from '../../store/accounts/team.ts'
import { findBackupState, saveBackupState } from '../../store/backup/backup-state.ts'
import { inTransaction } from '../../store/database/database.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { findFirstOrganization } from '../../store/structures/organizations.ts'

/** Once a week as long as it lasts. */
const EVERY_HOURS = 7 * 24

/** A mail to each administrator when there has been no good backup for two days. */
export async function sendLateBackupNotice(context: Context): Promise<void> {
  const { db, config, now, wake } = context
  if (!config.backups.areDaily) return
  const state = await findBackupState(db)
  if (!state || !isBackupLate(state, now())) return
  if (state.toldAt && Math.abs(state.toldAt.until(now()).total('hours')) < EVERY_HOURS) return
  const mail = draftMail('backup-late', {
    siteName: await nameOfSite(context),
    last: state.last?.at.toZonedDateTimeISO('Europe/Paris').toPlainDate().toString() ?? '',
    problem: state.problem ?? '',
    link: config.origin + paths.admin,
  })
  const organization = await findFirstOrganization(db)
  await inTransaction(db, async (trx) => {
    for (const colleague of organization ? await listColleagues(trx, organization.id) : []) {
      if (colleague.role !== 'administrator' || !hasKnownEmail(colleague)) continue
      const expiresAt = now().add({ hours: EVERY_HOURS })
      await appendMail(trx, { ...mail, to: colleague.email, expiresAt }, now())
    }
    await saveBackupState(trx, { ...state, toldAt: now() })
  })
  wake()
}
