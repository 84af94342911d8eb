import { inTransaction } from '../../../store/database/database.ts'
import { runAfterOthers } from '../../../store/database/locks.ts'
import { createFairQueue } from '../../../turns/fair-queue.ts'
import type { Import } from './import-job.ts'
import { planRows } from './import-plan.ts'
import type { ImportStep } from './import-step.ts'

/** Plans what the rows would do; nothing is written. */
export async function previewImport(job: Import): Promise<ImportStep[]> {
  const steps: ImportStep[] = []
  for await (const { step } of planRows(job)) {
    if (step) steps.push(step)
    job.onRow?.(steps.length)
  }
  return steps
}

/** Each import that is written holds a connection to PostgreSQL for as long as it lasts, and there are ten. */
const places = createFairQueue({ all: 4, each: 1 })

/**
 * Writes what the rows say, each on its own: a row that fails stops no other, and applying the same rows again changes
 * nothing. Imports of one structure are written one after the other: a row is planned before it is written, and two that
 * bring the same café would both make it. Call `context.wake()` after it.
 */
export async function applyImport(
  job: Import,
  touched: Set<string> = new Set(),
): Promise<ImportStep[]> {
  const { id } = job.organization
  const leave = await places.take(id)
  try {
    return await runAfterOthers(job.db, `import ${id}`, () => writeRows(job, touched))
  } finally {
    leave?.()
  }
}

async function writeRows(job: Import, touched: Set<string>): Promise<ImportStep[]> {
  const steps: ImportStep[] = []
  for await (const { step, apply } of planRows(job, touched)) {
    if (apply) await inTransaction(job.db, apply)
    if (step) steps.push(step)
    job.onRow?.(steps.length)
  }
  return steps
}
