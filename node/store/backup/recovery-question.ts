import { z } from 'zod'
import type { Database } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'

/**
 * What a site that lost everything asks the directory from which it took its cafés: the servers of its followers, which
 * the directory's team must agree to give.
 */

const NAME = 'recovery'

const StoredSchema = z.object({
  /** Origin of the directory. */
  directory: z.string(),
  since: z.string().transform((text) => Temporal.Instant.from(text)),
  /** `unable`: it has no such answer, or nobody answered in time. */
  state: z.enum(['waiting', 'granted', 'refused', 'unable']),
  /** How many servers hear of this site again. */
  servers: z.int(),
})

export type RecoveryQuestion = z.output<typeof StoredSchema>

/** Undefined where nothing was recovered. */
export async function findRecoveryQuestion(db: Database): Promise<RecoveryQuestion | undefined> {
  const text = await findSetting(db, NAME)
  return text === undefined ? undefined : StoredSchema.parse(JSON.parse(text))
}

export const saveRecoveryQuestion = (db: Database, question: RecoveryQuestion): Promise<void> =>
  saveSetting(db, NAME, JSON.stringify(question))
