import { reportMail } from '../../../ui/admin/mails.ts'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { isAskedForReport, listNumbersAround, reportEndOf } from '../../domain/reports/report.ts'
import { hasKnownEmail } from '../../store/accounts/accounts.ts'
import { listColleagues } from '../../store/accounts/team.ts'
import { type Database, inTransaction } from '../../store/database/database.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { findLikelyNumber } from '../../store/reports/likely-number.ts'
import { listUnaskedReports } from '../../store/reports/missing-reports.ts'
import { findOrganization } from '../../store/structures/organizations.ts'
import { findSuggestionOf } from '../../store/suggestions/suggestions.ts'
import { runForEach } from '../run-for-each.ts'

/**
 * Sends « Combien étiez-vous ? » the morning after, once for each café: to each person who announces cafés here; of one
 * that was suggested, to its author, since its structure has no site here.
 */
export async function askForReports(context: Context): Promise<void> {
  const now = context.now()
  const due = (await listUnaskedReports(context.db, now)).filter((cafe) =>
    isAskedForReport(cafe, now),
  )
  // Those of one structure are asked about in one transaction, so that they leave as one mail.
  const together = [...Map.groupBy(due, ({ organizationId }) => organizationId).values()]
  await runForEach(together, (cafes) =>
    inTransaction(context.db, async (trx) => {
      for (const cafe of cafes) await ask(trx, cafe, now)
    }),
  ).finally(context.wake)
}

/** Appends a mail to each person of the team, or to who suggested the café. */
async function ask(trx: Database, cafe: Cafe, now: Temporal.Instant): Promise<void> {
  const { organizationId } = cafe
  const organization = organizationId && (await findOrganization(trx, organizationId))
  if (!organization) return
  const numbers = listNumbersAround((await findLikelyNumber(trx, cafe.id))?.participants)
  const mail = reportMail({ cafe, siteName: organization.name, numbers })
  const suggestion = cafe.announcedFor ? await findSuggestionOf(trx, cafe.id) : undefined
  if (suggestion) {
    const sent = { to: suggestion.email, about: cafe.id, expiresAt: reportEndOf(cafe) }
    return appendMail(trx, { ...mail, ...sent, template: 'suggestion-report' }, now)
  }
  for (const colleague of await listColleagues(trx, organization.id)) {
    if (!hasKnownEmail(colleague)) continue
    const sent = { to: colleague.email, about: cafe.id, expiresAt: reportEndOf(cafe) }
    await appendMail(trx, { ...mail, ...sent }, now)
  }
}
