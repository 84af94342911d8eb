import { randomBytes } from 'node:crypto'

/**
 * UUID version 7 (RFC 9562 §5.7): sorts by the instant that it was made, on the clock of the program; that of Node
 * (`crypto.randomUUIDv7`) knows only the machine's.
 */
export function uuidV7(now: Temporal.Instant): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now.epochMilliseconds, 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}
