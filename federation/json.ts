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

export const originOf = (uri: string | undefined): string | undefined =>
  uri !== undefined && URL.canParse(uri) ? new URL(uri).origin : undefined
