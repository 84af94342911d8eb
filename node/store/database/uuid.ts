import { randomUUID } from 'node:crypto'

/**
 * Makes a UUID version 7 (RFC 9562 §5.7), which sorts by the instant at which it was made, on the clock of the program;
 * that of Node (`crypto.randomUUIDv7`) only knows the machine's.
 */
export function uuidV7(now: Temporal.Instant): string {
  const time = now.epochMilliseconds.toString(16).padStart(12, '0')
  // A UUID of version 4 has its random bits in the same places, and Node draws those of many at once.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice('xxxxxxxx-xxxx-4'.length)}`
}
