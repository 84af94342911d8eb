import type { Report } from '../../domain/reports/report.ts'
import type { Database } from '../database/database.ts'
import { REPORT, REPORT_QUESTION } from '../schema/reports.ts'
import { saveChangedReport } from './changed-report.ts'

/** Finds what was told of a café, shown or not, with its questions in their order. */
export async function findReport(db: Database, cafeId: string): Promise<Report | undefined> {
  const row = await db
    .selectFrom('report')
    .select(REPORT.columns)
    .where('cafe_id', '=', cafeId)
    .executeTakeFirst()
  if (!row) return undefined
  const questions = await db
    .selectFrom('report_question')
    .select(REPORT_QUESTION.columns)
    .where('cafe_id', '=', cafeId)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return { ...REPORT.fromRow(row), questions: questions.map(REPORT_QUESTION.fromRow) }
}

/** Saves a report in place of the one before. */
export async function saveReport(trx: Database, report: Report): Promise<void> {
  const row = REPORT.toRow(report)
  const { cafeId } = report
  await trx
    .insertInto('report')
    .values(row)
    .onConflict((oc) => oc.column('cafe_id').doUpdateSet(row))
    .execute()
  await trx.deleteFrom('report_question').where('cafe_id', '=', cafeId).execute()
  if (report.questions.length > 0)
    await trx
      .insertInto('report_question')
      .values(
        report.questions.map((question, position) => ({
          ...REPORT_QUESTION.toRow(question),
          ...{ cafe_id: cafeId, position },
        })),
      )
      .execute()
  await saveChangedReport(trx, cafeId)
}

/** Deletes a report with its questions; its picture is nobody's then, and is purged. */
export async function deleteReport(trx: Database, cafeId: string): Promise<void> {
  await trx.deleteFrom('report').where('cafe_id', '=', cafeId).execute()
  await saveChangedReport(trx, cafeId)
}
