import { unpackText } from '../../node/store/database/compressed-text.ts'

/** How each packed text begins (RFC 8878 §3.1.1), as bytes and as the base64 of them. */
const MAGIC = Buffer.of(0x28, 0xb5, 0x2f, 0xfd)
const PACKED = /KLUv\/[A-Za-z0-9+/]+=*/g

/** Returns the value of a column with each packed text in it unpacked. */
export function unpacked(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value)
    return bytes.subarray(0, MAGIC.length).equals(MAGIC) ? unpackText(bytes) : value
  }
  if (typeof value !== 'string') return value
  return value.replace(PACKED, (text) => unpackText(Buffer.from(text, 'base64')))
}

/** Does the same for each column of a row. */
export const unpackedRow = (row: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, unpacked(value)]))
