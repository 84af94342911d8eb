import { inTransaction } from '../../../store/database/database.ts'
import type { Import } from './import-job.ts'
import { planRows } from './import-plan.ts'
import type { ImportStep } from './import-step.ts'

/** Plans what the rows would do; nothing is written. */
export async function previewImport(job: Import): Promise<ImportStep[]> {
  const steps: ImportStep[] = []
  for await (const { step } of planRows(job)) {
    steps.push(step)
    job.onRow?.(steps.length)
  }
  return steps
}

/**
 * Writes what the rows say, each on its own: a row that fails stops no other, and applying the same rows again changes
 * nothing. Call `context.wake()` after it.
 */
export async function applyImport(
  job: Import,
  touched: Set<string> = new Set(),
): Promise<ImportStep[]> {
  const steps: ImportStep[] = []
  for await (const { step, apply } of planRows(job, touched)) {
    if (apply) await inTransaction(job.db, apply)
    steps.push(step)
    job.onRow?.(steps.length)
  }
  return steps
}
