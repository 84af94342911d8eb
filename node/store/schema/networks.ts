/** The tables of networks. */
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
  network_manager: { network_id: string; account_id: string; created_at: string }
}
