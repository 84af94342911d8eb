/** The left, top, right and bottom edges, in the map's own coordinates. */
export type Extent = [number, number, number, number]

/** The outline of a département as an SVG path. Those around Paris are drawn twice: small, and in a frame. */
type Outline = { code: string; name: string; d: string; frame: string }

/** France with its overseas territories, each in a frame of its own. */
export type MapOfFrance = {
  width: number
  height: number
  outlines: Outline[]
  /** The frames beside the map, with the text below each, one entry for each line. */
  frames: { name: string; extent: Extent; label: string[] }[]
}

/** The maximum number of points on a map of France: more would hide each other, and the list has them all. */
export const POINTS_MAX = 300

/**
 * How a département is shaded. WCAG 1.4.11 asks for a contrast of 3:1 between two steps, which three steps still have.
 */
export type MapStep = 'none' | 'few' | 'many'

/**
 * Returns the number of cafés from which a département counts as having many: the top third of those that have any, and
 * more than the smallest number. Undefined where all have the same number.
 */
export function manyThreshold(counts: readonly number[]): number | undefined {
  const some = counts.filter((count) => count > 0).toSorted((one, other) => one - other)
  return some.slice(Math.floor((some.length * 2) / 3)).find((count) => count > (some[0] ?? 0))
}

/**
 * Returns how a département with so many cafés is shaded; `many` is the number from which it counts as having many,
 * undefined where none does.
 */
export function mapStep(count: number, many: number | undefined): MapStep {
  if (count === 0) return 'none'
  return many !== undefined && count >= many ? 'many' : 'few'
}
