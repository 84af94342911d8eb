/** A table that is made once: ahead of its first use, or else by it. */
export type StepwiseTable<T> = {
  /** The table; makes it at once where nobody has prepared it, which may take a fifth of a second. */
  get: () => T
  /** Makes it ahead; `pause` is awaited between two steps. */
  prepare: (pause: () => Promise<void>) => Promise<void>
}

/** Rows between two steps of a table of communes: about a millisecond. */
export const ROWS_A_STEP = 200

/** @param make - Yields after each step and returns the table; who cannot wait for the pauses makes the rest at once. */
export function createStepwiseTable<T>(make: () => Generator<undefined, T>): StepwiseTable<T> {
  let made: T | undefined
  let steps: Generator<undefined, T> | undefined

  function makeStep(): T | undefined {
    steps ??= make()
    const step = steps.next()
    if (step.done) {
      made = step.value
      steps = undefined
    }
    return made
  }

  return {
    get: () => {
      while (made === undefined) makeStep()
      return made
    },
    prepare: async (pause) => {
      while (made === undefined && makeStep() === undefined) await pause()
    },
  }
}
