import type { MailMessage } from '../../../ui/admin/mail/template.ts'
import { findMailTemplate, LINK_PATHS } from '../../../ui/admin/mail-templates.ts'
import type { Context } from '../../context.ts'
import { LINK_MINUTES, type LinkPurpose } from '../../domain/values/link.ts'
import { findAccountByEmail } from '../../store/accounts/accounts.ts'
import { expireOtherLinks, insertLink } from '../../store/accounts/links.ts'
import { inTransaction } from '../../store/database/database.ts'
import { findOwn } from '../../store/facilitators/own-profiles.ts'
import { SIGN_IN_MAIL } from '../../store/queues/mails.ts'
import { findEndOfMandateLinks } from '../../store/referents/accounts.ts'
import { findReferent } from '../../store/referents/referents.ts'
import type { Mail } from '../../store/schema/queues.ts'
import { findNewsletterText, NEWSLETTER_MAIL } from '../../store/territories/newsletter-readers.ts'
import { nameOfSite } from '../http/site.ts'
import { CANCELLED_MAIL, findRegistrationParams } from './registration-mail.ts'

type SiteContext = Pick<Context, 'db' | 'config' | 'now'>

export type WrittenMail = MailMessage & {
  /**
   * The headers of RFC 2369 and RFC 8058: where the text has a link to unsubscribe, the mail reader can show a button
   * for it.
   */
  headers: Record<string, string> | undefined
  /** The tokens of its links, which are stored nowhere else. */
  tokens: string[]
  /** An iCalendar stream for the reader's calendar. */
  calendar?: string | undefined
}

/**
 * How a mail reaches its reader. `mailbox`: the relay delivers it to the address. `hands`: it was shown to the team,
 * and nothing says who reads it.
 */
type Way = 'mailbox' | 'hands'

/**
 * Writes the whole text of a mail that is sent now, with links that are made for it. Each attempt has its own links,
 * and those of an attempt that perhaps arrived stay valid. Undefined where the person or the object of the links no
 * longer exists.
 */
export async function writeMail(
  context: SiteContext,
  mail: Mail,
  way: Way,
): Promise<WrittenMail | undefined> {
  const template = findMailTemplate(mail.template)
  const subject = await subjectOf(context, mail)
  const said = await findOwnParams(context, mail)
  if (!template || !said) return undefined
  const { origin } = context.config
  const siteName = await nameOfSite(context)
  return inTransaction(context.db, async (trx) => {
    const links: Record<string, string> = {}
    const tokens: string[] = []
    for (const [name, purpose] of Object.entries(template.links)) {
      if (subject === undefined) return undefined
      const isHanded = way === 'hands' && IN_HANDS.includes(purpose)
      const made = {
        ...{ purpose, subject },
        mailedTo: OF_A_MAILBOX.includes(purpose) && !isHanded ? mail.to : undefined,
        expiresAt:
          purpose === 'mandate' || purpose === 'not-my-mandate'
            ? await findEndOfMandateLinks(trx, subject)
            : endOf(purpose, mail, context.now()),
        // The token may be copied from paper.
        isFilledIn: way === 'hands',
      }
      const token = await insertLink(trx, made, context.now())
      if (token === undefined) return undefined
      tokens.push(token)
      links[name] = origin + LINK_PATHS[purpose](token)
    }
    const calendar = way === 'mailbox' ? said.calendar : undefined
    const hasFile = calendar !== undefined
    const words = template.write({ siteName, ...mail.params, ...said.params, hasFile }, links)
    const { stop } = links
    const page = words.stopAt && { 'List-Unsubscribe': `<${words.stopAt}>` }
    return { ...words, calendar, headers: stop ? headersToStop(stop) : page || undefined, tokens }
  })
}

/** Returns what a mail says besides its parameters; undefined where it has nothing to say any more. */
const findOwnParams = async (
  context: SiteContext,
  mail: Mail,
): Promise<Awaited<ReturnType<typeof findRegistrationParams>>> =>
  mail.template === NEWSLETTER_MAIL
    ? findNewsletterParams(context, mail)
    : mail.template === CANCELLED_MAIL ||
        Object.values(findMailTemplate(mail.template)?.links ?? {}).includes('registration')
      ? findRegistrationParams(context, mail)
      : { params: {} }

/** Returns the words of a letter; undefined once it is too old to be sent. */
async function findNewsletterParams({ db }: SiteContext, { params }: Mail) {
  const text = await findNewsletterText(db, String(params.text))
  return text && { params: text }
}

/** Returns the headers with which a mail reader unsubscribes by a secret link. A page (`stopAt`) first asks who one is. */
export const headersToStop = (link: string): WrittenMail['headers'] => ({
  'List-Unsubscribe': `<${link}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

/**
 * Ends the older links to a person's profile or mandate, once a new one was sent or handed over. A link that was sent to an
 * address which is not theirs yet ends none before that mailbox has confirmed it.
 */
export async function expireOlderLinks(
  { db, now }: SiteContext,
  { about, to, template }: Pick<Mail, 'about' | 'to' | 'template'>,
  { tokens }: Pick<WrittenMail, 'tokens'>,
): Promise<void> {
  if (about === undefined || tokens.length === 0) return
  const links = Object.values(findMailTemplate(template)?.links ?? {})
  const own = await findOwn(db, about)
  if (own?.email === to)
    await expireOtherLinks(db, { purpose: 'own-profile', subject: about, tokens }, now())
  if (
    own === undefined &&
    (await findReferent(db, about))?.email === to &&
    links.includes('mandate')
  )
    await expireOtherLinks(db, { purpose: 'mandate', subject: about, tokens }, now())
}

/** Returns the text of a mail that waits, with `gap` in place of each secret link. */
export async function previewMail(
  context: SiteContext,
  mail: Mail,
  gap: string,
): Promise<MailMessage> {
  const template = findMailTemplate(mail.template)
  const said = await findOwnParams(context, mail)
  if (!template || !said) return { subject: '', text: '' }
  const links = Object.fromEntries(Object.keys(template.links).map((link) => [link, gap]))
  return template.write(
    { siteName: await nameOfSite(context), hasFile: false, ...mail.params, ...said.params },
    links,
  )
}

/** Finds the subject of its links. Where that is the account of the address, it is looked up only now. */
async function subjectOf({ db }: SiteContext, mail: Mail): Promise<string | undefined> {
  return mail.template === SIGN_IN_MAIL ? (await findAccountByEmail(db, mail.to))?.id : mail.about
}

/**
 * The links that are valid until their mail expires; others are valid as long as `LINK_MINUTES` says, or as their
 * subject exists.
 */
const WITH_THE_MAIL: readonly LinkPurpose[] = [
  'join-team',
  'first-password',
  'confirm-cafe',
  'report',
]

/**
 * The links that prove a mailbox. Opening the link of a profile, a mandate or an invitation proves its mailbox; a
 * question about a café is valid as long as its reader is in the team.
 */
const OF_A_MAILBOX: readonly LinkPurpose[] = [
  'own-profile',
  'mandate',
  'not-my-mandate',
  'join-team',
  'confirm-cafe',
  'report',
  'confirm-email',
]

/** The links that prove nothing once the team has handed them over. */
const IN_HANDS: readonly LinkPurpose[] = ['own-profile', 'mandate', 'join-team']

function endOf(purpose: LinkPurpose, mail: Mail, now: Temporal.Instant) {
  if (WITH_THE_MAIL.includes(purpose)) return mail.expiresAt
  const minutes = (LINK_MINUTES as Partial<Record<LinkPurpose, number>>)[purpose]
  return minutes === undefined ? undefined : now.add({ minutes })
}
