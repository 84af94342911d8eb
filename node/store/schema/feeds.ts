import type { Generated } from 'kysely'

/** The tables of the accounts to follow, and of what they have said. */
export interface FeedTables {
  follower: {
    actor: string
    uri: string
    host: string
    /** The registrable domain of `host`. */
    domain: Generated<string>
    inbox: string
    shared_inbox: string | null
    follow_id: string
    created_at: string
  }
  feed: {
    name: string
    kind: 'national' | 'online' | 'region' | 'departement' | 'network'
    code: string
    title: string
    timezone: string
    created_at: string
  }
  feed_day: { feed: string; day: string; posts: number }
  feed_digest: { feed: string; kind: 'daily' | 'weekly'; day: string }
  announced_cafe: { number: Generated<number>; uri: string }
  announcer: { number: Generated<number>; actor: string; head: string }
  announced_row: {
    cafe: number
    announcer: number
    tail: string
    at: number
    state: Generated<'posted' | 'waiting' | 'told' | 'listed'>
    /** A `KnownState` as JSON. */
    believed: Generated<string | null>
  }
  /** A read-only view of these three tables. */
  announced: {
    object_uri: string
    actor: string
    announcer: number
    activity_id: string
    at: number
    state: 'posted' | 'waiting' | 'told' | 'listed'
    believed: string | null
  }
  change_note: {
    cafe_uri: string
    uri: string
    actor: string
    note_uri: string | null
    shared_at: string | null
  }
}
