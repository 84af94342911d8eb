import type { Cafe } from './cafe.ts'

/** About how many characters a café has without its description; files that add many words to it have twice as many. */
const BESIDES = 1000

/**
 * Returns the approximate number of characters of a café. Work and memory are limited by size and not by number, since
 * one café may be as large as a hundred others.
 */
export const sizeOf = ({
  descriptionHtml,
  descriptionText,
  descriptionMarkdown = '',
}: Cafe): number =>
  BESIDES + descriptionHtml.length + descriptionText.length + descriptionMarkdown.length

/** Number of characters that are written within a few milliseconds. */
const SLICE_SIZE = 16 * 1024

/** Splits cafés into groups, in their order: each has at least one, and together no more characters than a slice. */
export function* splitIntoSlices<T extends Cafe>(cafes: readonly T[]): Generator<T[]> {
  let slice: T[] = []
  let size = 0
  for (const cafe of cafes) {
    const more = sizeOf(cafe)
    if (slice.length > 0 && size + more > SLICE_SIZE) {
      yield slice
      slice = []
      size = 0
    }
    slice.push(cafe)
    size += more
  }
  if (slice.length > 0) yield slice
}
