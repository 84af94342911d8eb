/** Left, top, right, bottom, on the map's own page. */
export type Extent = [number, number, number, number]

/** A département as it is drawn: an SVG path. Those around Paris are drawn twice, small and in a frame. */
type Outline = { code: string; name: string; d: string; frame: string }

/** France with its overseas territories, each in a frame of its own. */
export type MapOfFrance = {
  width: number
  height: number
  outlines: Outline[]
  /** The frames that stand apart, with what is written below each, a line each. */
  frames: { name: string; extent: Extent; label: string[] }[]
}

/** Of a map of France: more would hide each other, and the list has them all. */
export const POINTS_MAX = 300

/** How a département is shaded. Three steps are as many as can each be told from the next at 3:1 (WCAG 1.4.11). */
export type MapStep = 'none' | 'few' | 'many'

/**
 * From how many cafés on a département counts as having many: the top third of those that have any, and more than
 * the least; undefined where all have as many.
 */
export function manyThreshold(counts: readonly number[]): number | undefined {
  const some = counts.filter((count) => count > 0).toSorted((one, other) => one - other)
  return some.slice(Math.floor((some.length * 2) / 3)).find((count) => count > (some[0] ?? 0))
}

export function mapStep(count: number, many: number | undefined): MapStep {
  if (count === 0) return 'none'
  return many !== undefined && count >= many ? 'many' : 'few'
}
