import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { longDate } from '../../domain/values/date-text.ts'
import { dayInParis } from '../../domain/values/days.ts'
import type { Lang } from '../../domain/values/lang.ts'
import type { Account } from '../../store/accounts/accounts.ts'
import type { TeamInvitation } from '../../store/accounts/team-invitations.ts'
import type { NewMail } from '../../store/queues/mails.ts'

/** Returns the day of an instant by the calendar in France, where it is read. */
export const dayOf = (instant: Temporal.Instant, lang: Lang): string =>
  longDate(dayInParis(instant), lang)

type Asked = {
  to: string
  siteName: string
  /** The colleague who made the invitation. */
  by: Pick<Account, 'name' | 'email'>
  invitation: Pick<TeamInvitation, 'id' | 'expiresAt'>
}

/** Returns the mail with a link to an invitation; its address is proven once that link is opened. */
export const mailOfInvitation = ({
  to,
  siteName,
  by,
  invitation,
}: Asked): NewMail & { about: string } => ({
  ...draftMail('team-invitation', {
    siteName,
    by: by.name || by.email,
    until: dayOf(invitation.expiresAt, 'fr'),
  }),
  to,
  about: invitation.id,
  expiresAt: invitation.expiresAt,
})
