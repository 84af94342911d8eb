/** How many cafés may begin in one minute before the numbers of the next minute are used. */
const PER_MINUTE = 2 ** 20

/**
 * Returns the first position of the minute, in the order of the index; it is exact in a double until the year 16,000.
 */
export const positionOf = (instant: Temporal.Instant): number =>
  Math.max(0, Math.floor(instant.epochMilliseconds / 60_000)) * PER_MINUTE
