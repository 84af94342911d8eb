import { type AllowLoopback, isAllowedLoopback } from '../remote/addresses.ts'
import { CONTEXT } from '../wire/context.ts'
import {
  idOf,
  isObject,
  isOfType,
  isPlainlySpelled,
  type Json,
  MAX_OWNERS,
  toList,
} from '../wire/json.ts'
import {
  DuplicateNameError,
  OF_POSTED,
  parseStrictBytes,
  TooComplexError,
} from '../wire/strict-json.ts'

/** What is read of an activity before any of it is believed. */
export type Envelope = {
  activity: Json
  id: string
  type: string
  actorUri: string
  /** The id of a single object, which is given by its id or whole. */
  objectUri: string | undefined
  /** Whether it carries a proof of its own, so that another server may have forwarded it. */
  hasProof: boolean
}

export type Refusal = { status: number; reason: string; retryAfter?: number }

/** Returns whether what a step of the gate returned is its refusal of the message. */
export const isRefusal = (value: object): value is Refusal => 'reason' in value && 'status' in value

const refuse = (status: number, reason: string): Refusal => ({ status, reason })

/** The types of activities in which the owner of an object speaks about it. */
const OWNER_TYPES = ['Create', 'Update', 'Delete']
/** Returns whether an activity is one by which the owner of an object speaks about it. */
export const isFromOwner = ({ type }: Pick<Envelope, 'type'>): boolean => OWNER_TYPES.includes(type)

/**
 * The keywords of a literal with a type or a language, which holds nothing further. Fedify writes our actor's Multikey
 * in this way when it embeds our Follow in its Accept.
 */
const LITERAL_KEYWORDS = ['@value', '@language']

/**
 * Parses the JSON object in a request body, which must be shallow and without JSON-LD's structuring keywords; otherwise
 * returns why it is refused.
 */
export function parseObject(body: Buffer): { activity: Json } | Refusal {
  let value: unknown
  try {
    value = parseStrictBytes(body, OF_POSTED)
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
 * Finds what is wrong with a value. `@graph`, `@reverse`, `@included` and `@id` can make a JSON-LD processor read
 * another activity than the plain JSON that was checked (CVE-2026-42462). Contexts are full of keywords and are not
 * searched.
 */
function faultIn(value: unknown, inContext: boolean): string | undefined {
  if (typeof value !== 'object' || value === null || value === CONTEXT) return undefined
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return 'the body has a key __proto__'
    if (!inContext && key !== '@context' && isKeyword(key) && !LITERAL_KEYWORDS.includes(key))
      return `the body has the keyword ${key}`
    const fault = faultIn((value as Json)[key], inContext || key === '@context')
    if (fault) return fault
  }
  return undefined
}

const isKeyword = (key: string): boolean => /^@[A-Za-z]+$/.test(key)

/**
 * Adds who signs a request to be listed in a collection, which FEP-7aa9 and Mastodon write without an actor: the actor
 * that the key's id names before its fragment, which is verified as any other.
 */
export const withSigner = (activity: Json, keyId: string): Json =>
  activity.actor === undefined && isOfType(activity, 'FeatureRequest')
    ? { ...activity, actor: keyId.split('#', 1)[0] }
    : activity

/**
 * Reads the envelope: one id, one simple type and one actor, whose addresses must be acceptable. Otherwise returns why
 * it is refused.
 */
export function readEnvelope(activity: Json, rules: UriRules): Envelope | Refusal {
  const { id } = activity
  const type = plainTypeOf(activity)
  if (type === undefined) return refuse(400, 'an activity has one plain type')
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
 * Returns the one type of an activity by which it is read; undefined where there is none, or more than one. Beside it
 * there may be types of other vocabularies (ActivityStreams 2.0 Core, §4.1), which are nothing to us; of two types that
 * we know, nobody could tell which rules apply.
 */
function plainTypeOf({ type }: Json): string | undefined {
  const types = toList(type)
  if (types.length > MAX_TYPES || !types.every((each) => typeof each === 'string')) return undefined
  const plain = [...new Set(types.filter((each) => /^[A-Za-z][A-Za-z0-9]*$/.test(each)))]
  const known = plain.filter((each) => ACTIVITY_TYPES.has(each))
  const [chosen, ...others] = known.length > 0 ? known : plain
  return others.length === 0 ? chosen : undefined
}

const MAX_TYPES = 10

/** The types of activities (Activity Vocabulary, §2 and §3.1; FEP-044f and FEP-7aa9). */
const ACTIVITY_TYPES: ReadonlySet<string> = new Set(
  [
    'Accept Add Announce Arrive Block Create Delete Dislike Flag Follow Ignore Invite Join Leave Like Listen Move Offer',
    'FeatureRequest QuoteRequest Question Read Reject Remove TentativeAccept TentativeReject Travel Undo Update View',
  ].flatMap((names) => names.split(' ')),
)

/**
 * An actor may only speak of its own objects (FEP-fe34): the id must be of the actor's own origin, and in a Create,
 * Update or Delete the object too, with all to whom it is attributed. Only an Undo may have an id of ours, which snac2
 * gives it.
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
  // The number is limited because each is parsed before the signature is known to be good.
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

/** Which ids may be http: those of allowed loopback origins, and our own. */
export type UriRules = { allow: AllowLoopback; ownOrigin: string }

/**
 * Parses an address that can be an id: https, without user or port 0, its host in its one spelling, and without the
 * characters about which parsers of addresses disagree. Undefined for any other.
 */
export function parseUri(text: string, { allow, ownOrigin }: UriRules): URL | undefined {
  if (!isPlainlySpelled(text) || !PLAIN.test(text)) return undefined
  const url = new URL(text)
  const plainHttp = isAllowedLoopback(url, allow) || url.origin === ownOrigin
  const scheme = url.protocol === 'https:' || plainHttp
  return scheme && url.port !== '0' ? url : undefined
}

/**
 * The scheme and both slashes are written out, and there is no `@` in the authority, nor white space or a backslash,
 * which the WHATWG parser would drop or rewrite.
 */
const PLAIN = /^https?:\/\/[^/?#@\s\\]+(?:[/?#][^\s\\\p{Cc}]*)?$/u

const parseObjectUri = (text: string, rules: UriRules): URL | undefined =>
  text.includes('#') ? undefined : parseUri(text, rules)
