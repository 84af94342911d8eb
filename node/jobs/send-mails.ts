import { signInMail } from '../../ui/mails.ts'
import { paths } from '../../ui/paths.ts'
import type { Context } from '../context.ts'
import type { Mailer } from '../mail.ts'
import { findAccountByEmail } from '../store/accounts.ts'
import { OWN_LINK } from '../store/facilitator-mails.ts'
import { dropMail, leaseMail, type Mail, markMailSent, noteMailError } from '../store/mails.ts'
import { findFirstOrganization } from '../store/organizations.ts'
import { insertFacilitatorLink } from '../store/own-facilitators.ts'
import { insertSignInLink } from '../store/sign-in-links.ts'
import { withAlertLinks } from './alert-links.ts'

type Office = Pick<Context, 'db' | 'config' | 'now'>

/** Every mail that is due, one after the other. */
export async function sendMails(
  context: Office,
  mailer: Mailer,
  signal?: AbortSignal,
): Promise<void> {
  const { db, now } = context
  for (;;) {
    const mail = signal?.aborted ? undefined : await leaseMail(db, now())
    if (!mail) return
    await sendOne(context, mailer, mail)
  }
}

async function sendOne(context: Office, mailer: Mailer, mail: Mail): Promise<void> {
  const { db, config, now } = context
  const organization = await findFirstOrganization(db)
  const { host, hostname } = new URL(config.origin)
  const sender = organization?.name ?? host
  const words = await wordsOf(context, mail, sender)
  if (!words) return dropMail(db, { id: mail.id, error: undefined }, now())
  const posted = await mailer.post({
    to: mail.to,
    subject: words.subject,
    text: words.text,
    messageId: `<${mail.id}@${hostname}>`,
    sender,
    headers: words.headers,
    replyTo: mail.replyTo,
  })
  if (posted.outcome === 'sent') return markMailSent(db, mail.id, now())
  if (posted.final) return dropMail(db, { id: mail.id, error: posted.error }, now())
  await noteMailError(db, mail.id, posted.error)
}

type Words = Pick<Mail, 'subject' | 'text'> & { headers?: Record<string, string> | undefined }

async function wordsOf(context: Office, mail: Mail, sender: string): Promise<Words | undefined> {
  if (mail.kind !== 'message') return writeSignInMail(context, mail, sender)
  if (mail.facilitatorId !== undefined) return withOwnLink(context, mail, mail.facilitatorId)
  return mail.alertId === undefined ? mail : withAlertLinks(context, mail, mail.alertId)
}

/** The link is made as the mail leaves, so that no secret lies in the database. */
async function withOwnLink(
  { db, config, now }: Office,
  { subject, text, to }: Mail,
  facilitatorId: string,
): Promise<Words> {
  if (!text.includes(OWN_LINK)) return { subject, text }
  const token = await insertFacilitatorLink(db, { facilitatorId, mailedTo: to }, now())
  return { subject, text: text.replaceAll(OWN_LINK, config.origin + paths.ownProfile(token)) }
}

/** Undefined where nobody has that address. */
async function writeSignInMail({ db, config, now }: Office, { to }: Mail, siteName: string) {
  const account = await findAccountByEmail(db, to)
  if (!account) return undefined
  const token = await insertSignInLink(db, { accountId: account.id, way: 'mailed' }, now())
  return signInMail({ link: config.origin + paths.signInLink(token), siteName })
}
