import type { Database } from '../database/database.ts'
import { saveAskedQuestions } from './asked-questions.ts'

/**
 * Keeps up to date what is made of reports: counters and groups of questions. Every write of `report` and
 * `report_question`, hiding included, calls it in its transaction, after the rows; a café that is hidden, withdrawn or
 * deleted is written by `saveCafes`.
 */
export async function saveChangedReport(trx: Database, cafeId: string): Promise<void> {
  await saveAskedQuestions(trx, cafeId)
}
