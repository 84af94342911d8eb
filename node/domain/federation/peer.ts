/**
 * Another server that we know: a node that asks to join, a member of this directory, the directory that we joined,
 * or a foreign server that the team follows.
 */
export type Peer = {
  id: string
  /** host[:port], lower case, A-labels. */
  host: string
  origin: string
  /** Its `instance` actor (or the foreign actor that we follow). */
  actorUri: string
  name: string
  software: string | undefined
  /** What it is to us as a member of our directory. */
  membership: Membership
  /** Our own following of it. */
  following: FollowingState
  /** The person's own words with the request; the invitation's label when admitted by code. */
  invitation: string | undefined
  /** The id of the Follow that asks to join, to answer it. */
  requestId: string | undefined
  requestedAt: Temporal.Instant | undefined
  /** Why our team refused it or ended its membership, perhaps empty; undefined where it left by itself. */
  reason?: string | undefined
  admittedAt: Temporal.Instant | undefined
  lastSeenAt: Temporal.Instant | undefined
  /** First failure since the last success. */
  failingSince: Temporal.Instant | undefined
  lastError: string | undefined
  /** Marked as silent, since this first failure: pages say to call before one travels. */
  silentSince: Temporal.Instant | undefined
  /** Silent for so long that what it has to come is out of sight, from this moment on. */
  hiddenSince: Temporal.Instant | undefined
  backfilledAt: Temporal.Instant | undefined
  reconciledAt: Temporal.Instant | undefined
}

/**
 * Whether this peer answers for all that its server says: the `instance` of a node or directory of this software. Any other
 * actor answers for itself alone.
 */
export const isWholeServer = ({ actorUri, origin }: Pick<Peer, 'actorUri' | 'origin'>): boolean =>
  actorUri === `${origin}/actors/instance`

/**
 * Whether this peer hears that a café is not shown here, and why: a member, of a café of its own. Other software would make
 * nothing of it.
 */
export const canReceiveJudgements = (
  peer: Pick<Peer, 'actorUri' | 'origin' | 'membership'>,
  cafe: { uri: string },
): boolean =>
  peer.membership === 'member' && isWholeServer(peer) && new URL(cafe.uri).origin === peer.origin

/** `none`: not a member (a directory that we joined, a foreign server). */
const MEMBERSHIPS = ['none', 'requested', 'member', 'refused', 'left'] as const
export type Membership = (typeof MEMBERSHIPS)[number]

const FOLLOWING_STATES = ['none', 'asked', 'accepted', 'refused'] as const
export type FollowingState = (typeof FOLLOWING_STATES)[number]

/** Its word about cafés counts: a member, or a server that we follow and that accepted. */
export const isTracked = (peer: Pick<Peer, 'membership' | 'following'> | undefined): boolean =>
  peer?.membership === 'member' || peer?.following === 'accepted'

/** Not marked as silent: a failure of a day is nothing to tell visitors. */
export const isReachable = (peer: Pick<Peer, 'silentSince'>): boolean =>
  peer.silentSince === undefined
