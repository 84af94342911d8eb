import { plainDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { draftMail, type MailDraft } from '../admin/mail-templates.ts'

/** Makes the mail that is sent a month before a consent ends. */
export const consentRenewalMail = (siteName: string, until: Temporal.Instant): MailDraft =>
  draftMail('profile-renewal', {
    siteName,
    until: plainDate(dayInParis(until)),
  })
