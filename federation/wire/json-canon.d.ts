declare module 'json-canon' {
  /** The canonical form of RFC 8785. */
  export default function canonicalize(value: unknown): string
}
