import { isObject, type Json } from '../wire/json.ts'

/** Values of any kind outside contexts; the richest Event that we know of has two hundred. */
const MAX_VALUES = 2_000
/** Items of lists counted one by one: an Event inside its activity repeats the usual three, each proof too. */
const MAX_CONTEXTS = 24
/** Of all contexts together; Mobilizon and PeerTube define about a hundred. */
const MAX_TERMS = 500

/**
 * Whether a document can be read as JSON-LD in some ten milliseconds. Processing is quadratic in contexts, and worse
 * in contexts that hold further ones (JSON-LD 1.1, scoped contexts): 130 KiB can hold a processor up for 20 seconds.
 */
export function isAffordable(document: Json): boolean {
  const total = { values: 0, contexts: 0, terms: 0 }
  const isWithin = () =>
    total.values <= MAX_VALUES && total.contexts <= MAX_CONTEXTS && total.terms <= MAX_TERMS

  function walk(value: unknown): boolean {
    total.values += 1
    if (!isWithin()) return false
    if (Array.isArray(value)) return value.every(walk)
    if (!isObject(value)) return true
    return Object.entries(value).every(([name, child]) =>
      name === '@context' ? countContext(child) : walk(child),
    )
  }

  function countContext(context: unknown): boolean {
    const list = Array.isArray(context) ? context : [context]
    total.contexts += list.length
    return list.every(countTerms) && isWithin()
  }

  function countTerms(context: unknown): boolean {
    if (Array.isArray(context)) return false
    if (!isObject(context)) return true
    const definitions = Object.values(context)
    total.terms += definitions.length
    return !definitions.some((definition) => isObject(definition) && '@context' in definition)
  }

  return walk(document)
}
