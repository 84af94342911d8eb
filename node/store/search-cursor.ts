/** Where a page of results ended: the last café's place in the order. */
export type SearchCursor =
  | { order: 'date'; startsAt: string; id: string }
  | { order: 'distance'; distanceKm: number; id: string }

/** Opaque to whoever receives it: base64url of a short JSON array. */
export const writeCursor = (cursor: SearchCursor): string => {
  const position = cursor.order === 'date' ? cursor.startsAt : cursor.distanceKm
  return Buffer.from(JSON.stringify([position, cursor.id])).toString('base64url')
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/

/** Undefined for anything that `writeCursor` cannot have made for this order. */
export function readCursor(text: string, order: SearchCursor['order']): SearchCursor | undefined {
  if (text.length > 200 || !/^[\w-]+$/.test(text)) return undefined
  const parts = parseArray(Buffer.from(text, 'base64url').toString('utf8'))
  const [position, id, ...rest] = parts ?? []
  if (typeof id !== 'string' || !ID.test(id) || rest.length > 0) return undefined
  if (order === 'date')
    return typeof position === 'string' && INSTANT.test(position)
      ? { order, startsAt: position, id }
      : undefined
  return typeof position === 'number' && position >= 0
    ? { order, distanceKm: position, id }
    : undefined
}

const parseArray = (text: string): unknown[] | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
