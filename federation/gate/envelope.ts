import { type AllowLoopback, isAllowedLoopback } from '../remote/addresses.ts'
import { idOf, isObject, isPlainlySpelled, type Json, MAX_OWNERS, toList } from '../wire/json.ts'
import {
  DuplicateNameError,
  OF_POSTED,
  parseStrictJson,
  TooComplexError,
} from '../wire/strict-json.ts'

/** What is read of an activity before anything of it is believed. */
export type Envelope = {
  activity: Json
  id: string
  type: string
  actorUri: string
  /** Of a single object, given by its id or whole. */
  objectUri: string | undefined
  /** It carries a proof of its own, so that another server may have forwarded it. */
  hasProof: boolean
}

export type Refusal = { status: number; reason: string; retryAfter?: number }

export const isRefusal = (value: object): value is Refusal => 'reason' in value && 'status' in value

const refuse = (status: number, reason: string): Refusal => ({ status, reason })

/** Types that speak of an object as its owner does. */
const OWNER_TYPES = ['Create', 'Update', 'Delete']
export const isFromOwner = ({ type }: Pick<Envelope, 'type'>): boolean => OWNER_TYPES.includes(type)

/**
 * Of a literal with a type or a language, which holds nothing further: Fedify writes our actor's Multikey so when it
 * embeds our Follow in its Accept.
 */
const LITERAL_KEYWORDS = ['@value', '@language']

/** The JSON object in a request body, shallow and without JSON-LD's structuring keywords; else why not. */
export function parseObject(text: string): { activity: Json } | Refusal {
  let value: unknown
  try {
    value = parseStrictJson(text, OF_POSTED)
  } catch (error) {
    if (error instanceof DuplicateNameError)
      return refuse(400, 'an object in the body has a name twice')
    const isTooComplex = error instanceof TooComplexError
    return refuse(400, isTooComplex ? `the body is ${error.message}` : 'the body is not JSON')
  }
  if (!isObject(value)) return refuse(400, 'the body is not a JSON object')
  const fault = faultIn(value, false)
  return fault ? refuse(400, fault) : { activity: value }
}

/**
 * `@graph`, `@reverse`, `@included` and `@id` can make a JSON-LD processor read another activity than the plain
 * JSON that was checked (CVE-2026-42462). A context is full of keywords and is left out.
 */
function faultIn(value: unknown, inContext: boolean): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, child] of Object.entries(value)) {
    if (key === '__proto__') return 'the body has a key __proto__'
    if (!inContext && key !== '@context' && isKeyword(key) && !LITERAL_KEYWORDS.includes(key))
      return `the body has the keyword ${key}`
    const fault = faultIn(child, inContext || key === '@context')
    if (fault) return fault
  }
  return undefined
}

const isKeyword = (key: string): boolean => /^@[A-Za-z]+$/.test(key)

/** One id, one simple type, one actor, of acceptable addresses; else why not. */
export function readEnvelope(activity: Json, rules: UriRules): Envelope | Refusal {
  const { id, type } = activity
  if (typeof type !== 'string' || !/^[A-Za-z][A-Za-z0-9]*$/.test(type))
    return refuse(400, 'an activity has one plain type')
  if (typeof id !== 'string' || !parseUri(id, rules))
    return refuse(400, 'an activity has one id, an https address')
  const actors = toList(activity.actor)
  const actorUri = actors.length === 1 ? idOf(actors[0]) : undefined
  if (actorUri === undefined || !parseObjectUri(actorUri, rules))
    return refuse(400, 'an activity has one actor, an https address without a fragment')
  const proof = activity.proof
  return {
    activity,
    id,
    type,
    actorUri,
    objectUri: idOf(activity.object),
    hasProof: typeof proof === 'object' && proof !== null,
  }
}

/**
 * Who signs may only speak of what is theirs (FEP-fe34): the id is the actor's own, and of a Create, Update or Delete
 * the object too, with all to whom it is attributed. Undo alone may have an id of ours: snac2 makes it so.
 */
export function refuseByOrigin(
  { activity, id, type, actorUri, objectUri }: Envelope,
  rules: UriRules,
): Refusal | undefined {
  const { origin } = new URL(actorUri)
  const idOrigin = new URL(id).origin
  if (idOrigin !== origin && !(type === 'Undo' && idOrigin === rules.ownOrigin))
    return refuse(403, 'the id of the activity is not its actor’s')
  if (!isFromOwner({ type })) return undefined

  const objectUrl = objectUri === undefined ? undefined : parseObjectUri(objectUri, rules)
  if (!objectUrl) return refuse(400, `${type} needs one object with an https id without a fragment`)
  if (objectUrl.origin !== origin) return refuse(403, 'the object is not its actor’s')
  const { object } = activity
  if (!isObject(object)) return undefined
  const owners = [...toList(object.attributedTo), ...toList(object.actor)]
  // Each is parsed before the signature is known to be good.
  if (owners.length > MAX_OWNERS)
    return refuse(400, `the object is attributed to more than ${MAX_OWNERS}`)
  for (const owner of owners) {
    const url = parseUri(idOf(owner) ?? '', rules)
    if (!url) return refuse(400, 'the object is attributed to no address')
    if (url.origin !== origin) return refuse(403, 'the object is attributed to somebody else')
  }
  return hasPlaceWithFragment(object) ? refuse(400, 'the id of a place has no fragment') : undefined
}

const hasPlaceWithFragment = (object: Json): boolean =>
  toList(object.location).some((place) => isObject(place) && idOf(place)?.includes('#'))

/** Which ids may be http: those of allowed loopback origins, and ours. */
export type UriRules = { allow: AllowLoopback; ownOrigin: string }

/**
 * An address that can be an id: https, no user, no port 0, its host in its one spelling, and none of the characters that
 * parsers of addresses disagree about.
 */
export function parseUri(text: string, { allow, ownOrigin }: UriRules): URL | undefined {
  if (!isPlainlySpelled(text) || !PLAIN.test(text)) return undefined
  const url = new URL(text)
  const plainHttp = isAllowedLoopback(url, allow) || url.origin === ownOrigin
  const scheme = url.protocol === 'https:' || plainHttp
  return scheme && url.port !== '0' ? url : undefined
}

/** Scheme and slashes in full, no `@` in the authority; white space and backslash WHATWG would drop or rewrite. */
const PLAIN = /^https?:\/\/[^/?#@\s\\]+(?:[/?#][^\s\\\p{Cc}]*)?$/u

const parseObjectUri = (text: string, rules: UriRules): URL | undefined =>
  text.includes('#') ? undefined : parseUri(text, rules)
