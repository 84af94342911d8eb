import type { Cafe } from './cafe.ts'

/** What a café is but for its description, in characters; in files that are rich in words it is twice as much. */
const BESIDES = 1000

/** About how many characters a café has, to bound work and memory by bytes: one may be as large as a hundred others. */
export const sizeOf = ({
  descriptionHtml,
  descriptionText,
  descriptionMarkdown = '',
}: Cafe): number =>
  BESIDES + descriptionHtml.length + descriptionText.length + descriptionMarkdown.length

/** As much as is written within a few milliseconds, in characters. */
const SLICE_SIZE = 16 * 1024

/** The same cafés a few at a time, in order: at least one, and together no larger than a slice. */
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
