import type { PagePurpose } from '../../../node/domain/values/link.ts'

/** The text of a mail, without markup. */
export type MailMessage = {
  subject: string
  text: string
  /** The whole of an HTML part; without it, the text is shown as HTML. */
  html?: string | undefined
  /** The page where a signed-in person stops such mails (RFC 2369, List-Unsubscribe). */
  stopAt?: string | undefined
}

/**
 * Describes a kind of mail. `links` are the secret links in its text, by name, each with its purpose; they are made when
 * the mail is sent.
 */
export const describeMail = <P extends object, L extends string = never>(
  links: Record<L, PagePurpose>,
  write: (params: P, links: Record<L, string>) => MailMessage,
) => ({ links, write })

/** What every mail says of the site. */
export type Site = { siteName: string }
