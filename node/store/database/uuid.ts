import { randomUUID } from 'node:crypto'

/** The last identifier's instant, and the 24 bits that count those of one millisecond. */
let last = { time: '', count: 0 }

/**
 * Makes the parts of an identifier: twelve digits of its instant, six that count those which one process makes in one
 * millisecond, from a random number, and twelve random ones.
 */
function makeParts(now: Temporal.Instant): { time: string; count: string; random: string } {
  const time = now.epochMilliseconds.toString(16).padStart(12, '0')
  const random = randomUUID()
  const count = time === last.time ? last.count + 1 : Number.parseInt(random.slice(0, 6), 16) >> 1
  last = { time, count }
  return { time, count: count.toString(16).padStart(6, '0'), random: random.slice(-12) }
}

/**
 * Makes a UUID version 7 (RFC 9562 §5.7) on the clock of the program; that of Node (`crypto.randomUUIDv7`) only knows
 * the machine's. They sort by the instant at which they were made, and those that one process makes in one millisecond
 * sort in the order in which it made them: 24 bits count from a random number (§6.2, method 1).
 */
export function uuidV7(now: Temporal.Instant): string {
  const { time, count, random } = makeParts(now)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count.slice(0, 3)}-8${count.slice(3)}-${random}`
}

/**
 * Makes the id of a café of another server: twenty digits, since six tables and indexes repeat it for each café. They
 * sort in the same order as UUIDs; of those that are made within 65 seconds, UUIDs come first.
 */
export function shortId(now: Temporal.Instant): string {
  const { time, count, random } = makeParts(now)
  return `${time}${count}${random.slice(-2)}`
}

/** Returns a text that sorts before every identifier that was made in this millisecond or later. */
export function beforeIdsOf(instant: Temporal.Instant): string {
  const hex = instant.epochMilliseconds.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}
