import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'

const fonts = new Map<string, Buffer>()

/** Returns a font of ours without its compression: the library would undo it in JavaScript for each document. */
export function findFont(file: string): Buffer {
  const known = fonts.get(file)
  if (known) return known
  const font = toSfnt(readFileSync(file))
  fonts.set(file, font)
  return font
}

/** Makes an OpenType file of a WOFF file (W3C, WOFF File Format 1.0, §4 and §5). */
function toSfnt(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, index) => {
    const at = 44 + 20 * index
    const [offset, packed, length] = [4, 8, 12].map((by) => woff.readUInt32BE(at + by))
    const bytes = woff.subarray(offset, (offset ?? 0) + (packed ?? 0))
    return {
      tag: woff.subarray(at, at + 4),
      sum: woff.subarray(at + 16, at + 20),
      bytes: packed === length ? bytes : inflateSync(bytes),
    }
  })
  const head = Buffer.alloc(12 + 16 * count)
  woff.copy(head, 0, 4, 8)
  head.writeUInt16BE(count, 4)
  let offset = head.length
  const parts = [head]
  tables.forEach(({ tag, sum, bytes }, index) => {
    const at = 12 + 16 * index
    tag.copy(head, at)
    sum.copy(head, at + 4)
    head.writeUInt32BE(offset, at + 8)
    head.writeUInt32BE(bytes.length, at + 12)
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])
    offset += padded.length
    parts.push(padded)
  })
  return Buffer.concat(parts)
}
