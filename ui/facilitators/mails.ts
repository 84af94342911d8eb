import type { NamingCafe } from '../../node/domain/facilitators/naming.ts'
import { clock, longDate, plainDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { draftMail, type MailDraft } from '../admin/mail-templates.ts'
import { sentenceCase } from '../locales/typography.ts'

/** Makes the mail that is sent a month before a consent ends. */
export const consentRenewalMail = (siteName: string, until: Temporal.Instant): MailDraft =>
  draftMail('profile-renewal', {
    siteName,
    until: plainDate(dayInParis(until)),
  })

/** Makes the mail that asks somebody whether these cafés may name them. */
export const namedMail = (props: { siteName: string; cafes: readonly NamingCafe[] }): MailDraft =>
  draftMail('profile-named', {
    siteName: props.siteName,
    list: props.cafes.map(namingText).join('\n\n'),
  })

function namingText({ title, startsAt, timezone, place }: NamingCafe): string {
  const start = startsAt.toZonedDateTimeISO(timezone)
  const when = `${sentenceCase(longDate(start))}, ${clock(start)}`
  return [title, when, place].filter((line) => line !== undefined).join('\n')
}
