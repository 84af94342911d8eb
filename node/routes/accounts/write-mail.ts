import { findMailTemplate, LINK_PATHS, type MailMessage } from '../../../ui/admin/mail-templates.ts'
import type { Context } from '../../context.ts'
import { LINK_MINUTES, type LinkPurpose } from '../../domain/values/link.ts'
import { findAccountByEmail } from '../../store/accounts/accounts.ts'
import { expireOtherLinks, insertLink } from '../../store/accounts/links.ts'
import { inTransaction } from '../../store/database/database.ts'
import { findOwn } from '../../store/facilitators/own-profiles.ts'
import { type Mail, SIGN_IN_MAIL, TO_DO_MAIL } from '../../store/queues/mails.ts'
import { nameOfSite } from '../http/site.ts'

type Office = Pick<Context, 'db' | 'config' | 'now'>

export type WrittenMail = MailMessage & {
  /** RFC 2369 and RFC 8058: where the text has a link to stop, the mail reader can show a button for it. */
  headers: Record<string, string> | undefined
  /** The tokens of its links; they are kept nowhere else. */
  tokens: string[]
}

/** `mailbox`: the relay carries it to the address. `hands`: the team was shown it, and nothing says who reads it. */
type Way = 'mailbox' | 'hands'

/**
 * The whole text of a mail that leaves now, with links that are made for it: each attempt has links of its own, and
 * those of an attempt that perhaps arrived keep serving. Undefined where there is nobody or nothing to link to any more.
 */
export async function writeMail(
  context: Office,
  mail: Mail,
  way: Way,
): Promise<WrittenMail | undefined> {
  const template = findMailTemplate(mail.template)
  const subject = await subjectOf(context, mail)
  if (!template) return undefined
  const { origin } = context.config
  const siteName = await nameOfSite(context)
  return inTransaction(context.db, async (trx) => {
    const links: Record<string, string> = {}
    const tokens: string[] = []
    for (const [name, purpose] of Object.entries(template.links)) {
      if (subject === undefined || purpose === 'join-directory') return undefined
      const isHanded = way === 'hands' && purpose === 'own-profile'
      const made = {
        ...{ purpose, subject },
        mailedTo: OF_A_MAILBOX.includes(purpose) && !isHanded ? mail.to : undefined,
        expiresAt: endOf(purpose, mail, context.now()),
        // It may be copied from paper.
        isFilledIn: way === 'hands',
      }
      const token = await insertLink(trx, made, context.now())
      if (token === undefined) return undefined
      tokens.push(token)
      links[name] = origin + LINK_PATHS[purpose](token)
    }
    const words = template.write({ siteName, ...mail.params }, links)
    return { ...words, headers: headersOf(links.stop, words.stopAt), tokens }
  })
}

/** A secret link stops by itself; a page asks who one is first. */
function headersOf(stop: string | undefined, stopAt: string | undefined): WrittenMail['headers'] {
  if (stop)
    return {
      'List-Unsubscribe': `<${stop}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }
  return stopAt ? { 'List-Unsubscribe': `<${stopAt}>` } : undefined
}

/**
 * A new link to somebody's profile ends their older ones, once it has left or was handed over. One that was sent to an
 * address which is not theirs yet ends nothing before that mailbox has confirmed it.
 */
export async function expireOlderLinks(
  { db, now }: Office,
  { about, to }: Pick<Mail, 'about' | 'to'>,
  { tokens }: Pick<WrittenMail, 'tokens'>,
): Promise<void> {
  if (about === undefined || tokens.length === 0) return
  const own = await findOwn(db, about)
  if (own?.email !== to) return
  await expireOtherLinks(db, { purpose: 'own-profile', subject: about, tokens }, now())
}

/** The words of a mail that waits, with `gap` in the place of each secret link. */
export async function previewMail(
  context: Office,
  { template: name, params }: Mail,
  gap: string,
): Promise<MailMessage> {
  const template = findMailTemplate(name)
  if (!template) return { subject: '', text: '' }
  const links = Object.fromEntries(Object.keys(template.links).map((link) => [link, gap]))
  return template.write({ siteName: await nameOfSite(context), ...params }, links)
}

/** The subject of its links. Where that is the account of the address, it is looked up only now. */
async function subjectOf({ db }: Office, mail: Mail): Promise<string | undefined> {
  const isToAccount = mail.template === SIGN_IN_MAIL || mail.template === TO_DO_MAIL
  return isToAccount ? (await findAccountByEmail(db, mail.to))?.id : mail.about
}

/** Those that serve until their mail expires; others as long as `LINK_MINUTES` says, or as their subject is there. */
const WITH_THE_MAIL: readonly LinkPurpose[] = ['join-team', 'first-password', 'confirm-cafe']

/** Opening a profile's link proves its mailbox; a question about a café serves as long as its reader is in the team. */
const OF_A_MAILBOX: readonly LinkPurpose[] = ['own-profile', 'confirm-cafe', 'confirm-email']

function endOf(purpose: LinkPurpose, mail: Mail, now: Temporal.Instant) {
  if (WITH_THE_MAIL.includes(purpose)) return mail.expiresAt
  const minutes = (LINK_MINUTES as Partial<Record<LinkPurpose, number>>)[purpose]
  return minutes === undefined ? undefined : now.add({ minutes })
}
