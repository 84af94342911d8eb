import type { Generated, GeneratedAlways } from 'kysely'
import type { HiddenReason } from '../domain/cafes/cafe.ts'
import type { ReachedLimit } from '../domain/federation/reading-budget.ts'
import type { LinkPurpose } from '../domain/values/link.ts'

/** The tables as Kysely sees them; what each column may hold is said by the migrations. */
export interface Schema {
  alike: { one_id: string; other_id: string; reason: 'uid' | 'likeness' }
  duplicate: { cafe_id: string; shown_id: string; reason: 'uid' | 'likeness' | 'team' }
  /** Kept by triggers. */
  search_source: { number: Generated<number>; peer_id: string; host: string; shown: number }
  cafe_teller: { cafe_id: string; peer_id: string }
  distinct_cafe: { one_id: string; other_id: string }
  letter_choice: { cafe_id: string; choice: 'forward' | 'out'; position: number }
  letter: { id: string; sent_at: string }
  letter_cafe: {
    letter_id: string
    cafe_id: string
    title: string
    url: string
    starts_at: string
    timezone: string
    status: string
    attendance_mode: string | null
    venue_name: string | null
    venue_commune: string | null
  }
  monthly_count: {
    month: string
    departement: string
    held: number
    to_come: number
    cancelled: number
  }
  active_organizer: { month: string; organizer_uri: string }
  setting: { name: string; value: string }
  content_version: { writer: number; version: number }
  organization: {
    id: string
    slug: string
    name: string
    created_at: string
    kind: string | null
    siret: string | null
    rna: string | null
    street_address: string | null
    postal_code: string | null
    commune: string | null
    code_insee: string | null
    departement: string | null
    region: string | null
    phone: string | null
    email: string | null
    website: string | null
    presentation_markdown: string | null
    presentation_html: Generated<string>
    links: Generated<string>
    logo_id: string | null
  }
  account: {
    id: string
    email: string
    name: string
    password_hash: string | null
    created_at: string
    entered_at: Generated<string | null>
  }
  role: { account_id: string; organization_id: string; role: 'administrator' | 'editor' }
  session: {
    token_hash: string
    account_id: string
    user_agent: string
    created_at: string
    last_used_at: string
    expires_at: string
  }
  link: {
    token_hash: string
    purpose: LinkPurpose
    subject: string
    mailed_to: string | null
    created_at: string
    expires_at: string | null
    used_at: string | null
  }
  team_invitation: {
    id: string
    organization_id: string
    role: 'administrator' | 'editor'
    email: string | null
    invited_by: string
    created_at: string
    expires_at: string
    used_at: string | null
  }
  mail: {
    id: string
    template: string
    about: string | null
    params: Generated<string>
    recipient: string
    subject: Generated<string>
    created_at: string
    due_at: string
    expires_at: string
    attempts: Generated<number>
    sent_at: string | null
    dropped_at: string | null
    error: string | null
    alert_id: Generated<string | null>
    facilitator_id: Generated<string | null>
    reply_to: Generated<string | null>
  }
  api_token: {
    id: string
    organization_id: string
    label: string
    token_hash: string
    created_at: string
    last_used_at: string | null
    revoked_at: string | null
  }
  idempotent_answer: {
    token_id: string
    key: string
    request_hash: string
    status: number
    body: string
    created_at: string
  }
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
    updated_at: string
    access: string | null
    accessibility: Generated<string>
    acceslibre_url: string | null
  }
  media: {
    id: string
    organization_id: string
    width: number
    height: number
    sizes: string
    created_at: string
  }
  peer: {
    id: string
    host: string
    origin: string
    actor_uri: string
    name: string
    software: string | null
    membership: 'none' | 'requested' | 'member' | 'refused' | 'left'
    following: 'none' | 'asked' | 'accepted' | 'refused'
    invitation: string | null
    request_id: string | null
    requested_at: string | null
    admitted_at: string | null
    left_at: string | null
    last_seen_at: string | null
    failing_since: string | null
    last_error: string | null
    backfilled_at: string | null
    reconciled_at: string | null
    visited_at: Generated<string | null>
    actor_etag: Generated<string | null>
    silent_since: Generated<string | null>
    hidden_since: Generated<string | null>
  }
  invitation: {
    id: string
    organization_id: string
    label: string
    created_at: string
    expires_at: string
    used_at: string | null
    used_by: string | null
  }
  blocked_domain: { domain: string; reason: string; created_at: string }
  remote_actor: {
    uri: string
    host: string
    type: string
    name: string
    preferred_username: string | null
    inbox: string
    shared_inbox: string | null
    fetched_at: string
  }
  remote_key: { key_id: string; actor_uri: string; pem: string; fetched_at: string }
  pinned_key: {
    key_id: string
    actor_uri: string
    public_pem: string
    first_seen_at: string
    retired_at: string | null
  }
  actor_key: {
    key_id: string
    actor: string
    algorithm: 'rsa' | 'ed25519'
    private_pem: string
    public_pem: string
    created_at: string
    retired_at: string | null
  }
  follower: {
    actor: string
    uri: string
    host: string
    inbox: string
    shared_inbox: string | null
    follow_id: string
    created_at: string
    /** The registrable domain of `host`. */
    domain: Generated<string>
  }
  following: {
    id: string
    actor: string
    address: string
    target_uri: string | null
    follow_id: string
    is_join: number
    invitation: string | null
    state: 'asked' | 'accepted' | 'refused' | 'failed'
    error: string | null
    created_at: string
    answered_at: string | null
  }
  cafe: CafeTable
  search_state: { horizon: number }
  search_frequent_beginning: { letters: string }
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
  imported: { cafe_id: string; said: string }
  document: { uri: string; body: string }
  cafe_document: { cafe_id: string; body: Buffer<ArrayBuffer> }
  activity: {
    seq: Generated<number>
    id: string
    actor: string
    type: string
    object_uri: string
    body: string
    created_at: string
  }
  change: {
    id: Generated<number>
    body: string
    created_at: string
    due_at: string
    attempts: Generated<number>
    error: string | null
    done_at: string | null
  }
  delivery: {
    id: Generated<number>
    activity_seq: number
    signer: string
    inbox: string
    host: string
    object_uri: string
    due_at: string
    lease_until: string | null
    attempts: Generated<number>
    last_error: string | null
    parked_at: string | null
    created_at: string
  }
  host: {
    name: string
    signature: 'cavage' | 'rfc9421' | null
    software: string | null
    software_at: string | null
    failing_since: string | null
    last_success_at: string | null
  }
  task: {
    id: Generated<number>
    kind: string
    subject: string
    /** Who caused it: a `Requester`. */
    requester: string
    /** host[:port] that it asks. */
    host: string
    cursor: string | null
    due_at: string
    lease_until: string | null
    attempts: Generated<number>
    last_error: string | null
    created_at: string
  }
  peer_day: {
    peer_id: string
    /** In UTC: `2026-11-27`. */
    day: string
    pages: Generated<number>
    items: Generated<number>
    bytes: Generated<number>
    seconds: Generated<number>
    cafes: Generated<number>
    stopped_by: ReachedLimit | null
  }
  kept_file: {
    folder: string
    name: string
    part: number
    bytes: Buffer<ArrayBuffer>
    kept_at: string
  }
  rate_limit: { key: string; points: number; expire: number | null }
  seen: { actor: string; activity_id: string; at: string }
  tombstone: {
    uri: string
    ours: number
    deleted_at: string
    cafe_id: string | null
    owner_uri: string | null
    /** The registrable domain that deleted it; null for ours. */
    domain: Generated<string | null>
  }
  moderator: { peer_id: string; actor_uri: string }
  cafe_pace: {
    cafe_uri: string
    window_at: string
    updates: number
    waiting_update: number | null
    noted_at: string | null
    noted: string | null
    waiting_note: number | null
    cancelled_at: string | null
  }
  share: { domain: string; kind: string; day: string; total: number }
  announced_cafe: { number: Generated<number>; uri: string }
  announcer: { number: Generated<number>; actor: string; head: string }
  announced_row: {
    cafe: number
    announcer: number
    tail: string
    at: number
    state: Generated<'posted' | 'waiting' | 'told' | 'listed'>
  }
  /** A view of these three, to read only. */
  announced: {
    object_uri: string
    actor: string
    announcer: number
    activity_id: string
    at: number
    state: 'posted' | 'waiting' | 'told' | 'listed'
  }
  feed: {
    name: string
    kind: 'national' | 'online' | 'region' | 'departement' | 'network'
    code: string
    title: string
    timezone: string
    created_at: string
  }
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
  feed_day: { feed: string; day: string; posts: number }
  feed_digest: { feed: string; kind: 'daily' | 'weekly'; day: string }
  change_note: { cafe_uri: string; uri: string; actor: string }
  counted: { name: string; day: string; total: number }
  structure: {
    uri: string
    id: string
    peer_id: string | null
    organization_id: string | null
    name: string
    url: string
    username: string | null
    kind: string | null
    street_address: string | null
    postal_code: string | null
    commune: string | null
    code_insee: string | null
    departement: string | null
    region: string | null
    website: string | null
    search_text: string
    last_word_at: string
    described_at: string | null
    read_at: string | null
  }
  alert: {
    id: string
    email: string
    area: string
    place: string
    territory: string | null
    latitude: number | null
    longitude: number | null
    radius_km: number | null
    created_at: string
    confirmed_at: string | null
    expires_at: string
    reminded_at: string | null
    last_mail_at: string | null
  }
  alert_cafe: { alert_id: string; cafe_id: string }
  alert_seen: { cafe_id: string; at: string }
  demand: { code_insee: string; month: string; departement: string; region: string; total: number }
  facilitator: {
    id: string
    handle: string
    uri: string
    url: string
    actor_uri: string | null
    organization_id: string | null
    peer_id: string | null
    name: string
    word: string
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
    in_directory: number
    fediverse: number
    state: string
    approved_at: string | null
    consented_at: string | null
    expires_at: string | null
    reminded_at: Generated<string | null>
    created_at: string
    updated_at: string
    checked_at: Generated<string | null>
  }
  facilitator_entry: {
    facilitator_id: string
    audience: 'public' | 'network'
    name: string
    peer_id: string | null
    organization_id: string | null
    word: string
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
  facilitator_contact: {
    facilitator_id: string
    email: string | null
    confirmed_at: string | null
    is_adult_at: string | null
  }
  facilitator_draft: {
    facilitator_id: string
    body: string
    media_id: string | null
    updated_at: string
  }
  consent: {
    id: string
    facilitator_id: string
    field: string
    level: string
    text: string
    lang: string
    at: string
    ended_at: string | null
  }
  cafe_facilitator: { cafe_id: string; facilitator_id: string; position: number }
  withdrawal: {
    id: string
    uri_hash: string
    actor_uri_hash: string | null
    token_hash: string | null
    at: string
    flushed_at: Generated<string | null>
  }
  withdrawal_server: {
    withdrawal_id: string
    host: string
    activity_id: string | null
    state: 'waiting' | 'delivered' | 'confirmed' | 'failed'
    at: string
  }
  erased_profile: { uri_hash: string; at: string; flushed_at: Generated<string | null> }
  facilitator_reached: {
    uri_hash: string
    inbox: string
    host: string
    kind: 'profile' | 'account'
    at: string
  }
  facilitates: { facilitator_id: string; cafe_uri: string }
  facilitator_picture: {
    facilitator_id: string
    address: string
    bytes: Uint8Array
    width: number
    height: number
  }
  contact_message: {
    id: string
    profile_uri: string
    via: string | null
    name: string
    email: string
    text: string
    at: string
    refused_at: Generated<string | null>
  }
  demand_voice: { day: string; voice_hash: string; code_insee: string }
  referent: {
    id: string
    territory: string
    name: string
    word: 'référente' | 'référent' | 'neutre'
    email: string | null
    account_id: string | null
    facilitator_uri: string | null
    proposed_by: string
    proposed_domain: Generated<string | null>
    state: 'proposed' | 'consented' | 'appointed' | 'declined' | 'ended'
    starts_on: string
    ends_on: string
    proposed_at: string
    consented_at: string | null
    appointed_at: string | null
    ended_at: string | null
    end_reason: 'resigned' | 'ended' | 'expired' | null
    last_seen_at: string | null
    escalated_at: string | null
    told_on: string | null
    reminded_days: number | null
  }
  referent_consent: {
    id: string
    referent_id: string
    act: 'consented' | 'declined' | 'resigned'
    text: string
    lang: string
    at: string
  }
  attestation: {
    id: string
    referent_id: string | null
    uri: string
    body: string
    issued_at: string
    expires_at: string
    revoked_at: string | null
  }
  held_attestation: {
    uri: string
    issuer: string
    subject_uri: string
    territory: string
    body: string
    starts_at: string
    expires_at: string
    received_at: string
  }
  joining_advice: { peer_id: string; referent_id: string; reason: string; at: string }
  journal: {
    id: string
    at: string
    account_id: string | null
    who: string
    act: string
    subject: string
    title: string
    territory: string
    reason: string
  }
}

export interface CafeTable {
  id: string
  uri: string
  origin_host: string
  url: string
  uid: string
  recurrence_id: string | null
  reference: string | null
  series: string | null
  organization_id: string | null
  peer_id: string | null
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
  starts_at: string
  wall_starts_at: string
  wall_ends_at: string
  ends_at: string
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
  street_address: string | null
  postal_code: string | null
  commune: string | null
  code_insee: string | null
  departement: string | null
  region: string | null
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
  media_id: string | null
  image_credit: string | null
  image_focal_x: number | null
  image_focal_y: number | null
  image_width: number | null
  image_height: number | null
  image_sizes: string | null
  /** On PostgreSQL alone. */
  search_text: Generated<string>
  /** On PostgreSQL alone. */
  search_facets: Generated<string>
}
