/** A JSON object of unknown content; each value is checked where it is read. */
export type Json = { readonly [name: string]: unknown }

/** Returns whether a value from JSON is an object, and neither null nor an array. */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Returns a list of one value or several, since JSON-LD lets peers write either. */
export const toList = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]

/** Returns whether an object is of this type, which may be one of several (ActivityStreams 2.0 Core, §4.1). */
export const isOfType = ({ type }: Json, name: string): boolean => toList(type).includes(name)

/** Returns a value from JSON where it is a text that is not empty; undefined otherwise. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** Returns a value from JSON where it is the text of an instant (RFC 3339); undefined otherwise. */
export function instantOf(value: unknown): Temporal.Instant | undefined {
  try {
    return typeof value === 'string' ? Temporal.Instant.from(value) : undefined
  } catch {
    return undefined
  }
}

/** Returns the id of an object that is either named or embedded. */
export const idOf = (value: unknown): string | undefined =>
  isObject(value) ? textOf(value.id) : textOf(value)

/**
 * The longest address that is stored, in bytes: PostgreSQL refuses a row of which the indexed texts, here two addresses
 * at most, take more than 2,704 bytes together.
 */
const MAX_ADDRESS = 1024

/**
 * Returns whether an address of somebody else can be stored as it is: it is short, and has no half of a surrogate pair,
 * for which databases store another character.
 */
export const isStorable = (address: string): boolean =>
  address.length <= MAX_ADDRESS &&
  address.isWellFormed() &&
  Buffer.byteLength(address) <= MAX_ADDRESS

/** The maximum number of actors to which an object may be attributed: a group, its author and a few more. */
export const MAX_OWNERS = 10

/**
 * Returns whether it is an address that can be stored, whose host is in the one spelling in which hosts are compared:
 * A-labels (RFC 5890), lower case, without default port, user or trailing dot. `https://BÜCHER.example/1` would be
 * another id of the object at `https://xn--bcher-kva.example/1`.
 */
export function isPlainlySpelled(uri: string): boolean {
  const url = isStorable(uri) ? URL.parse(uri) : null
  if (!url || !uri.startsWith(url.origin)) return false
  const rest = uri.slice(url.origin.length)
  return /^([/?#]|$)/.test(rest) && !url.hostname.endsWith('.')
}

/** Returns the origin of an address; undefined where it is none. */
export const originOf = (uri: string | undefined): string | undefined =>
  uri === undefined ? undefined : URL.parse(uri)?.origin
