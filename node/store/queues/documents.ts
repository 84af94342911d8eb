import { packText, unpackText } from '../database/compressed-text.ts'
import type { Database } from '../database/database.ts'

/**
 * Saves the signed text of what is at an address of this server beside its cafés (see `cafe-documents.ts`): Notes, and
 * codes for paper; or at that of a server that this directory hears: the last word of a structure or network. It is
 * stored once, then given byte for byte.
 */
export async function saveDocument(
  db: Database,
  document: { uri: string; body: string },
): Promise<void> {
  const body = packText(document.body)
  await db
    .insertInto('document')
    .values({ uri: document.uri, body })
    .onConflict((oc) => oc.column('uri').doUpdateSet({ body }))
    .execute()
}

/** Finds the signed text of an object by its address, as it was saved; undefined where there is none. */
export async function findDocument(db: Database, uri: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('document')
    .select('body')
    .where('uri', '=', uri)
    .executeTakeFirst()
  return row && unpackText(row.body)
}

/** Lists them in the order of their addresses, after one of them, and before another where that is given. */
export async function listDocuments(
  db: Database,
  { after, before, limit }: { after: string; before?: string; limit: number },
): Promise<{ uri: string; body: string }[]> {
  const rows = await db
    .selectFrom('document')
    .selectAll()
    .where('uri', '>', after)
    .$if(before !== undefined, (qb) => qb.where('uri', '<', before ?? ''))
    .orderBy('uri')
    .limit(limit)
    .execute()
  return rows.map(({ uri, body }) => ({ uri, body: unpackText(body) }))
}

/** Deletes the signed text of an object; one that is gone is no error. */
export async function deleteDocument(db: Database, uri: string): Promise<void> {
  await db.deleteFrom('document').where('uri', '=', uri).execute()
}

/** Deletes the texts at the addresses of one origin. */
export async function deleteDocumentsOf(db: Database, origin: string): Promise<void> {
  await db
    .deleteFrom('document')
    .where('uri', '>', `${origin}/`)
    // `0` is the character after the slash, and texts are compared by their bytes.
    .where('uri', '<', `${origin}0`)
    .execute()
}
