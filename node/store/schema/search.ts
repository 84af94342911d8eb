import type { Generated } from 'kysely'

/** The tables of the index of the search, which triggers maintain. */
export interface SearchTables {
  /** `per_minute` is how many positions there are in a minute. */
  search_state: { horizon: number; per_minute: number }
  search_frequent_beginning: { letters: string }
  search_source: {
    number: Generated<number>
    peer_id: string
    host: string
    shown: number
    changed: Generated<number>
    changed_at: Generated<string>
  }
  /** It has the cafés that were in sight and are deleted. Triggers maintain it as well. */
  removed_cafe: { uri: string; number: number; changed_at: number }
  listing_state: {
    one: number
    epoch: string
    last: number
    forgotten: number
    forgotten_at: string
  }
  search_entry: {
    position: number
    cafe_id: string
    starts_at: number
    ends_at: number
    starts_local: number
    ends_local: number
    latitude: number | null
    longitude: number | null
    source: number | null
    reserved: number
    archived: number
    facets: string
  }
}
