import { sql } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { REPORT_DAYS } from '../../domain/reports/report.ts'
import { toCafe } from '../cafes/cafes.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isOfThisDate } from './reported-cafes.ts'

/** The mails that ask how many came, a team and the author of a suggestion. They are about a café. */
const REPORT_MAILS = ['report', 'suggestion-report']

/** A site that was off asks until so many days after a café; its team then reads it on its first page. */
const ASKED_WITHIN_DAYS = 4

/** The condition that a café has a report of its date that counts, or one that waits for an answer. */
const hasReport = (isCounted: 0 | 1) => sql<boolean>`exists (
  select 1 from report where report.cafe_id = cafe.id and report.is_counted = ${sql.lit(isCounted)}
    and ${isOfThisDate})`

/** The condition that what was told of a café was deleted: its team does not want to tell. */
const isTakenBack = sql<boolean>`exists (
  select 1 from act where act.subject = 'report ' || cafe.id and act.act = 'deleted')`

/**
 * Selects the cafés of our structures that took place, for which a number is missing and was not deleted, or one waits for
 * an answer.
 */
const selectMissing = (db: Database, { now, days }: { now: Temporal.Instant; days: number }) =>
  db
    .selectFrom('cafe')
    // It goes by the index of our own cafés, since otherwise each café of others would be read.
    .where('cafe.organization_id', 'in', db.selectFrom('organization').select('id'))
    .where('cafe.publication', '=', 'published')
    .where('cafe.status', 'not in', ['cancelled', 'postponed'])
    .where('cafe.starts_at', '>', toInstantText(now.subtract({ hours: (days + 7) * 24 })))
    .where('cafe.ends_at', '>', toInstantText(now.subtract({ hours: days * 24 })))
    .where('cafe.ends_at', '<=', toInstantText(now))
    .where(sql<boolean>`(not ${hasReport(1)} and (${hasReport(0)} or not ${isTakenBack}))`)

/** Finds of a structure how many reports are missing, and the café of the oldest. */
export async function findMissingReports(
  db: Database,
  { organizationId, now }: { organizationId: string; now: Temporal.Instant },
): Promise<{ total: number; first: Pick<Cafe, 'id' | 'title'> | undefined }> {
  const first = await selectMissing(db, { now, days: REPORT_DAYS })
    .select(['cafe.id', 'cafe.title', sql<number>`count(*) over ()`.as('total')])
    .where('cafe.organization_id', '=', organizationId)
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .limit(1)
    .executeTakeFirst()
  return { total: Number(first?.total ?? 0), first }
}

/** Lists the cafés of the last days for which no number is known, and of which no mail has asked. */
export async function listUnaskedReports(db: Database, now: Temporal.Instant): Promise<Cafe[]> {
  const rows = await selectMissing(db, { now, days: ASKED_WITHIN_DAYS })
    .selectAll('cafe')
    .where(sql<boolean>`not ${hasReport(0)}`)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('mail')
            .select('mail.id')
            .whereRef('mail.about', '=', 'cafe.id')
            .whereRef('mail.created_at', '>', 'cafe.ends_at')
            .where('mail.template', 'in', REPORT_MAILS),
        ),
      ),
    )
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .execute()
  return rows.map(toCafe)
}
