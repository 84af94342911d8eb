/**
 * Our agreement that a post of another server quotes an object of ours (FEP-044f), or that a collection there lists an
 * account of ours (FEP-7aa9), or the request for one. Everybody can read it at its address while it is given.
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
  /** The id of the request that is to be answered; undefined for one that was answered at once. */
  requestUri: string | undefined
  state: StampState
  /** When it was asked for, given or refused. */
  at: Temporal.Instant
}

/**
 * `asked` waits for the team, since the object is a person's · `given` is valid · `refused` is not, also where it was
 * given before: the same post or collection gets no other.
 */
export type StampState = 'asked' | 'given' | 'refused'

/** A request that nobody answers is refused after so many days. */
export const STAMP_ASKED_DAYS = 30

/** How many requests may wait for the team: of one registrable domain, and of all. */
export const STAMPS_ASKED = { ofDomain: 20, inAll: 500 }

export type StampKind = 'quote' | 'feature'

/** How many stamps one registrable domain may have: a server of many people quotes a few cafés a day. */
export const STAMPS_OF_DOMAIN = 10_000
