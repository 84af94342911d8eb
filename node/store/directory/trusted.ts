import { sql } from 'kysely'
import { isBlockedHost } from './blocks.ts'

/**
 * The condition that the word of a `peer` about cafés counts (`isTracked` of the domain). Blocks are not considered.
 */
export const isTrackedPeer = sql<boolean>`(peer.membership = 'member' or peer.following = 'accepted')`

/**
 * The condition that a server's word about cafés counts now: it is a member, or one that we follow, and its domain is
 * not blocked.
 */
export const isTrusted = sql<boolean>`${isTrackedPeer} and not ${isBlockedHost('peer.host')}`

/** The condition that what a server says of structures and people is listed: it is trusted, and not limited. */
export const isListedPeer = sql<boolean>`${isTrusted} and not ${isBlockedHost('peer.host', 'limit')}`
