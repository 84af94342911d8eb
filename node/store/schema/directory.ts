import type { Generated } from 'kysely'
import type { BlockLevel } from '../../domain/federation/block.ts'
import type { Following } from '../../domain/federation/following.ts'
import type { HiddenKind } from '../../domain/federation/hidden-object.ts'
import type { FollowingState, Membership, Peer } from '../../domain/federation/peer.ts'
import type { ReachedLimit } from '../../domain/limits/reading-budget.ts'
import {
  choice,
  describe,
  flag,
  instant,
  leftOut,
  optional,
  type RowOf,
  refusal,
  text,
} from './table.ts'

/** The tables of other servers, and of what we have agreed with them. */
export interface DirectoryTables {
  peer: PeerTable
  follower_server: {
    peer_id: string
    host: string
    /** The shared inbox of a server that has followers of this member. */
    inbox: string
    /** Since when the member has not named it. */
    missing_since: Generated<string | null>
  }
  recovery: {
    peer_id: string
    asked_at: string
    answer: 'granted' | 'refused' | null
    answered_at: string | null
  }
  peer_day: {
    peer_id: string
    /** The day in UTC: `2026-11-27`. */
    day: string
    pages: Generated<number>
    items: Generated<number>
    bytes: Generated<number>
    seconds: Generated<number>
    cafes: Generated<number>
    stopped_by: ReachedLimit | null
  }
  moderator: { peer_id: string; actor_uri: string }
  invitation: {
    id: string
    organization_id: string
    label: string
    created_at: string
    expires_at: string
    used_at: string | null
    used_by: string | null
  }
  following: FollowingTable
  hidden_object: {
    uri: string
    kind: HiddenKind
    reason: string
    at: string
    territory: string | null
  }
  hidden_elsewhere: {
    resource_id: string | null
    cafe_id: string | null
    facilitator_id: string | null
    organization_id: string | null
    part: Generated<string>
    directory: string
    reason: string
    at: string
    told_at: string | null
    seen_at: string | null
    appealed_at: string | null
  }
  block: {
    /** A host, or the id of an account. */
    target: string
    level: BlockLevel
    /** What everybody reads. */
    reason: string
    /** What the team alone reads. */
    note: string
    /** The last day of the block, `2027-01-31`; null for one that the team ends itself. */
    ends_on: string | null
    /** 1 where it was taken over from a list. */
    is_listed: number
    created_at: string
  }
  listed_block: { target: string; level: BlockLevel; reason: string }
  deletion: {
    kind: 'cafe' | 'series' | 'profile' | 'address' | 'resource'
    key: string
    /** The organizer for whose cafés it counts; empty for every organizer. */
    owner_uri: Generated<string>
    /** The registrable domain that deleted a café; null for what is ours. */
    domain: Generated<string | null>
    cafe_id: Generated<string | null>
    at: string
  }
}

/** The columns of another server. */
export const PEER = describe<Peer>()({
  id: text,
  host: text,
  origin: text,
  actorUri: text,
  name: text,
  software: optional(text),
  membership: choice<Membership>(),
  following: choice<FollowingState>(),
  invitation: optional(text),
  requestId: optional(text),
  requestedAt: optional(instant),
  reason: leftOut(text),
  admittedAt: optional(instant),
  lastSeenAt: optional(instant),
  failingSince: optional(instant),
  lastError: optional(text),
  silentSince: optional(instant),
  hiddenSince: optional(instant),
  backfilledAt: optional(instant),
  reconciledAt: optional(instant),
})

/** The columns of what one of our actors follows; those of the answer say whether the team has read it. */
export const FOLLOWING = describe<Omit<Following, 'isAnswerUnread'>>()({
  id: text,
  actor: text,
  address: text,
  targetUri: optional(text),
  followId: text,
  isJoin: flag,
  invitation: optional(text),
  message: leftOut(text),
  state: choice<Following['state']>(),
  reason: leftOut(text),
  error: optional(refusal),
  createdAt: instant,
})

interface FollowingTable extends RowOf<typeof FOLLOWING> {
  answered_at: string | null
  told_at: string | null
}

interface PeerTable extends RowOf<typeof PEER> {
  /** The name and the host, folded by `foldWords`. */
  search_text: string
  actor_etag: string | null
  left_at: string | null
  visited_at: string | null
}
