import { createHash } from 'node:crypto'
import type { Venue } from '../../domain/cafes/venue.ts'
import { toPlainWords } from '../csv/plain-text.ts'

/**
 * Returns the key of an address: it is the same for one entrance, whichever organiser announces a café there and
 * however they write it.
 */
const placeKey = ({ name, streetAddress, postalCode, commune }: Venue): string =>
  [name, streetAddress ?? '', postalCode ?? '', commune]
    .map((part) =>
      toPlainWords(part)
        .replaceAll(/[^a-z0-9]+/g, ' ')
        .trim(),
    )
    .join('|')

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Returns a UUID (version 8, RFC 9562) that stays the same from one export to the next. */
export function placeUuid(venue: Venue): string {
  const hex = digest(placeKey(venue))
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`]
  return `${parts.join('-')}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Returns an integer that JSON keeps exactly (48 bits), for software whose identifiers are numbers. */
export const numberOf = (text: string): number => Number.parseInt(digest(text).slice(0, 12), 16)

/**
 * Returns the number of a place for software whose identifiers are numbers; it stays the same from one export to the
 * next.
 */
export const placeNumber = (venue: Venue): number => numberOf(placeKey(venue))
