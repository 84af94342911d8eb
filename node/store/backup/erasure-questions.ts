import { z } from 'zod'
import type { Database } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'

/**
 * The questions of a restored site to the directories that it had joined: which of its cafés and profiles were deleted
 * after the backup. Where no journal of erasures was found, nothing is shown before each has answered or a person says
 * not to wait.
 */

const NAME = 'erasure-questions'

const StoredSchema = z.object({
  since: z.string().transform((text) => Temporal.Instant.from(text)),
  isClosed: z.boolean(),
  directories: z.array(
    z.object({
      uri: z.string(),
      /** `unable` means that it cannot answer such a question, or is no longer a directory of ours. */
      state: z.enum(['waiting', 'answered', 'unable']),
      /** Why the last attempt failed. */
      problem: z.enum(['unreachable', 'unknown', 'endless']).optional(),
    }),
  ),
})

export type ErasureQuestions = z.output<typeof StoredSchema>
export type DirectoryQuestion = ErasureQuestions['directories'][number]

/**
 * Stores the questions.
 * @param uris - The actors of the directories; nothing is asked where there are none.
 */
export async function saveErasureQuestions(
  trx: Database,
  {
    since,
    isClosed,
    uris,
  }: { since: Temporal.Instant; isClosed: boolean; uris: readonly string[] },
): Promise<void> {
  if (uris.length === 0) return
  await save(trx, {
    ...{ since, isClosed },
    directories: uris.map((uri) => ({ uri, state: 'waiting' })),
  })
}

const save = (db: Database, questions: ErasureQuestions): Promise<void> =>
  saveSetting(db, NAME, JSON.stringify(questions))

/** Finds the questions; undefined where the site was never restored, or had joined no directory then. */
export async function findErasureQuestions(db: Database): Promise<ErasureQuestions | undefined> {
  const text = await findSetting(db, NAME)
  return text === undefined ? undefined : StoredSchema.parse(JSON.parse(text))
}

/** Returns whether public pages are still closed. */
export const isClosed = async (db: Database): Promise<boolean> =>
  (await findErasureQuestions(db))?.isClosed ?? false

/** Stores the result of one question; the site opens with the last answer. */
export async function settleErasureQuestion(
  trx: Database,
  { uri, ...became }: DirectoryQuestion,
): Promise<void> {
  const questions = await findErasureQuestions(trx)
  if (!questions) return
  const directories = questions.directories.map((each) =>
    each.uri === uri ? { uri, ...became } : each,
  )
  const isWaiting = directories.some(({ state }) => state === 'waiting')
  await save(trx, { ...questions, directories, isClosed: questions.isClosed && isWaiting })
}

/** Opens the pages because a person says not to wait for the answers; the questions are still asked. */
export async function openPages(trx: Database): Promise<void> {
  const questions = await findErasureQuestions(trx)
  if (questions) await save(trx, { ...questions, isClosed: false })
}
