import { z } from 'zod'
import type { Database } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'

/**
 * The question of a site that lost everything to the directory from which it took its cafés: the servers of its
 * followers, which the directory's team must agree to give.
 */

const NAME = 'recovery'

const StoredSchema = z.object({
  /** The origin of the directory. */
  directory: z.string(),
  since: z.string().transform((text) => Temporal.Instant.from(text)),
  /** `unable` means that it cannot answer such a question, or did not answer in time. */
  state: z.enum(['waiting', 'granted', 'refused', 'unable']),
  /** How many servers hear this site again. */
  servers: z.int(),
})

export type RecoveryQuestion = z.output<typeof StoredSchema>

/** Finds the question; undefined where nothing was recovered. */
export async function findRecoveryQuestion(db: Database): Promise<RecoveryQuestion | undefined> {
  const text = await findSetting(db, NAME)
  return text === undefined ? undefined : StoredSchema.parse(JSON.parse(text))
}

/** Replaces the question; there is one for a site at most. */
export const saveRecoveryQuestion = (db: Database, question: RecoveryQuestion): Promise<void> =>
  saveSetting(db, NAME, JSON.stringify(question))
