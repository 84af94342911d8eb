import { paths } from './paths.ts'
import { stringsFor } from './strings.ts'

/** The mails that the site sends, in words: plain text, since a link is all that they hold. */
type MailWords = { subject: string; text: string }

export function signInMail(props: { link: string; siteName: string }): MailWords {
  const words = stringsFor('fr').team.mails.signIn
  return { subject: words.subject(props.siteName), text: words.text(props.siteName, props.link) }
}

export function invitationMail(props: {
  origin: string
  code: string
  siteName: string
  /** Who invites. */
  by: string
  /** Until when, in words. */
  until: string
}): MailWords {
  const words = stringsFor('fr').team.mails.invitation
  const link = props.origin + paths.teamInvitation(props.code)
  return { subject: words.subject(props.siteName), text: words.text({ ...props, link }) }
}
