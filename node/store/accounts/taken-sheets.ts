import type { Author } from '../../domain/cafes/edit.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'

/**
 * The last sheet that somebody of the team took of a café, in the log of acts: it may hang somewhere, and the page of
 * the kit says when it has become wrong. No history shows it.
 */

/** What a sheet says that a change makes wrong: when, where, and a state such as « Annulé ». */
export type StatedOnSheet = { when: string; place: string; state: string }

const ACT = 'sheet-taken'
const subjectOf = (cafeId: string) => `cafe ${cafeId}`

/** Saves that somebody took a sheet, in place of the one before. */
export async function saveTakenSheet(
  db: Database,
  { cafeId, by, stated }: { cafeId: string; by: Author; stated: StatedOnSheet },
  now: Temporal.Instant,
): Promise<void> {
  const subject = subjectOf(cafeId)
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('act').where('subject', '=', subject).where('act', '=', ACT).execute()
    await trx
      .insertInto('act')
      .values({
        ...{ id: uuidV7(now), log: 'edit', at: toInstantText(now), who: by.name, author: by.kind },
        ...{ act: ACT, subject, about: '', territory: null, organization_id: null },
        ...{ reason: JSON.stringify(stated), changes: null },
      })
      .execute()
  })
}

/** Finds when a sheet of a café was last taken, and what it says; undefined where its words were erased since. */
export async function findTakenSheet(
  db: Database,
  cafeId: string,
): Promise<{ at: Temporal.Instant; stated: StatedOnSheet } | undefined> {
  const row = await db
    .selectFrom('act')
    .select(['at', 'reason'])
    .where('subject', '=', subjectOf(cafeId))
    .where('act', '=', ACT)
    .where('reason', '<>', '')
    .executeTakeFirst()
  return row && { at: fromInstantText(row.at), stated: JSON.parse(row.reason) as StatedOnSheet }
}
