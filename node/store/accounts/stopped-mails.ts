import type { AccountMail, RepeatedMail } from '../../domain/values/link.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { findToDoRhythm, saveToDoRhythm } from './to-do-mails.ts'

/** A kind of mail to one reader: `subject` is an account, or the facilitator of a `profile-named`. */
export type MailOfReader = { mail: RepeatedMail; subject: string }

/** Returns whether this reader has stopped this kind of mail. */
export async function isMailStopped(
  db: Database,
  { mail, subject }: MailOfReader,
): Promise<boolean> {
  if (mail === 'to-do') return (await findToDoRhythm(db, subject)) === 'never'
  if (mail === 'profile-named') return isNamingMailStopped(db, subject)
  return (await listStoppedMails(db, subject)).includes(mail)
}

/** Stops one kind of mail to this reader, who keeps the others. */
export async function stopMail(db: Database, { mail, subject }: MailOfReader): Promise<void> {
  if (mail === 'to-do') return saveToDoRhythm(db, { accountId: subject, rhythm: 'never' })
  if (mail === 'profile-named')
    return saveNamingMailStopped(db, { facilitatorId: subject, isStopped: true })
  await inTransaction(db, async (trx) => {
    const stopped = new Set(await listStoppedMails(trx, subject)).add(mail)
    await saveStoppedMails(trx, { accountId: subject, stopped: [...stopped] })
  })
}

/** Lists the kinds of mail that an account has stopped, besides `to-do`. */
export async function listStoppedMails(db: Database, accountId: string): Promise<AccountMail[]> {
  const row = await db
    .selectFrom('account')
    .select('stopped_mails')
    .where('id', '=', accountId)
    .executeTakeFirst()
  return JSON.parse(row?.stopped_mails ?? '[]')
}

/** Saves which kinds of mail an account has stopped; it receives all others. */
export async function saveStoppedMails(
  db: Database,
  { accountId, stopped }: { accountId: string; stopped: readonly AccountMail[] },
): Promise<void> {
  await db
    .updateTable('account')
    .set({ stopped_mails: JSON.stringify(stopped) })
    .where('id', '=', accountId)
    .execute()
}

/** Returns whether a facilitator does not want to be mailed when cafés name them. */
export async function isNamingMailStopped(db: Database, facilitatorId: string): Promise<boolean> {
  const row = await db
    .selectFrom('facilitator_contact')
    .select('named_mail')
    .where('facilitator_id', '=', facilitatorId)
    .executeTakeFirst()
  return row?.named_mail === 0
}

/** Saves whether a facilitator is mailed when cafés name them. */
export async function saveNamingMailStopped(
  db: Database,
  { facilitatorId, isStopped }: { facilitatorId: string; isStopped: boolean },
): Promise<void> {
  await db
    .updateTable('facilitator_contact')
    .set({ named_mail: isStopped ? 0 : 1 })
    .where('facilitator_id', '=', facilitatorId)
    .execute()
}
