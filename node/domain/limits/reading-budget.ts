import type { ReadingLimits } from './limits.ts'

/** What has been used of the limits so far. */
export type Spent = Omit<ReadingLimits, 'cafes'>

export const NOTHING_SPENT: Spent = { pages: 0, items: 0, bytes: 0, seconds: 0 }

/** Why the reading of a peer stopped for the day. `empty` stands for many pages in a row without an item. */
export type ReachedLimit = keyof ReadingLimits | 'empty'

/** The part of a peer's limits that one reading has when it is charged to no peer: a minute of the half hour. */
const PART_OF_NO_PEER = 1 / 30

/** Returns the limits of one reading whose use is charged to no peer. */
export const limitsOfNoPeer = (limits: ReadingLimits): ReadingLimits => ({
  pages: Math.ceil(limits.pages * PART_OF_NO_PEER),
  items: Math.ceil(limits.items * PART_OF_NO_PEER),
  bytes: Math.ceil(limits.bytes * PART_OF_NO_PEER),
  seconds: Math.ceil(limits.seconds * PART_OF_NO_PEER),
  cafes: limits.cafes,
})

/** An honest outbox has pages of which everything was deleted, but not so many one after the other. */
export const MOST_EMPTY_PAGES = 100

/** Returns the first limit that is passed; undefined when none is. */
export const findReachedLimit = (spent: Spent, limits: ReadingLimits): ReachedLimit | undefined =>
  (['pages', 'items', 'bytes', 'seconds'] as const).find((name) => spent[name] > limits[name])
