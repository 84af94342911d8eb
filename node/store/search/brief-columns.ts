import { sql } from 'kysely'
import type { CafeTable } from '../schema/cafes.ts'

type Description = 'description_markdown' | 'description_html' | 'description_text'

/** Columns that only the lists of changes read. */
type OfChange = 'change_number' | 'changed_at'

const OTHERS: Record<Exclude<keyof CafeTable, Description | OfChange>, true> = {
  id: true,
  uri: true,
  origin_host: true,
  url: true,
  uid: true,
  recurrence_id: true,
  reference: true,
  series: true,
  organization_id: true,
  peer_id: true,
  organizer_uri: true,
  organizer_name: true,
  organizer_url: true,
  publication: true,
  publish_at: true,
  published_at: true,
  updated_at: true,
  confirmed_at: true,
  hidden_reason: true,
  title: true,
  summary: true,
  starts_at: true,
  ends_at: true,
  wall_starts_at: true,
  wall_ends_at: true,
  timezone: true,
  status: true,
  status_note: true,
  previous_starts_at: true,
  attendance_mode: true,
  online_url: true,
  registrants_url: true,
  open_to: true,
  intentions: true,
  languages: true,
  speakers: true,
  support: true,
  phone: true,
  venue_id: true,
  venue_name: true,
  venue_access: true,
  venue_acceslibre_url: true,
  street_address: true,
  postal_code: true,
  commune: true,
  code_insee: true,
  departement: true,
  region: true,
  latitude: true,
  longitude: true,
  format: true,
  themes: true,
  audiences: true,
  accessibility: true,
  registration_mode: true,
  registration_url: true,
  capacity: true,
  seats_left: true,
  waitlist: true,
  image_url: true,
  image_alt: true,
  image_credit: true,
  image_focal_x: true,
  image_focal_y: true,
  image_width: true,
  image_height: true,
  image_sizes: true,
  media_id: true,
  announced_for: true,
  announced_under: true,
  undated: true,
}

/**
 * The columns of a café with empty descriptions, for lists, which do not show them: a description may be a hundred times
 * as long as all else. They are one text, since Kysely visits each column of a list whenever a query is compiled.
 */
export const BRIEF_COLUMNS = sql.raw(
  [
    ...Object.keys(OTHERS).map((name) => `cafe.${name}`),
    "null as description_markdown, '' as description_html, '' as description_text",
  ].join(', '),
)
