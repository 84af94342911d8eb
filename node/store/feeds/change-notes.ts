import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'

/**
 * What one of our accounts told of a café's new date, place or state: a Note, or its share (`shared`) of one that the
 * place or another account posted. It is taken back with the café.
 */
export type ChangeNote = {
  cafeUri: string
  /** The id of the Note, or of the Announce that shares one. */
  uri: string
  actor: string
  shared?: { noteUri: string; at: Temporal.Instant } | undefined
}

/** Stores what one of our accounts told of a change of a café, so that it can be taken back later. */
export async function insertChangeNote(
  db: Database,
  { cafeUri, uri, actor, shared }: ChangeNote,
): Promise<void> {
  const share = {
    note_uri: shared?.noteUri ?? null,
    shared_at: shared ? toInstantText(shared.at) : null,
  }
  await db
    .insertInto('change_note')
    .values({ cafe_uri: cafeUri, uri, actor, ...share })
    .execute()
}

/** Lists what our accounts told of the changes of a café and have not taken back, by address. */
export async function listChangeNotes(db: Database, cafeUri: string): Promise<ChangeNote[]> {
  const rows = await db
    .selectFrom('change_note')
    .selectAll()
    .where('cafe_uri', '=', cafeUri)
    .orderBy('uri')
    .execute()
  return rows.map(({ cafe_uri, uri, actor, note_uri: noteUri, shared_at: at }) => ({
    ...{ cafeUri: cafe_uri, uri, actor },
    shared: noteUri !== null && at !== null ? { noteUri, at: fromInstantText(at) } : undefined,
  }))
}

/** Forgets the Notes about a café. It is called in the transaction that withdraws them. */
export async function deleteChangeNotes(db: Database, cafeUri: string): Promise<void> {
  await db.deleteFrom('change_note').where('cafe_uri', '=', cafeUri).execute()
}

/** Finds the café about which one of our Notes told of a change, by the Note's address. */
export async function findCafeOfNote(db: Database, uri: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('change_note')
    .select('cafe_uri')
    .where('uri', '=', uri)
    .executeTakeFirst()
  return row?.cafe_uri
}

/** Returns whether this account has shared a Note of somebody else. */
export async function hasShared(
  db: Database,
  { actor, noteUri }: { actor: string; noteUri: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('change_note')
    .select('uri')
    .where('note_uri', '=', noteUri)
    .where('actor', '=', actor)
    .executeTakeFirst()
  return row !== undefined
}

/** Returns whether this account told of a change of the café. */
export async function hasChangeNote(
  db: Database,
  { cafeUri, actor }: Pick<ChangeNote, 'cafeUri' | 'actor'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('change_note')
    .select('uri')
    .where('cafe_uri', '=', cafeUri)
    .where('actor', '=', actor)
    .executeTakeFirst()
  return row !== undefined
}
