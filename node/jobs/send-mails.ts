import { mailFailureOf } from '../../ui/admin/mail-failure.ts'
import { messagesFor } from '../../ui/locales/messages.ts'
import type { Context } from '../context.ts'
import { isRepeatedMail } from '../domain/values/link.ts'
import { toMailHtml } from '../formats/text/mail-html.ts'
import { type Stop, writeStopLink } from '../routes/accounts/stop-link.ts'
import { expireOlderLinks, type WrittenMail, writeMail } from '../routes/accounts/write-mail.ts'
import { nameOfSite } from '../routes/http/site.ts'
import type { Mailer } from '../server/mail.ts'
import { deleteLinksByToken } from '../store/accounts/links.ts'
import { inTransaction } from '../store/database/database.ts'
import { refuseMailedMessage } from '../store/facilitators/contact-messages.ts'
import { isHeld } from '../store/queues/held.ts'
import { eraseMail, PROFILE_REMOVED_MAIL, TO_DO_MAIL, toOneLine } from '../store/queues/mails.ts'
import {
  deleteMail,
  hasRepeatedMailSince,
  holdMail,
  leaseMail,
  leaseRepeatedMails,
  markMailSent,
  saveMailError,
} from '../store/queues/outgoing-mails.ts'
import type { Mail } from '../store/schema/queues.ts'

import { deleteLostAlert } from '../store/territories/alerts.ts'

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

/** What a mail says of one kind: its texts, and the link that stops this kind. */
type Part = { written: Written[]; stop: Stop | undefined }

/** Sends a mail; of those that repeat, all that wait for one person leave as the one of the day. */
async function sendOne(context: SiteContext, mailer: Mailer, first: Mail): Promise<void> {
  const { db, config, now } = context
  const isRepeated = isRepeatedMail(first.template)
  if (isRepeated && (await holdToNextDay(context, first))) return
  const others = isRepeated ? await leaseRepeatedMails(db, first, now()) : []
  const parts: Part[] = []
  for (const mails of Map.groupBy([first, ...others], ({ template }) => template).values()) {
    const part = await writePart(context, mails)
    if (part) parts.push(part)
  }
  const [part] = parts
  const one = part?.written[0]
  if (!part || !one) return
  const subject = subjectOf(parts, await nameOfSite(context)) ?? one.subject
  const text = parts.map(textOfPart).join(BETWEEN_KINDS)
  const posted = await mailer.post({
    to: one.mail.to,
    ...{
      subject,
      text,
      html: one.words.html ?? toMailHtml({ subject, text, origin: config.origin }),
    },
    calendar: one.words.calendar,
    messageId: `<${one.mail.id}@${new URL(config.origin).hostname}>`,
    sender: await nameOfSite(context),
    headers: headersOf(parts) ?? one.words.headers,
    replyTo: one.mail.replyTo,
  })
  for (const { written } of parts)
    for (const each of written) await settleMail(context, each, posted)
}

/** Between several texts of one kind, and between the kinds, each of which ends with the link that stops it. */
const BETWEEN_TEXTS = '\n\n———\n\n'
const BETWEEN_KINDS = '\n\n═════\n\n'

const textOfPart = ({ written, stop }: Part): string =>
  [written.map(({ words }) => words.text.trimEnd()).join(BETWEEN_TEXTS), stop?.foot]
    .filter((part) => part !== undefined)
    .join('\n\n')

/** Returns the subject of a mail with several texts; undefined where that of its only one serves. */
function subjectOf([part, ...others]: readonly Part[], siteName: string): string | undefined {
  const { links, confirmationRequest, report } = messagesFor('fr')
  if (others.length > 0) return links.stopMail.ofTheDay(siteName)
  const { length: total = 0, 0: one } = part?.written ?? []
  const { several } = one?.mail.template === 'report' ? report.mail : confirmationRequest
  return total > 1 ? several(total) : undefined
}

/** A button of the mail reader stops one kind; where there are several, each has its link in the text alone. */
const headersOf = (parts: readonly Part[]): WrittenMail['headers'] =>
  parts.length === 1 ? parts[0]?.stop?.headers : {}

/** Writes what is said of one kind; mails that nobody wants, or whose object is gone, are deleted. */
async function writePart(context: SiteContext, mails: readonly Mail[]): Promise<Part | undefined> {
  const [first] = mails
  const stop = first && (await writeStopLink(context, first))
  // Of what waits for its reader only the last count is said.
  const newest = mails
    .map(({ id }) => id)
    .toSorted()
    .at(-1)
  const written: Written[] = []
  for (const mail of mails) {
    const isPast = mail.template === TO_DO_MAIL && mail.id !== newest
    const words =
      stop === 'unwanted' || isPast ? undefined : await writeMail(context, mail, 'mailbox')
    if (words) written.push({ mail, words, subject: toOneLine(words.subject) })
    else await deleteMail(context.db, { id: mail.id, error: undefined }, context.now())
  }
  const [one] = written
  if (!one || stop === 'unwanted') return undefined
  // Also of several questions there is one link that stops them all.
  if (stop) one.words.tokens.push(stop.token)
  return { written, stop }
}

/** The time of Paris from which what was held leaves; what is due at nine takes it along. */
const NEXT_DAY = Temporal.PlainTime.from('09:05')

/**
 * Holds a mail that repeats until the next day where its reader has had one today, unless it would come too late.
 */
async function holdToNextDay({ db, now }: SiteContext, mail: Mail): Promise<boolean> {
  const local = now().toZonedDateTimeISO('Europe/Paris')
  const since = local.startOfDay().toInstant()
  const until = local.add({ days: 1 }).withPlainTime(NEXT_DAY).toInstant()
  if (Temporal.Instant.compare(mail.expiresAt, until) <= 0) return false
  if (!(await hasRepeatedMailSince(db, { to: mail.to, since }))) return false
  await holdMail(db, mail, until)
  return true
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
    const { id, alertId } = mail
    if (alertId && mailFailureOf(posted.error) === 'address')
      await deleteLostAlert(trx, { id, alertId })
  })
}
