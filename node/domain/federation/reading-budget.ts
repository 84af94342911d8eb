/** How much of one peer is read in a day (UTC), and how many of its cafés are taken in, by reading and inbox alike. */
export type ReadingLimits = {
  /** Answers, whatever they hold. */
  pages: number
  /** Of collections. */
  items: number
  bytes: number
  /** Of work on it, waiting included. */
  seconds: number
  /** How many cafés were new or had changed. */
  cafes: number
}

/** What has been used of the limits so far. */
export type Spent = Omit<ReadingLimits, 'cafes'>

export const NOTHING_SPENT: Spent = { pages: 0, items: 0, bytes: 0, seconds: 0 }

/** Why the reading of a peer stopped for the day; `empty`: page after page without an item. */
export type ReachedLimit = keyof ReadingLimits | 'empty'

/** Of one reading of somebody who is no peer, or that nobody is charged for: a minute of the half hour that a peer has. */
const PART_OF_NO_PEER = 1 / 30

/** The limits of one reading whose use is charged to no peer. */
export const limitsOfNoPeer = (limits: ReadingLimits): ReadingLimits => ({
  pages: Math.ceil(limits.pages * PART_OF_NO_PEER),
  items: Math.ceil(limits.items * PART_OF_NO_PEER),
  bytes: Math.ceil(limits.bytes * PART_OF_NO_PEER),
  seconds: Math.ceil(limits.seconds * PART_OF_NO_PEER),
  cafes: limits.cafes,
})

/** An honest outbox has pages of which everything was deleted, but not so many one after the other. */
export const MOST_EMPTY_PAGES = 100

/** The first limit that is passed, if any. */
export const findReachedLimit = (spent: Spent, limits: ReadingLimits): ReachedLimit | undefined =>
  (['pages', 'items', 'bytes', 'seconds'] as const).find((name) => spent[name] > limits[name])
