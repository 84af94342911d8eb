import { confirmationMail } from '../../ui/admin/mails.ts'
import type { Context } from '../context.ts'
import type { Cafe } from '../domain/cafes/cafe.ts'
import { isAskedByMail } from '../domain/cafes/status-change.ts'
import { hasKnownEmail } from '../store/accounts/accounts.ts'
import { listColleagues } from '../store/accounts/team.ts'
import { listUnaskedCafes } from '../store/cafes/confirmation-links.ts'
import { type Database, inTransaction } from '../store/database/database.ts'
import { appendMail } from '../store/queues/mails.ts'
import { findOrganization } from '../store/structures/organizations.ts'
import { runForEach } from './run-for-each.ts'

/** Sends « Votre café a-t-il toujours lieu ? » to each person who announces cafés here, once for each date. */
export async function sendConfirmationRequests(context: Context): Promise<void> {
  const now = context.now()
  const due = (await listUnaskedCafes(context.db, now)).filter((cafe) => isAskedByMail(cafe, now))
  // Those of one structure are asked about in one transaction, so that they leave as one mail.
  const together = [...Map.groupBy(due, ({ organizationId }) => organizationId).values()]
  await runForEach(together, (cafes) =>
    inTransaction(context.db, async (trx) => {
      for (const cafe of cafes) await ask(trx, context, cafe, now)
    }),
  ).finally(context.wake)
}

/** Appends a mail to each person of the team. */
async function ask(
  trx: Database,
  { config }: Context,
  cafe: Cafe,
  now: Temporal.Instant,
): Promise<void> {
  const { organizationId } = cafe
  const organization = organizationId && (await findOrganization(trx, organizationId))
  if (!organization) return
  for (const colleague of await listColleagues(trx, organization.id)) {
    if (!hasKnownEmail(colleague)) continue
    const mail = confirmationMail({ origin: config.origin, cafe, siteName: organization.name })
    const expiresAt = cafe.startsAt
    await appendMail(trx, { to: colleague.email, ...mail, about: cafe.id, expiresAt }, now)
  }
}
