import { LINK_PATHS } from '../../../ui/admin/mail-templates.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import {
  isRepeatedMail,
  LINK_MINUTES,
  purposeToStop,
  type RepeatedMail,
} from '../../domain/values/link.ts'
import { findAccountByEmail } from '../../store/accounts/accounts.ts'
import { insertLink } from '../../store/accounts/links.ts'
import { isMailStopped, type MailOfReader } from '../../store/accounts/stopped-mails.ts'
import type { Database } from '../../store/database/database.ts'
import type { Mail } from '../../store/schema/queues.ts'
import { headersToStop, type WrittenMail } from './write-mail.ts'

/** What is added to a mail that its reader can stop: its last lines, its headers, and the token in both. */
export type Stop = { foot: string; headers: WrittenMail['headers']; token: string }

/**
 * Makes the link that stops a mail that is sent now; undefined for a mail that cannot be stopped. A mail is `unwanted`
 * where its reader has stopped its kind meanwhile, or is not here any more. It is looked at as the mail is sent, so that
 * whatever appended it need not know, and what was asked once is not asked again.
 */
export async function writeStopLink(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  mail: Mail,
): Promise<Stop | 'unwanted' | undefined> {
  const { template } = mail
  if (!isRepeatedMail(template)) return undefined
  const reader = await findReader(db, template, mail)
  if (!reader || (await isMailStopped(db, reader))) return 'unwanted'
  const purpose = purposeToStop(template)
  const expiresAt = now().add({ minutes: LINK_MINUTES[purpose] })
  const token = await insertLink(db, { purpose, subject: reader.subject, expiresAt }, now())
  if (token === undefined) return 'unwanted'
  const link = config.origin + LINK_PATHS[purpose](token)
  return { foot: messagesFor('fr').links.stopMail.foot(link), headers: headersToStop(link), token }
}

async function findReader(
  db: Database,
  mail: RepeatedMail,
  { to, facilitatorId }: Pick<Mail, 'to' | 'facilitatorId'>,
): Promise<MailOfReader | undefined> {
  const subject = mail === 'profile-named' ? facilitatorId : (await findAccountByEmail(db, to))?.id
  return subject === undefined ? undefined : { mail, subject }
}
