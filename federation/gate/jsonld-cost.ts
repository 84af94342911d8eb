import { isObject, type Json } from '../wire/json.ts'

/** The most that a document may have to be read as JSON-LD; each is a count over the whole document. */
export type Most = {
  /** Values of any kind outside contexts; each costs 20 microseconds. */
  values: number
  /**
   * Contexts; the items of a list count one by one. A context that is named again further inside costs a millisecond.
   */
  contexts: number
  /** Definitions in contexts that are written out in the document. */
  terms: number
  /** Characters of those definitions: a long prefix is copied into each address that is written with it. */
  text: number
}

/**
 * The limits for members and followed peers; such a document costs some 30 milliseconds. The richest Event that we know
 * of has two hundred values. Ours defines 74 terms in four kilobytes, four times: in the activity, the
 * Event and their proofs.
 */
export const OF_SPEAKERS: Most = { values: 600, contexts: 24, terms: 300, text: 16_384 }

/**
 * The limits for anybody else: a Follow has ten values. Fedify names seven contexts in an `Undo`, in the Follow inside
 * it and in the proof; the longest context that is written out (Misskey's) has 40 terms.
 */
export const OF_STRANGERS: Most = { values: 200, contexts: 24, terms: 60, text: 4_096 }

/**
 * Returns whether a document can be read as JSON-LD at that price. Processing is quadratic in contexts, and worse in
 * contexts that hold further ones (JSON-LD 1.1, scoped contexts): 130 KiB can hold a processor up for 20 seconds. A
 * `@base` has each relative address resolved, in jsonld.js quadratically in its slashes.
 */
export function isAffordable(document: Json, most: Most): boolean {
  const total: Most = { values: 0, contexts: 0, terms: 0, text: 0 }
  const isWithin = () =>
    total.values <= most.values &&
    total.contexts <= most.contexts &&
    total.terms <= most.terms &&
    total.text <= most.text

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
    return isWithin() && list.every(countTerms)
  }

  function countTerms(context: unknown): boolean {
    if (Array.isArray(context)) return false
    total.text += JSON.stringify(context).length
    if (!isObject(context)) return isWithin()
    const definitions = Object.values(context)
    total.terms += definitions.length
    return (
      isWithin() &&
      !('@base' in context) &&
      !definitions.some((definition) => isObject(definition) && '@context' in definition)
    )
  }

  return walk(document)
}
