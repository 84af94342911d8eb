import { preloadedContexts } from '@fedify/vocab-runtime'
import jsonld, { type ContextDefinition, type JsonLdDocument, type NodeObject } from 'jsonld'
import { CONTEXT } from '../wire/context.ts'
import { isObject, type Json, toList } from '../wire/json.ts'
import { isAffordable, type Most, OF_SPEAKERS } from './jsonld-cost.ts'

/**
 * Compacts a document through JSON-LD, whichever context it has; undefined when it cannot be read, or costs more than
 * `most`.
 */
export async function compactToOwnTerms(
  document: Json,
  most: Most = OF_SPEAKERS,
): Promise<Json | undefined> {
  if (!isAffordable(document, most)) return undefined
  try {
    const { signature: _, ...unsigned } = document
    const compact: unknown = await jsonld.compact(unsigned as JsonLdDocument, OWN_CONTEXT, {
      base: NO_BASE,
      documentLoader: loadBundled,
    })
    if (!isObject(compact) || !isSameSpeech(document, compact)) return undefined
    return fillFrom(document, compact)
  } catch {
    return undefined
  }
}

/**
 * Returns whether the document means the same after compaction. The gate checked origins on the text as written, and a
 * context that gives its terms another meaning would slip a foreign object past it (the class of CVE-2026-42462).
 */
function isSameSpeech(written: Json, read: Json): boolean {
  const idOf = (value: unknown) => (isObject(value) ? value.id : value)
  return (
    read.id === written.id &&
    read.type === written.type &&
    idOf(read.actor) === idOf(written.actor) &&
    idOf(read.object) === idOf(written.object)
  )
}

/**
 * Adds the values that our terms did not catch, as they were written. Peers read each other by the literal names, and
 * write the same name under several addresses (Mobilizon's `timezone` is not FEP-8a8e's).
 */
function fillFrom(written: Json, read: Json): Json {
  const filled: Record<string, unknown> = { ...read }
  for (const [name, value] of Object.entries(written)) {
    const known = read[name]
    if (name === '@context' || name === 'signature') continue
    filled[name] = known === undefined ? value : fillValue(value, known)
  }
  return filled
}

/** Does the same for one value. Compaction keeps the order of a list, and replaces a list of one item by that item. */
function fillValue(written: unknown, known: unknown): unknown {
  if (isObject(written) && isObject(known)) return fillFrom(written, known)
  if (!Array.isArray(written)) return known
  if (Array.isArray(known) && known.length === written.length)
    return known.map((item, index) => fillValue(written[index], item))
  return written.length === 1 && isObject(known) ? fillValue(written[0], known) : known
}

/**
 * Relative addresses stay as they are written. With any base, also the empty one, jsonld.js takes the segments of a
 * path from the front of a list one by one: 240 kB of slashes take six minutes. The types of jsonld.js leave out that
 * null is allowed.
 */
const NO_BASE = null as unknown as string

const OWN_CONTEXT = CONTEXT as unknown as ContextDefinition

const NOTHING = { '@context': {} }

/**
 * The bundled contexts of usual size, without their scoped contexts (JSON-LD 1.1): only proofs and keys need these,
 * which are read as plain JSON, and each use of one costs a millisecond.
 */
const BUNDLED = new Map(
  Object.entries(preloadedContexts as Record<string, Json>).flatMap(([url, document]) => {
    const contexts = toList(document['@context']).map(withoutScopes)
    const terms = contexts.flatMap((context) => (isObject(context) ? Object.keys(context) : []))
    return terms.length > 200 ? [] : [[url, { '@context': contexts } as NodeObject] as const]
  }),
)

function withoutScopes(context: unknown): unknown {
  if (!isObject(context)) return context
  const withoutScope = (definition: unknown): unknown => {
    if (!isObject(definition)) return definition
    const { '@context': _, ...kept } = definition
    return kept
  }
  return Object.fromEntries(
    Object.entries(context).map(([term, definition]) => [term, withoutScope(definition)]),
  )
}

const loadBundled = async (url: string) => ({
  documentUrl: url,
  document: BUNDLED.get(url) ?? NOTHING,
})
