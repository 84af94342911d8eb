import { randomUUID } from 'node:crypto'

/** The last identifier's instant, and the 24 bits that count those of one millisecond. */
let last = { time: '', count: 0 }

/**
 * Makes a UUID version 7 (RFC 9562 §5.7) on the clock of the program; that of Node (`crypto.randomUUIDv7`) only knows
 * the machine's. They sort by the instant at which they were made, and those that one process makes in one millisecond
 * sort in the order in which it made them: 24 bits count from a random number (§6.2, method 1).
 */
export function uuidV7(now: Temporal.Instant): string {
  const time = now.epochMilliseconds.toString(16).padStart(12, '0')
  const random = randomUUID()
  const count = time === last.time ? last.count + 1 : Number.parseInt(random.slice(0, 6), 16) >> 1
  last = { time, count }
  const digits = count.toString(16).padStart(6, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits.slice(0, 3)}-8${digits.slice(3)}-${random.slice(-12)}`
}
