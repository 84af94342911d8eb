import { plainDate } from '../../node/domain/values/date-text.ts'
import { draftMail, type MailDraft } from '../admin/mail-templates.ts'

/** A month before a year is over. */
export const consentRenewalMail = (siteName: string, until: Temporal.Instant): MailDraft =>
  draftMail('profile-renewal', {
    siteName,
    until: plainDate(until.toZonedDateTimeISO('Europe/Paris').toPlainDate()),
  })
