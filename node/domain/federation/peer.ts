/**
 * Another server that we know: a node that asks to join, a member of this directory, the directory that we joined,
 * or a foreign server that the team follows.
 */
export type Peer = {
  id: string
  /** The `host[:port]`, in lower case and with A-labels. */
  host: string
  origin: string
  /** Its `instance` actor (or the foreign actor that we follow). */
  actorUri: string
  name: string
  software: string | undefined
  /** What it is to us as a member of our directory. */
  membership: Membership
  /** Whether we follow it. */
  following: FollowingState
  /** The message of the person who asked, or the label of the invitation by which it was admitted. */
  invitation: string | undefined
  /** The id of the Follow that asks to join, which the answer names. */
  requestId: string | undefined
  requestedAt: Temporal.Instant | undefined
  /** Why our team refused it or ended its membership, perhaps empty; undefined where it left by itself. */
  reason?: string | undefined
  admittedAt: Temporal.Instant | undefined
  lastSeenAt: Temporal.Instant | undefined
  /** The first failure since the last success. */
  failingSince: Temporal.Instant | undefined
  lastError: string | undefined
  /** The first failure of a silence that is marked: pages then advise visitors to call before they travel. */
  silentSince: Temporal.Instant | undefined
  /** The moment since which its coming cafés are hidden, because it has been silent for so long. */
  hiddenSince: Temporal.Instant | undefined
  backfilledAt: Temporal.Instant | undefined
  reconciledAt: Temporal.Instant | undefined
}

/**
 * Returns whether this peer answers for everything on its server: it is the `instance` of a node or directory of this
 * software. Any other actor answers for itself alone.
 */
export const isWholeServer = ({ actorUri, origin }: Pick<Peer, 'actorUri' | 'origin'>): boolean =>
  actorUri === `${origin}/actors/instance`

/**
 * Returns whether this peer is told that one of its own cafés is not shown here, and why: it must be a member with this
 * software, since other software would make nothing of it.
 */
export const canReceiveJudgements = (
  peer: Pick<Peer, 'actorUri' | 'origin' | 'membership'>,
  cafe: { uri: string },
): boolean =>
  peer.membership === 'member' && isWholeServer(peer) && new URL(cafe.uri).origin === peer.origin

/** `none` stands for a peer that is not a member: a directory that we joined, or a foreign server. */
const MEMBERSHIPS = ['none', 'requested', 'member', 'refused', 'left'] as const
export type Membership = (typeof MEMBERSHIPS)[number]

/**
 * The part of a directory's list « Sites » in which a site is: it asks to be a member, is one, is one marked as
 * silent, is one no longer, was refused, or is of a blocked domain.
 */
export const SITE_STATES = ['requested', 'members', 'silent', 'left', 'refused', 'blocked'] as const
export type SiteState = (typeof SITE_STATES)[number]

const FOLLOWING_STATES = ['none', 'asked', 'accepted', 'refused'] as const
export type FollowingState = (typeof FOLLOWING_STATES)[number]

/** Returns whether what it says about cafés counts: it is a member, or a server that we follow and that accepted. */
export const isTracked = (peer: Pick<Peer, 'membership' | 'following'> | undefined): boolean =>
  peer?.membership === 'member' || peer?.following === 'accepted'

/** Returns whether it is not marked as silent; visitors are not told of a failure of one day. */
export const isReachable = (peer: Pick<Peer, 'silentSince'>): boolean =>
  peer.silentSince === undefined
