import type { UpcomingCursor } from '../../node/store/feeds/upcoming-cursor.ts'
import { ACTIVITY_STREAMS } from '../wire/context.ts'

/** Collections and their pages as JSON text, into which stored texts go byte for byte. */

/** Number of items on a page of a collection. */
export const PAGE = 50
/** The maximum number of cafés that are pinned to a profile. */
export const FEATURED = 5

/** Writes the cursor of the page after this café. */
export const toCursor = ({ startsAt, id }: UpcomingCursor): string => `${startsAt}_${id}`

/**
 * Reads the cursor of a page of a collection; undefined where it has not its two parts. The parts themselves are not
 * checked.
 */
export function fromCursor(cursor: string): UpcomingCursor | undefined {
  const [startsAt, id] = cursor.split('_')
  return startsAt && id ? { startsAt, id } : undefined
}

/** Returns the text of a collection: with the address of its first page, or with its items as JSON. */
export const collectionOf = (
  id: string,
  {
    totalItems,
    first,
    orderedItems,
  }: { totalItems: number; first?: string; orderedItems?: string },
): string =>
  `{${[
    `"@context":${JSON.stringify(ACTIVITY_STREAMS)}`,
    `"id":${JSON.stringify(id)}`,
    `"type":"OrderedCollection"`,
    `"totalItems":${totalItems}`,
    ...(first === undefined ? [] : [`"first":${JSON.stringify(first)}`]),
    ...(orderedItems === undefined ? [] : [`"orderedItems":${orderedItems}`]),
  ].join(',')}}`

/** Returns the text of a page of a collection; `items` are the texts of its objects or the JSON of their ids. */
export const collectionPageOf = (
  id: string,
  { cursor, items, next }: { cursor: string; items: readonly string[]; next: string | undefined },
): string =>
  [
    `{"@context":${JSON.stringify(ACTIVITY_STREAMS)}`,
    `"id":${JSON.stringify(`${id}?page=${encodeURIComponent(cursor)}`)}`,
    `"type":"OrderedCollectionPage","partOf":${JSON.stringify(id)}`,
    ...(next === undefined
      ? []
      : [`"next":${JSON.stringify(`${id}?page=${encodeURIComponent(next)}`)}`]),
    `"orderedItems":[${items.join(',')}]}`,
  ].join(',')
