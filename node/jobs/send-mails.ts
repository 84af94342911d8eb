import { messagesFor } from '../../ui/locales/messages.ts'
import type { Context } from '../context.ts'
import { writeStopLink } from '../routes/accounts/stop-link.ts'
import { expireOlderLinks, type WrittenMail, writeMail } from '../routes/accounts/write-mail.ts'
import { nameOfSite } from '../routes/http/site.ts'
import type { Mailer } from '../server/mail.ts'
import { deleteLinksByToken } from '../store/accounts/links.ts'
import { CONFIRMATION_MAIL } from '../store/cafes/confirmation-links.ts'
import { inTransaction } from '../store/database/database.ts'
import { refuseMailedMessage } from '../store/facilitators/contact-messages.ts'
import { isHeld } from '../store/queues/held.ts'
import { eraseMail, PROFILE_REMOVED_MAIL, toOneLine } from '../store/queues/mails.ts'
import {
  deleteMail,
  leaseMail,
  leaseMailsAlike,
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

/** A mail with its text and its links, which are made for this attempt. */
type Written = { mail: Mail; words: WrittenMail; subject: string }

/**
 * Sends a mail; questions about several cafés to one person leave as one, of which each café has its own links.
 */
async function sendOne(context: SiteContext, mailer: Mailer, first: Mail): Promise<void> {
  const { db, config, now } = context
  const isQuestion = first.template === CONFIRMATION_MAIL
  const alike = isQuestion ? await leaseMailsAlike(db, first, now()) : []
  const stop = await writeStopLink(context, first)
  const all: Written[] = []
  for (const mail of [first, ...alike]) {
    const words = stop === 'unwanted' ? undefined : await writeMail(context, mail, 'mailbox')
    if (words) all.push({ mail, words, subject: toOneLine(words.subject) })
    else await deleteMail(db, { id: mail.id, error: undefined }, now())
  }
  const [one] = all
  if (!one || stop === 'unwanted') return
  // Also of several questions there is one link that stops them all.
  if (stop) one.words.tokens.push(stop.token)
  const posted = await mailer.post({
    to: one.mail.to,
    subject:
      all.length === 1 ? one.subject : messagesFor('fr').confirmationRequest.several(all.length),
    text: [all.map(({ words }) => words.text.trimEnd()).join('\n\n———\n\n'), stop?.foot]
      .filter((part) => part !== undefined)
      .join('\n\n'),
    messageId: `<${one.mail.id}@${new URL(config.origin).hostname}>`,
    sender: await nameOfSite(context),
    headers: stop?.headers ?? one.words.headers,
    replyTo: one.mail.replyTo,
  })
  for (const each of all) await settleMail(context, each, posted)
}

async function settleMail(
  context: SiteContext,
  { mail, words, subject }: Written,
  posted: Awaited<ReturnType<Mailer['post']>>,
): Promise<void> {
  const { db, now } = context
  if (posted.outcome === 'sent') {
    if (mail.template === PROFILE_REMOVED_MAIL) return eraseMail(db, mail.id)
    await expireOlderLinks(context, mail, words)
    return markMailSent(db, { id: mail.id, subject }, now())
  }
  if (!posted.final) return saveMailError(db, mail.id, posted.error)
  if (mail.template === PROFILE_REMOVED_MAIL) return eraseMail(db, mail.id)
  await deleteLinksByToken(db, words.tokens)
  await inTransaction(db, async (trx) => {
    await deleteMail(trx, { id: mail.id, error: posted.error }, now())
    if (mail.replyTo) await refuseMailedMessage(trx, mail, subject, now())
  })
}
