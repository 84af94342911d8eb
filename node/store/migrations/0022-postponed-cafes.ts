import type { Statements } from './dialect.ts'

/** A calendar finds the few cafés that wait for a new date without reading all of its month. */
export const postponedCafes = (): Statements => [
  `create index cafe_postponed on cafe (starts_at) where status = 'postponed'`,
]
