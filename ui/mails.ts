import { type Cafe, startsAtPlace } from '../node/domain/cafe.ts'
import { clock, longDate } from '../node/domain/date-words.ts'
import { paths } from './paths.ts'
import { stringsFor } from './strings.ts'

/** The mails that the site sends, in words: plain text, since a link is all that they hold. */
export type MailWords = { subject: string; text: string }

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

/** « A-t-il toujours lieu ? »: one link says yes, the two others lead to the desk. */
export function confirmationMail(props: {
  origin: string
  token: string
  cafe: Cafe
  siteName: string
}): MailWords {
  const { origin, token, cafe, siteName } = props
  const words = stringsFor('fr').asking.mail
  const start = startsAtPlace(cafe)
  const place = cafe.venue && `${cafe.venue.name}, ${cafe.venue.commune}`
  const lines = [`« ${cafe.title} »`, `${longDate(start)}, ${clock(start)}`, place]
  return {
    subject: words.subject(cafe.title),
    text: words.text({
      siteName,
      cafe: lines.filter((line) => line !== undefined).join('\n'),
      yes: origin + paths.confirmationLink(token),
      edit: origin + paths.editCafe(cafe.id),
      cancel: `${origin}${paths.cafeSituation(cafe.id)}?choix=cancelled`,
    }),
  }
}

/** To the address that an account had before. */
export function emailChangedMail(props: {
  siteName: string
  next: string
  contact: string
}): MailWords {
  const words = stringsFor('fr').safety.email.mail
  return { subject: words.subject(props.siteName), text: words.text(props) }
}
