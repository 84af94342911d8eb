import { ACTIVITY_STREAMS } from '../wire/context.ts'
import { isObject, type Json, toList } from '../wire/json.ts'
import { isKnownContext } from './known-contexts.ts'

/**
 * Reads what a peer wrote in the terms of our own context, whatever its own context calls them. No context is ever
 * fetched: the well-known ones are bundled, and an unknown one defines nothing (hostile case P08). Undefined when the
 * document cannot be read.
 */
export async function toOwnTerms(document: Json): Promise<Json | undefined> {
  const read = withStreamsContext(document)
  return readPlainly(read) ?? (await loadCompaction()).compactToOwnTerms(read)
}

/**
 * Adds the context of ActivityStreams to a document whose own does not name it: it applies all the same (ActivityStreams
 * 2.0 Core, §2.1).
 */
export function withStreamsContext(document: Json): Json {
  const contexts = toList(document['@context'])
  if (contexts.some((context) => NAMES_OF_STREAMS.includes(String(context)))) return document
  const context = contexts.length === 0 ? ACTIVITY_STREAMS : [ACTIVITY_STREAMS, ...contexts]
  return { ...document, '@context': context }
}

/** The addresses of the context of ActivityStreams, as it is written now and was before. */
const NAMES_OF_STREAMS: readonly string[] = [
  ACTIVITY_STREAMS,
  'http://www.w3.org/ns/activitystreams',
  `${ACTIVITY_STREAMS}.jsonld`,
]

/**
 * Loads the JSON-LD code at its first use. A server that receives nothing but what our own software and Mastodon send
 * needs none of it, nor the memory and time that it takes. To ask Node again for a module that is loaded takes 5 to 20
 * µs.
 */
export function loadCompaction(): Promise<Compaction> {
  compaction ??= import('./compaction.ts')
  return compaction
}

type Compaction = typeof import('./compaction.ts')
let compaction: Promise<Compaction> | undefined

/**
 * Returns the document itself, when its terms are ours by its contexts and it is written in plain terms throughout: no
 * keyword, and no address or prefix in the place of a term. Undefined when only JSON-LD can tell what it means.
 */
export const readPlainly = (document: Json): Json | undefined =>
  '@context' in document && isPlain(document) ? document : undefined

/** Returns whether a value is written in plain terms. The depth of the recursion is limited by `parseStrictJson`. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain)
  if (!isObject(value)) return true
  for (const name in value) {
    const item = value[name]
    if (name === '@context') {
      if (!isKnownContext(item)) return false
    } else if (name === 'type') {
      if (!toList(item).every((type) => typeof type === 'string' && isTerm(type))) return false
    } else if (!isTerm(name) || !isPlain(item)) return false
  }
  return true
}

/**
 * Returns whether a name is a plain term. Mobilizon gives the state of an event twice, the second time under an
 * abbreviated address.
 */
const isTerm = (name: string): boolean =>
  (!name.includes(':') && !name.startsWith('@')) || name === 'ical:status'
