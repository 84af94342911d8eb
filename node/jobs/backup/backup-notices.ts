import { draftMail, type MailDraft } from '../../../ui/admin/mail-templates.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { type BackupState, isBackupLate } from '../../domain/backup/backup-state.ts'
import { nameOfSite } from '../../routes/http/site.ts'
import { findBackupState, saveBackupState } from '../../store/backup/backup-state.ts'
import { inTransaction } from '../../store/database/database.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { listAdministratorEmails } from '../../store/structures/team-addresses.ts'

/** One mail a week is sent as long as there is no good backup. */
const LATE_EVERY_HOURS = 7 * 24
/** One mail a day is sent while the other storage accepts no copy. */
const COPY_EVERY_HOURS = 24

/** Mails to each administrator that there has been no good backup for two days, and that another place accepts none. */
export async function sendBackupNotices(context: Context): Promise<void> {
  if (!context.config.backups.areDaily) return
  await sendLateNotice(context)
  await sendCopyNotice(context)
}

async function sendLateNotice(context: Context): Promise<void> {
  const { db, config, now } = context
  const state = await findBackupState(db)
  if (!state || !isBackupLate(state, now())) return
  if (!isDue(state.toldAt, LATE_EVERY_HOURS, now())) return
  const mail = draftMail('backup-late', {
    siteName: await nameOfSite(context),
    last: state.last ? dayOf(state.last.at) : '',
    problem: state.problem ?? '',
    link: config.origin + paths.backups,
  })
  await sendNotice(context, mail, {
    hours: LATE_EVERY_HOURS,
    note: (state) => ({ ...state, toldAt: now() }),
  })
}

async function sendCopyNotice(context: Context): Promise<void> {
  const { db, config, now } = context
  const state = await findBackupState(db)
  if (!state?.copyFailingSince || !isDue(state.copyToldAt, COPY_EVERY_HOURS, now())) return
  const mail = draftMail('backup-copy', {
    siteName: await nameOfSite(context),
    since: dayOf(state.copyFailingSince),
    settings: state.copySettings ?? [],
    problem: state.problem ?? '',
    link: config.origin + paths.backups,
  })
  await sendNotice(context, mail, {
    hours: COPY_EVERY_HOURS,
    note: (state) => ({ ...state, copyToldAt: now() }),
  })
}

/** Returns whether a mail is due. A clock that was wrong neither keeps a mail back for ever nor sends one each hour. */
const isDue = (toldAt: Temporal.Instant | undefined, hours: number, now: Temporal.Instant) =>
  toldAt === undefined || Math.abs(toldAt.until(now).total('hours')) >= hours

const dayOf = (at: Temporal.Instant): string =>
  at.toZonedDateTimeISO('Europe/Paris').toPlainDate().toString()

async function sendNotice(
  { db, now, wake }: Context,
  mail: MailDraft,
  { hours, note }: { hours: number; note: (state: BackupState) => BackupState },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const expiresAt = now().add({ hours })
    for (const to of await listAdministratorEmails(trx))
      await appendMail(trx, { ...mail, to, expiresAt }, now())
    const state = await findBackupState(trx)
    if (state) await saveBackupState(trx, note(state))
  })
  wake()
}
