import { findCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import type { Database } from '../../node/store/database/database.ts'
import { isSameToReaders } from './event.ts'
import type { Json } from './json.ts'

/**
 * Whether who reads words learns something by this revision of an Event; a seat that was taken is an edit to nobody. Asked
 * before the text that is known until then is replaced.
 */
export async function isNewToReaders(db: Database, event: Json): Promise<boolean> {
  const known = await findCafeDocument(db, String(event.id))
  return known === undefined || !isSameToReaders(JSON.parse(known), event)
}
