import type { Generated } from 'kysely'
import type { FeaturedPlace } from '../../domain/federation/featured-place.ts'
import type { Stamp } from '../../domain/federation/stamp.ts'
import { choice, describe, instant, number, optional, type RowOf, text } from './table.ts'

/**
 * What one of our accounts has told of a café: `posted` to its followers; `waiting` for the day's digest; `told` in a
 * digest, or by `cafes` in its own post; only `listed` in its outbox; or to be told `later`, at the time of the row,
 * since it is a date of a series that is still far. Of a `series`, the row has the time at which it was told of last.
 */
export type AnnouncedState = 'posted' | 'waiting' | 'told' | 'listed' | 'later' | 'series'

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
    state: Generated<AnnouncedState>
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
    state: AnnouncedState
    believed: string | null
  }
  change_note: {
    cafe_uri: string
    uri: string
    actor: string
    note_uri: string | null
    shared_at: string | null
  }
  stamp: RowOf<typeof STAMP> & {
    /** The registrable domain of who asked. */
    domain: string
  }
  featured_place: RowOf<typeof FEATURED_PLACE>
}

/** The columns of a place that a collection lists, or has asked to. */
export const FEATURED_PLACE = describe<FeaturedPlace>()({
  actorUri: text,
  feed: text,
  part: number,
  requestUri: text,
  askedAt: instant,
  stampUri: optional(text),
  answeredAt: optional(instant),
})

/** The columns of a stamp. */
export const STAMP = describe<Stamp>()({
  id: text,
  kind: choice<Stamp['kind']>(),
  giver: text,
  targetUri: text,
  instrumentUri: text,
  requesterUri: text,
  inbox: text,
  requestUri: optional(text),
  state: choice<Stamp['state']>(),
  at: instant,
})
