import type { Generated } from 'kysely'

/** The tables of the index of the search, which `search-index/reindex-cafes.ts` maintains. */
export interface SearchTables {
  search_state: { horizon: number }
  search_source: {
    number: Generated<number>
    peer_id: string
    host: string
    shown: Generated<number>
    hidden_since: string | null
    changed: Generated<number>
    changed_at: Generated<string>
  }
  former_facets: { cafe_id: string; facets: string }
  /** It has the cafés that were in sight and are deleted. */
  removed_cafe: { uri: string; number: number; changed_at: number; facets: string }
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
  /** The full-text indexes of SQLite. */
  search_coming: { rowid: number; words: string }
  search_past: { rowid: number; words: string }
}
