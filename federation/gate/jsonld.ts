import { isObject, type Json, toList } from '../wire/json.ts'
import { isKnownContext } from './known-contexts.ts'

/**
 * Reads what a peer wrote in the terms of our own context, whatever theirs calls them. No context is ever fetched:
 * the well-known ones are bundled, an unknown one defines nothing (hostile case P08). Undefined when it cannot be read.
 */
export const toOwnTerms = async (document: Json): Promise<Json | undefined> =>
  readPlainly(document) ?? (await loadCompaction()).compactToOwnTerms(document)

/** Whoever hears nothing but our own software and Mastodon needs no JSON-LD, which takes its memory and its time. */
export const loadCompaction = () => import('./compaction.ts')

/**
 * The document itself, when its contexts are among those whose terms are ours and it is written in plain terms all
 * through: no keyword, no address or prefix in the place of a term. Undefined when only JSON-LD can tell what it means.
 */
export const readPlainly = (document: Json): Json | undefined =>
  '@context' in document && isPlain(document) ? document : undefined

/** As deep as `parseStrictJson` lets a document be. */
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

/** Mobilizon says the state of an event twice, under the second name as an abbreviated address. */
const isTerm = (name: string): boolean =>
  (!name.includes(':') && !name.startsWith('@')) || name === 'ical:status'
