/** A JSON object of unknown content: what is read from it is checked where it is read. */
export type Json = { readonly [name: string]: unknown }

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One value or a list of them, as JSON-LD lets peers write either. */
export const toList = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** The id of something that is either named or embedded. */
export const idOf = (value: unknown): string | undefined =>
  isObject(value) ? textOf(value.id) : textOf(value)

/**
 * Whether its host is written in the one way in which hosts are compared: A-labels (RFC 5890), lower case, without default
 * port, user or trailing dot. `https://BÜCHER.example/1` would be another id of what `https://xn--bcher-kva.example/1` is.
 */
export function isPlainlySpelled(uri: string): boolean {
  if (!URL.canParse(uri)) return false
  const { origin, hostname } = new URL(uri)
  const rest = uri.startsWith(origin) ? uri.slice(origin.length) : undefined
  return rest !== undefined && /^([/?#]|$)/.test(rest) && !hostname.endsWith('.')
}

export const originOf = (uri: string | undefined): string | undefined =>
  uri !== undefined && URL.canParse(uri) ? new URL(uri).origin : undefined
