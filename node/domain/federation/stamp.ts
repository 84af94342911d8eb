/**
 * Our agreement that a post of another server quotes an object of ours (FEP-044f), or that a collection there lists an
 * account of ours (FEP-7aa9). Everybody can read it at its address until it is withdrawn.
 */
export type Stamp = {
  id: string
  kind: StampKind
  /** The identifier of the account of ours that agreed, which is the author of a quoted object. */
  giver: string
  /** The address of our object or account. */
  targetUri: string
  /** The address of the post that quotes, or of the collection. */
  instrumentUri: string
  /** The actor that asked, whose own the post or the collection is. */
  requesterUri: string
  inbox: string
  givenAt: Temporal.Instant
}

export type StampKind = 'quote' | 'feature'

/** How many stamps one registrable domain may have: a server of many people quotes a few cafés a day. */
export const STAMPS_OF_DOMAIN = 10_000
