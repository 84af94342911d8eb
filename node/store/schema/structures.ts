import type { Generated } from 'kysely'
import type { AddressColumns } from './address.ts'

/** The tables of structures that organise cafés, here or elsewhere. */
export interface StructureTables {
  organization: AddressColumns & {
    id: string
    slug: string
    name: string
    created_at: string
    kind: string | null
    siret: string | null
    rna: string | null
    phone: string | null
    email: string | null
    website: string | null
    presentation_markdown: string | null
    presentation_html: Generated<string>
    links: Generated<string>
    logo_id: string | null
  }
  structure: AddressColumns & {
    uri: string
    id: string
    peer_id: string | null
    organization_id: string | null
    name: string
    url: string
    username: string | null
    kind: string | null
    website: string | null
    search_text: string
    last_word_at: string
    described_at: string | null
    read_at: string | null
  }
}
