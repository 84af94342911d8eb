import jsonld, { type ContextDefinition, type JsonLdDocument, type NodeObject } from 'jsonld'
import { CONTEXT } from '../wire/context.ts'
import { isObject, type Json } from '../wire/json.ts'
import contexts from './contexts.json' with { type: 'json' }
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
 * The contexts that are known without a network, by their address: those of Fedify's runtime that are of usual size,
 * with their licence (MIT), without their scoped contexts (JSON-LD 1.1): only proofs and keys need these, which are read
 * as plain JSON, and each use of one costs a millisecond. `test/federation/gate/contexts.test.ts` compares them with
 * Fedify's.
 */
const BUNDLED = new Map(
  Object.entries(contexts).map(([url, parts]) => [url, { '@context': parts } as NodeObject]),
)

const loadBundled = async (url: string) => ({
  documentUrl: url,
  document: BUNDLED.get(url) ?? NOTHING,
})
