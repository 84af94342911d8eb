/** Where a page of results ended: the position of the last café in the order. */
export type SearchCursor =
  /** A position in the index, see the migration that makes it; forwards or, for `recent`, backwards. */
  | { order: 'date' | 'recent'; position: number }
  | { order: 'distance'; distanceKm: number; id: string }

/** Returns the text of a cursor, which is opaque to its receivers: base64url of a short JSON array. */
export const writeCursor = (cursor: SearchCursor): string => {
  const place = cursor.order === 'distance' ? [cursor.distanceKm, cursor.id] : [cursor.position]
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** The id of a café: a UUID, or twenty digits (`shortId`). */
const ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{20})$/

/** Parses a cursor; undefined for a text that `writeCursor` cannot have made for this order. */
export function readCursor(text: string, order: SearchCursor['order']): SearchCursor | undefined {
  if (text.length > 200 || !/^[\w-]+$/.test(text)) return undefined
  const [place, id, ...rest] = parseArray(Buffer.from(text, 'base64url').toString('utf8')) ?? []
  if (typeof place !== 'number' || place < 0 || rest.length > 0) return undefined
  if (order === 'distance')
    return typeof id === 'string' && ID.test(id) ? { order, distanceKm: place, id } : undefined
  return Number.isSafeInteger(place) && id === undefined ? { order, position: place } : undefined
}

const parseArray = (text: string): unknown[] | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
