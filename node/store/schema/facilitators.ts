import type { Generated } from 'kysely'

/** The tables of people who lead cafés. */
export interface FacilitatorTables {
  facilitator: {
    id: string
    handle: string
    alias: string | null
    uri: string
    url: string
    actor_uri: string | null
    organization_id: string | null
    peer_id: string | null
    name: string
    title: string
    territory: string | null
    departement: string | null
    region: string | null
    latitude: number | null
    longitude: number | null
    radius_km: number | null
    formats: string
    themes: string
    languages: string
    status: string | null
    training: string | null
    trained_on: string | null
    availability: string | null
    presentation: string | null
    media_id: string | null
    photo_url: string | null
    photo_alt: string | null
    photo_width: number | null
    photo_height: number | null
    photo_sizes: string | null
    contact: string
    shown_contact: string | null
    level: string
    field_levels: string
    directories: Generated<string>
    mandates: Generated<string>
    fediverse: number
    state: string
    approved_at: string | null
    consented_at: string | null
    expires_at: string | null
    reminded_at: Generated<string | null>
    created_at: string
    updated_at: string
    checked_at: Generated<string | null>
    confirmed_at: Generated<string | null>
  }
  facilitator_contact: {
    facilitator_id: string
    email: string | null
    next_email: Generated<string | null>
    confirmed_at: string | null
    is_adult_at: string | null
  }
  facilitator_draft: {
    facilitator_id: string
    body: string
    media_id: string | null
    updated_at: string
  }
  facilitator_entry: {
    facilitator_id: string
    audience: 'public' | 'network'
    name: string
    peer_id: string | null
    organization_id: string | null
    title: string
    territory: string | null
    departement: string | null
    region: string | null
    latitude: number | null
    longitude: number | null
    radius_km: number | null
    training: string | null
    languages: string
    formats: string
    themes: string
    words: string
    expires_at: string | null
  }
  directory_question: { facilitator_id: string; host: string; at: string }
  facilitator_picture: {
    facilitator_id: string
    address: string
    bytes: Uint8Array
    width: number
    height: number
  }
  cafe_facilitator: { cafe_id: string; facilitator_id: string; position: number }
  facilitates: { facilitator_id: string; cafe_uri: string }
}
