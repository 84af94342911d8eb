import type { GeneratedAlways } from 'kysely'

/** The tables of networks and their members. */
export interface NetworkTables {
  network: {
    id: string
    uri: string
    slug: string
    name: string
    presentation: string
    website: string | null
    actor_uri: string
    organization_id: string | null
    peer_id: string | null
    created_at: string
    updated_at: string
    ended_at: string | null
  }
  network_member: {
    network_uri: string
    structure_uri: string
    structure_name: string
    offer_id: string | null
    structure_at: string | null
    network_at: string | null
    ended_at: string | null
    ended_by: 'structure' | 'network' | null
    active: GeneratedAlways<number>
  }
  network_manager: { network_id: string; account_id: string; created_at: string }
}
