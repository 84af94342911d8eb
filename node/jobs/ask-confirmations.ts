import { confirmationMail } from '../../ui/admin/mails.ts'
import type { Context } from '../context.ts'
import type { Cafe } from '../domain/cafes/cafe.ts'
import { isAskedByMail } from '../domain/cafes/status-change.ts'
import { hasKnownEmail } from '../store/accounts/accounts.ts'
import { listColleagues } from '../store/accounts/team.ts'
import { listUnaskedCafes } from '../store/cafes/confirmation-links.ts'
import { inTransaction } from '../store/database/database.ts'
import { appendMail } from '../store/queues/mails.ts'
import { findOrganization } from '../store/structures/organizations.ts'
import { runForEach } from './run-for-each.ts'

/** Sends « Votre café a-t-il toujours lieu ? » to each person who announces cafés here, once for each date. */
export async function sendConfirmationRequests(context: Context): Promise<void> {
  const now = context.now()
  const due = (await listUnaskedCafes(context.db, now)).filter((cafe) => isAskedByMail(cafe, now))
  await runForEach(due, (cafe) => ask(context, cafe, now)).finally(context.wake)
}

/** Appends a mail to each person of the team, or to none. */
async function ask({ db, config }: Context, cafe: Cafe, now: Temporal.Instant): Promise<void> {
  const { organizationId } = cafe
  const organization = organizationId && (await findOrganization(db, organizationId))
  if (!organization) return
  await inTransaction(db, async (trx) => {
    for (const colleague of await listColleagues(trx, organization.id)) {
      if (!hasKnownEmail(colleague)) continue
      const mail = confirmationMail({ origin: config.origin, cafe, siteName: organization.name })
      const expiresAt = cafe.startsAt
      await appendMail(trx, { to: colleague.email, ...mail, about: cafe.id, expiresAt }, now)
    }
  })
}
