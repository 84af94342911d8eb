declare module 'json-canon' {
  /** RFC 8785. */
  export default function canonicalize(value: unknown): string
}
