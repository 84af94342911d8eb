/** How much of one peer is read in a day (UTC), and how many of its cafés are taken in, by reading and inbox alike. */
export type ReadingLimits = {
  /** Answers, whatever they hold. */
  pages: number
  /** Of collections. */
  items: number
  bytes: number
  /** Of work on it, waiting included. */
  seconds: number
  /** New or changed ones. */
  cafes: number
}

/** What was used of it so far. */
export type Spent = Omit<ReadingLimits, 'cafes'>

export const NOTHING_SPENT: Spent = { pages: 0, items: 0, bytes: 0, seconds: 0 }

/** Why the reading of a peer stopped for the day; `empty`: page after page without an item. */
export type SpentUp = keyof ReadingLimits | 'empty'

/** An honest outbox has pages of which everything was deleted, but not so many one after the other. */
export const MOST_EMPTY_PAGES = 100

/** The first limit that is passed, if any. */
export const findSpentUp = (spent: Spent, limits: ReadingLimits): SpentUp | undefined =>
  (['pages', 'items', 'bytes', 'seconds'] as const).find((name) => spent[name] > limits[name])
