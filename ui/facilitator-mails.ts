import { plainDate } from '../node/domain/date-words.ts'
import type { MailWords } from './mails.ts'
import { stringsFor } from './strings.ts'

const words = () => stringsFor('fr').facilitator.mails

type Kind = 'invitation' | 'link' | 'approved' | 'expired'

/** To a person about their own profile, around a link that opens it. */
export const ownProfileMail =
  (kind: Kind, siteName: string) =>
  (link: string): MailWords => {
    const subject = words()[`${kind}Subject`]
    return {
      subject: typeof subject === 'string' ? subject : subject(siteName),
      text: words()[kind](siteName, link),
    }
  }

/** A month before a year is over. */
export const consentRenewalMail =
  (siteName: string, until: Temporal.Instant) =>
  (link: string): MailWords => ({
    subject: words().renewSubject,
    text: words().renew(
      siteName,
      plainDate(until.toZonedDateTimeISO('Europe/Paris').toPlainDate()),
      link,
    ),
  })

/** What a visitor wrote to somebody whose address they do not see. */
export const messageMail = (props: {
  name: string
  email: string
  message: string
  siteName: string
}): MailWords => ({
  subject: words().relaySubject(props.name, props.siteName),
  text: words().relay(props.message, props.name, props.email, props.siteName),
})
