/** What a directory may hide of what its members publish, one at a time. */
export const HIDDEN_KINDS = ['cafe', 'facilitator', 'structure'] as const
export type HiddenKind = (typeof HIDDEN_KINDS)[number]

/** Something of another server that is not shown here, and why. */
export type HiddenObject = {
  kind: HiddenKind
  /** Its address, which identifies it. */
  uri: string
  /** Its title or name; its address where it is not here now. */
  name: string
  /** The host of its server. */
  host: string
  reason: string
  at: Temporal.Instant
}
