import type { SearchValues } from '../../../ui/search/values.ts'
import { ALERT_CONDITIONS } from '../../domain/territories/alert.ts'
import { cleanText } from '../../formats/text/clean-text.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { readSearch, readSearchValues } from '../search/query.ts'

const TEXT_MAX = 200

const ANY_TIME = Temporal.Instant.fromEpochMilliseconds(0)

/** Reads from a form or an address the conditions of a search that an alert remembers, each on one line. */
export function readAlertConditions(parameter: (name: string) => string): SearchValues {
  const isKept = (name: string) => ALERT_CONDITIONS.some((kept) => kept === name)
  // No place and so no day is among them, and the time does not matter.
  return readSearchValues(
    (name) => (isKept(name) ? cleanText(parameter(name), TEXT_MAX) : undefined),
    ANY_TIME,
  )
}

/** The conditions that are typed, and not chosen among known ones. */
const TYPED = ['q', 'format', 'public', 'organisateur', 'structure', 'reseau'] as const

/** A few words: neither an address to open nor a number to call is among them. */
const FEW_WORDS = /^[\p{L}\p{M} '’-]{1,40}$/u

/**
 * Returns the conditions that may stand in the mail that asks for a confirmation: whoever fills in the form chooses who
 * gets that mail, and must not choose what it says.
 */
export function withoutMessages(conditions: SearchValues): SearchValues {
  const left = TYPED.filter((name) => !FEW_WORDS.test(conditions[name]))
  return { ...conditions, ...Object.fromEntries(left.map((name) => [name, ''])) }
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
