import type { Cafe } from '../../domain/cafes/cafe.ts'

/**
 * A document of any length, written a few cafés at a time: `head`, each `part` in order, each of `rest`, `foot`. The
 * caller awaits `giveWay` in between.
 */
export type PartWriter<T extends Cafe = Cafe> = {
  head: string
  /** Writes a part; `index` counts the cafés that were written before. */
  part: (cafes: readonly T[], index: number) => string
  /** Writes what is known only after the last café, a little at a time. */
  rest?: () => Iterable<string>
  foot: () => string
}

/** Writes values as the inside of a JSON array that already holds `before` of them. */
export const jsonItems = (values: readonly unknown[], before: number): string =>
  values.length === 0
    ? ''
    : `${before > 0 ? ',\n' : ''}${values.map((value) => JSON.stringify(value)).join(',\n')}`
