import type { AuthorKind, EditAct } from '../../domain/cafes/edit.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'

/** The object that a form of the administration changes. */
export type EditSubject = {
  type: 'cafe' | 'venue' | 'structure' | 'network' | 'settings'
  id: string
}

/** A field of a form, by its name, with the text that it had before; `isSetAside` marks a text that was not saved. */
export type EditChange = { name: string; before: string | readonly string[]; isSetAside?: true }

/**
 * Who did what to an object, when and why. It is kept for `RETENTION_DAYS.edit`; of one that was deleted only that it
 * was.
 */
export type LoggedEdit = {
  at: Temporal.Instant
  /** The name of `Author`. */
  who: string
  kind: AuthorKind
  /** Undefined for texts that were set aside: nothing was saved. */
  act?: EditAct | undefined
  reason?: string | undefined
  changes: readonly EditChange[]
}

const textOf = ({ type, id }: EditSubject): string => `${type} ${id}`

/** Stores what somebody did. It is called in the transaction of the edit. */
export async function insertEdit(
  db: Database,
  { subject, who, ...said }: { subject: EditSubject } & Omit<LoggedEdit, 'at'>,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .insertInto('edit')
    .values({
      ...{ id: uuidV7(now), subject: textOf(subject), at: toInstantText(now), who },
      changes: JSON.stringify(said),
    })
    .execute()
}

/** Lists the edits of an object, the newest first. */
export async function listEdits(
  db: Database,
  subject: EditSubject,
  limit: number,
): Promise<LoggedEdit[]> {
  const rows = await db
    .selectFrom('edit')
    .select(['at', 'who', 'changes'])
    .where('subject', '=', textOf(subject))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ at, who, changes }) => ({
    at: fromInstantText(at),
    who,
    ...(JSON.parse(changes) as Omit<LoggedEdit, 'at' | 'who'>),
  }))
}

/** Deletes the whole history of one café or profile. */
export async function deleteEditsOf(db: Database, subject: EditSubject): Promise<void> {
  await db.deleteFrom('edit').where('subject', '=', textOf(subject)).execute()
}

/** Deletes the edits that are older than this instant, of whatever they are; the nightly purge calls it. */
export async function deleteEditsBefore(db: Database, before: Temporal.Instant): Promise<void> {
  await db.deleteFrom('edit').where('at', '<', toInstantText(before)).execute()
}
