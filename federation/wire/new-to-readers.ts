import { findCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import type { Database } from '../../node/store/database/database.ts'
import { isSameToReaders } from './event.ts'
import type { Json } from './json.ts'

/**
 * Returns whether somebody who reads only texts learns something from this revision of an Event; a taken seat is no
 * news to them. It must be called before the stored text is replaced.
 */
export async function isNewToReaders(db: Database, event: Json): Promise<boolean> {
  const known = await findCafeDocument(db, String(event.id))
  return known === undefined || !isSameToReaders(JSON.parse(known), event)
}
