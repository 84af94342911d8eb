import type { Network } from '../../domain/structures/network.ts'
import { describe, instant, optional, type RowOf, text } from './table.ts'

/** The tables of networks. */
export interface NetworkTables {
  network: NetworkTable
  network_manager: {
    network_id: string
    account_id: string
    created_at: string
    /** When this person last saw the dashboard. */
    seen_at: string | null
  }
}

/** The columns of a network, of this server or of another. */
export const NETWORK = describe<Network>()({
  id: text,
  uri: text,
  slug: text,
  name: text,
  presentation: text,
  website: optional(text),
  actorUri: text,
  organizationId: optional(text),
  peerId: optional(text),
  updatedAt: instant,
})

interface NetworkTable extends RowOf<typeof NETWORK> {
  created_at: string
  ended_at: string | null
}
