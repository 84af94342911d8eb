import { isObject, type Json } from './json.ts'

/** Objects and list items outside contexts; the richest Event that we know of has about a hundred. */
const MAX_NODES = 2_000
/** Mobilizon sends two contexts in a list, PeerTube three; an Event inside its activity may repeat them, a proof too. */
const MAX_CONTEXTS = 32
const MAX_IN_LIST = 8
/** Of all contexts in the document together; PeerTube's has about a hundred. */
const MAX_TERMS = 1_000

/**
 * Whether a document can be read as JSON-LD in some ten milliseconds. Processing is quadratic in contexts, and worse
 * in contexts that hold further ones (JSON-LD 1.1, scoped contexts): 130 KiB can hold a processor up for 20 seconds.
 */
export function isAffordable(document: Json): boolean {
  const total = { nodes: 0, contexts: 0, terms: 0 }
  const isWithin = () =>
    total.nodes <= MAX_NODES && total.contexts <= MAX_CONTEXTS && total.terms <= MAX_TERMS

  function walk(value: unknown): boolean {
    total.nodes += 1
    if (!isWithin()) return false
    if (Array.isArray(value)) return value.every(walk)
    if (!isObject(value)) return true
    return Object.entries(value).every(([name, child]) =>
      name === '@context' ? countContext(child) : walk(child),
    )
  }

  function countContext(context: unknown): boolean {
    const list = Array.isArray(context) ? context : [context]
    total.contexts += 1
    return list.length <= MAX_IN_LIST && list.every(countTerms) && isWithin()
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
