/**
 * Returns whether two values are the same as JSON, whatever the order of their keys; a key without a value is as one that
 * is missing.
 */
export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null, sorted) === JSON.stringify(other ?? null, sorted)

const sorted = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value
