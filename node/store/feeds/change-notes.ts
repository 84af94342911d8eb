import type { Database } from '../database/database.ts'

/** A Note by which one of our accounts told of a café's new date, place or state; it is deleted with the café. */
export type ChangeNote = { cafeUri: string; uri: string; actor: string }

/** Stores which of our accounts sent which Note about a change of a café, so that the Note can be withdrawn later. */
export async function insertChangeNote(
  db: Database,
  { cafeUri, uri, actor }: ChangeNote,
): Promise<void> {
  await db.insertInto('change_note').values({ cafe_uri: cafeUri, uri, actor }).execute()
}

/** Lists the Notes about the changes of a café that are not withdrawn, by address. */
export async function listChangeNotes(db: Database, cafeUri: string): Promise<ChangeNote[]> {
  const rows = await db
    .selectFrom('change_note')
    .selectAll()
    .where('cafe_uri', '=', cafeUri)
    .orderBy('uri')
    .execute()
  return rows.map(({ cafe_uri, uri, actor }) => ({ cafeUri: cafe_uri, uri, actor }))
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
