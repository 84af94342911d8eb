import { sql } from 'kysely'
import { isBlockedHost } from './blocks.ts'

/** A server whose word about cafés counts now: a member, or one that we follow; and whose domain is not blocked. */
export const isTrusted = sql<boolean>`
  (peer.membership = 'member' or peer.following = 'accepted')
  and not ${isBlockedHost('peer.host')}`
