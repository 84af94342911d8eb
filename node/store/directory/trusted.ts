import { sql } from 'kysely'
import { isBlockedHost } from './blocks.ts'

/** Of a row of `peer`: its word about cafés counts (`isTracked` of the domain). Blocks are not looked at. */
export const isTrackedPeer = sql<boolean>`(peer.membership = 'member' or peer.following = 'accepted')`

/** A server whose word about cafés counts now: a member, or one that we follow; and whose domain is not blocked. */
export const isTrusted = sql<boolean>`${isTrackedPeer} and not ${isBlockedHost('peer.host')}`
