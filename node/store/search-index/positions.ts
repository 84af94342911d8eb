/**
 * How many cafés may begin in one minute before the positions of the next minute are used. An index that was made with
 * another number keeps it (`search_state.per_minute`) until it is made again.
 */
export const PER_MINUTE = 2 ** 13

/**
 * How many minutes after its own a café may stand whose minute is full. Where those are full as well, it stands at the
 * first gap after them.
 */
export const LATER_MINUTES = 32

/** Returns the whole minutes since 1970, which a position is a multiple of. */
export const minutesOf = (instant: Temporal.Instant): number =>
  Math.max(0, Math.floor(instant.epochMilliseconds / 60_000))

/**
 * Returns the first position of the minute, in the order of the index; it is exact in a double until the year 16,000.
 */
export const positionOf = (instant: Temporal.Instant, perMinute: number): number =>
  minutesOf(instant) * perMinute
