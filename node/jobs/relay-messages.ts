import { draftMail } from '../../ui/admin/mail-templates.ts'
import type { Context } from '../context.ts'
import { previewMail } from '../routes/accounts/write-mail.ts'
import { relayMessage } from '../routes/http/contact-form.ts'
import { nameOfSite } from '../routes/http/site.ts'
import type { Database } from '../store/database/database.ts'
import {
  deleteContactMessage,
  listMessagesToOwn,
  listRefusedMessages,
  refuseContactMessage,
  refuseMailedMessage,
} from '../store/facilitators/contact-messages.ts'
import { appendMail, countMailsTo } from '../store/queues/mails.ts'
import { listLapsedMessages } from '../store/queues/outgoing-mails.ts'
import { takeLimited } from '../store/queues/shares.ts'

/**
 * Makes mails of the messages that directories passed on to our people. The sender of one that is too much for the day,
 * or that no mail relay accepted in time, is told that it was not delivered.
 */
export async function relayMessages(context: Context): Promise<void> {
  const { db, config, now } = context
  for (const mail of await listLapsedMessages(db, now())) {
    const { subject } = await previewMail(context, mail, '')
    await db.transaction().execute((trx) => refuseMailedMessage(trx, mail, subject, now()))
  }
  const waiting = await listMessagesToOwn(db)
  const refused = await listRefusedMessages(db)
  if (waiting.length + refused.length === 0) return
  const siteName = await nameOfSite({ db, config })
  for (const { id, facilitatorId, name, email, text } of waiting)
    await db.transaction().execute(async (trx) => {
      const said = { facilitatorId, name, email, message: text, siteName }
      if (await relayMessage(trx, said, now())) await deleteContactMessage(trx, id)
      else await refuseContactMessage(trx, id, now())
    })
  for (const message of await listRefusedMessages(db))
    await db.transaction().execute(async (trx) => {
      await notifySender(trx, { ...message, siteName, host: new URL(config.origin).host }, now())
      await deleteContactMessage(trx, message.id)
    })
}

const NOTICE_HOURS = 48

async function notifySender(
  trx: Database,
  said: { email: string; person: string | undefined; siteName: string; host: string },
  now: Temporal.Instant,
): Promise<void> {
  const { person, siteName } = said
  const mail = draftMail('message-refused', { person, siteName })
  const since = now.subtract({ hours: 24 })
  if ((await countMailsTo(trx, { to: said.email, template: mail.template, since })) > 0) return
  if (!(await takeLimited(trx, 'notice', { host: said.host }, now))) return
  const expiresAt = now.add({ hours: NOTICE_HOURS })
  await appendMail(trx, { ...mail, to: said.email, expiresAt }, now)
}
