import type { Problem } from '../../domain/values/problem.ts'

/** The maximum number of problems that are listed, and of characters of a name that are repeated. */
const MOST = 20
const NAME_MAX = 80

/**
 * Finds the parameters of an address that an operation does not take.
 * @param taken - The values that each may have; undefined where the operation itself says what is wrong with a value.
 */
export function findWrongParameters(
  given: Record<string, string[]>,
  taken: ReadonlyMap<string, readonly string[] | undefined>,
): Problem[] {
  return Object.entries(given)
    .flatMap(([name, values]): Problem[] => {
      const field = name.slice(0, NAME_MAX)
      if (!taken.has(name)) return [{ field, code: 'unknown_parameter' }]
      const choices = taken.get(name)
      return choices === undefined || (values.length === 1 && choices.includes(values[0] ?? ''))
        ? []
        : [{ field, code: 'not_a_choice', detail: choices.join(', ') }]
    })
    .slice(0, MOST)
}

/** Returns whether a parameter of the values that `flagParameter` describes is said. */
export const isFlagSet = (value: string | undefined): boolean => value === '1' || value === 'true'
