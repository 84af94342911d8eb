import type { Generated } from 'kysely'
import type { HiddenReason } from '../../domain/cafes/cafe.ts'
import type { AddressColumns } from './address.ts'

/** The tables of cafés, their venues, and what belongs to them. */
export interface CafeTables {
  venue: {
    id: string
    organization_id: string
    reference: string | null
    name: string
    street_address: string | null
    postal_code: string | null
    commune: string
    code_insee: string | null
    departement: string | null
    region: string | null
    latitude: number | null
    longitude: number | null
    access: string | null
    accessibility: Generated<string>
    acceslibre_url: string | null
    updated_at: string
  }
  cafe: CafeTable
  cafe_document: { cafe_id: string; body: Buffer<ArrayBuffer> }
  cafe_picture: {
    cafe_id: string
    address: string
    alt: string
    small: Uint8Array | null
    large: Uint8Array | null
    width: number | null
    height: number | null
  }
  imported: {
    cafe_id: string
    said: string
    calendar_id: string | null
    missing_since: string | null
  }
  followed_calendar: {
    id: string
    organization_id: string
    address: string
    publication: 'published' | 'draft'
    left_out: string
    etag: string | null
    last_modified: string | null
    created_at: string
    due_at: string
    read_at: string | null
    whole_at: string | null
    cafes: Generated<number>
    aside: Generated<number>
    failures: Generated<number>
    failing_since: string | null
    fault: string | null
  }
  cafe_announcer: { cafe_id: string; peer_id: string }
  missing_cafe: {
    cafe_id: string
    hidden_reason: HiddenReason | null
    asked_at: string
    not_found: Generated<number>
    not_found_at: string
  }
  alike: { one_id: string; other_id: string; reason: 'uid' | 'likeness' }
  duplicate: { cafe_id: string; shown_id: string; reason: 'uid' | 'likeness' | 'team' }
  distinct_cafe: { one_id: string; other_id: string }
}

export interface CafeTable extends AddressColumns {
  id: string
  uri: string
  origin_host: string
  url: string
  /** Empty for a peer's café whose UID is that of our software (`usualUidOf`). */
  uid: string
  recurrence_id: string | null
  reference: string | null
  series: string | null
  organization_id: string | null
  peer_id: string | null
  announced_for: string | null
  announced_under: string | null
  organizer_uri: string
  organizer_name: string
  organizer_url: string
  publication: 'draft' | 'scheduled' | 'published'
  publish_at: string | null
  published_at: string | null
  updated_at: string
  confirmed_at: string | null
  hidden_reason: HiddenReason | null
  title: string
  summary: string | null
  description_markdown: string | null
  description_html: string
  /** The text of `description_html`; empty where `textOfParagraphs` tells it. */
  description_text: string
  starts_at: string
  ends_at: string
  /** 1 for a draft whose `starts_at` is only a stand-in. */
  undated: number
  wall_starts_at: string
  /** Empty for a peer's café in which the clock is not changed: it is as long after `wall_starts_at` as the instants. */
  wall_ends_at: string
  /** Of a peer's café this and five lists are empty where they have the usual value (`fullValueOf`). */
  timezone: string
  status: string
  status_note: string | null
  previous_starts_at: string | null
  attendance_mode: string
  online_url: string | null
  registrants_url: string | null
  open_to: string
  intentions: string
  languages: string
  speakers: string
  support: string | null
  phone: string | null
  venue_id: string | null
  venue_name: string | null
  venue_access: string | null
  venue_acceslibre_url: string | null
  latitude: number | null
  longitude: number | null
  format: string | null
  themes: string
  audiences: string
  accessibility: string
  registration_mode: string
  registration_url: string | null
  capacity: number | null
  seats_left: number | null
  waitlist: number
  image_url: string | null
  image_alt: string | null
  image_credit: string | null
  image_focal_x: number | null
  image_focal_y: number | null
  image_width: number | null
  image_height: number | null
  image_sizes: string | null
  media_id: string | null
  /** The number of its last change, null for one that was never in sight. */
  change_number: Generated<number | null>
  /** The time of that change, in seconds since 1970. */
  changed_at: Generated<number | null>
}
