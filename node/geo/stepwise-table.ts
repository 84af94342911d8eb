/** A table that is made once: ahead of its first use, or else by it. */
export type StepwiseTable<T> = {
  /** The table; makes it at once where nobody has prepared it, which may take a fifth of a second. */
  get: () => T
  /** Makes it ahead; `pause` is awaited between two steps. */
  prepare: (pause: () => Promise<void>) => Promise<void>
}

/** Rows between two steps of a table of communes: about a millisecond. */
export const ROWS_A_STEP = 200

/** @param make - Yields after each step and returns the table; it is run again by who cannot wait for the pauses. */
export function createStepwiseTable<T>(make: () => Generator<undefined, T>): StepwiseTable<T> {
  let made: T | undefined
  return {
    get: () => {
      if (made !== undefined) return made
      const steps = make()
      let step = steps.next()
      while (!step.done) step = steps.next()
      made = step.value
      return made
    },
    prepare: async (pause) => {
      const steps = make()
      let step = steps.next()
      for (; !step.done; step = steps.next()) {
        if (made !== undefined) return
        await pause()
      }
      made ??= step.value
    },
  }
}
