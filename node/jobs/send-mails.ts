import type { Context } from '../context.ts'
import { expireOlderLinks, writeMail } from '../routes/accounts/write-mail.ts'
import { nameOfSite } from '../routes/http/site.ts'
import type { Mailer } from '../server/mail.ts'
import { deleteLinksByToken } from '../store/accounts/links.ts'
import { inTransaction } from '../store/database/database.ts'
import { refuseMailedMessage } from '../store/facilitators/contact-messages.ts'
import { isHeld } from '../store/queues/held.ts'
import { eraseMail, PROFILE_REMOVED_MAIL, toOneLine } from '../store/queues/mails.ts'
import {
  deleteMail,
  leaseMail,
  markMailSent,
  saveMailError,
} from '../store/queues/outgoing-mails.ts'
import type { Mail } from '../store/schema/queues.ts'

type SiteContext = Pick<Context, 'db' | 'config' | 'now'>

/** Sends every mail that is due, one after the other. */
export async function sendMails(
  context: SiteContext,
  mailer: Mailer,
  signal?: AbortSignal,
): Promise<void> {
  const { db, now } = context
  if (await isHeld(db)) return
  for (;;) {
    const mail = signal?.aborted ? undefined : await leaseMail(db, now())
    if (!mail) return
    await sendOne(context, mailer, mail)
  }
}

async function sendOne(context: SiteContext, mailer: Mailer, mail: Mail): Promise<void> {
  const { db, config, now } = context
  const written = await writeMail(context, mail, 'mailbox')
  if (!written) return deleteMail(db, { id: mail.id, error: undefined }, now())
  const subject = toOneLine(written.subject)
  const posted = await mailer.post({
    to: mail.to,
    subject,
    text: written.text,
    messageId: `<${mail.id}@${new URL(config.origin).hostname}>`,
    sender: await nameOfSite(context),
    headers: written.headers,
    replyTo: mail.replyTo,
  })
  if (posted.outcome === 'sent') {
    if (mail.template === PROFILE_REMOVED_MAIL) return eraseMail(db, mail.id)
    await expireOlderLinks(context, mail, written)
    return markMailSent(db, { id: mail.id, subject }, now())
  }
  if (!posted.final) return saveMailError(db, mail.id, posted.error)
  if (mail.template === PROFILE_REMOVED_MAIL) return eraseMail(db, mail.id)
  await deleteLinksByToken(db, written.tokens)
  await inTransaction(db, async (trx) => {
    await deleteMail(trx, { id: mail.id, error: posted.error }, now())
    if (mail.replyTo) await refuseMailedMessage(trx, mail, subject, now())
  })
}
