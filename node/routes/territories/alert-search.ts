import type { SearchValues } from '../../../ui/search/values.ts'
import { ALERT_CONDITIONS } from '../../domain/territories/alert.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { readSearch, readSearchValues } from '../search/query.ts'

const ANY_TIME = Temporal.Instant.fromEpochMilliseconds(0)

/** Reads from a form or an address the conditions of a search that an alert remembers. */
export function readAlertConditions(parameter: (name: string) => string): SearchValues {
  const isKept = (name: string) => ALERT_CONDITIONS.some((kept) => kept === name)
  // No place and so no day is among them, and the time does not matter.
  return readSearchValues((name) => (isKept(name) ? parameter(name) : undefined), ANY_TIME)
}

/** Returns the conditions as the text that an alert stores, the same for the same conditions. */
export const toAlertSearch = (values: SearchValues): string =>
  new URLSearchParams(
    ALERT_CONDITIONS.flatMap((name) => (values[name] ? [[name, values[name]]] : [])),
  ).toString()

/** Returns the search that an alert remembers, without its place and for any day. */
export function readAlertSearch(search: string): CafeQuery {
  const parameters = new URLSearchParams(search)
  const values = readAlertConditions((name) => parameters.get(name) ?? '')
  const { query } = readSearch(values, ANY_TIME)
  if (!query) throw new Error(`an alert remembers no search: ${search}`)
  return { ...query, from: undefined }
}
