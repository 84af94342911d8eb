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
 * Who changed which texts, and when. It is kept for `RETENTION_DAYS.edit`, and no longer than the object that was
 * changed.
 */
export type Edit = {
  at: Temporal.Instant
  /** The name or address that the account had then. */
  who: string
  changes: readonly EditChange[]
}

const textOf = ({ type, id }: EditSubject): string => `${type} ${id}`

/** Stores who changed which fields of a café or a profile. Nothing is stored where no field has changed. */
export async function insertEdit(
  db: Database,
  { subject, who, changes }: { subject: EditSubject } & Pick<Edit, 'who' | 'changes'>,
  now: Temporal.Instant,
): Promise<void> {
  if (changes.length === 0) return
  await db
    .insertInto('edit')
    .values({
      ...{ id: uuidV7(now), subject: textOf(subject), at: toInstantText(now), who },
      changes: JSON.stringify(changes),
    })
    .execute()
}

/** Lists the edits of an object, the newest first. */
export async function listEdits(
  db: Database,
  subject: EditSubject,
  limit: number,
): Promise<Edit[]> {
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
    changes: JSON.parse(changes) as EditChange[],
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
