import { pageOf } from '../../node/domain/cafes/cafe.ts'
import { feedPath } from '../../node/domain/territories/feed.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findCafeOfNote } from '../../node/store/feeds/change-notes.ts'
import { findFeed } from '../../node/store/feeds/feeds.ts'
import { type Json, textOf } from '../wire/json.ts'
import { identifierOf } from '../wire/uris.ts'

/**
 * Finds the page to which a person is sent who opens one of our Notes: that of its café, or that of the feed whose
 * digest it is. The Note's own `url` is no such page (see `sendChangeNote`).
 */
export async function findPageOfNote(
  db: Database,
  origin: string,
  { id, url, attributedTo }: Json,
): Promise<string | undefined> {
  if (url !== id) return textOf(url)
  const cafeUri = await findCafeOfNote(db, textOf(id) ?? '')
  const cafe = cafeUri === undefined ? undefined : await findCafeByUri(db, cafeUri)
  if (cafe) return pageOf(cafe)
  const feed = await findFeed(db, identifierOf(origin, textOf(attributedTo) ?? '') ?? '')
  return feed && `${origin}${feedPath(feed)}`
}
