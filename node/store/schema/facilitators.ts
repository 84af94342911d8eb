import type { Generated } from 'kysely'
import type {
  ContactWay,
  Facilitator,
  FacilitatorState,
  FacilitatorStatus,
  FacilitatorTitle,
  FieldLevels,
  Level,
  Training,
} from '../../domain/facilitators/facilitator.ts'
import {
  choice,
  describe,
  flag,
  instant,
  json,
  leftOut,
  named,
  number,
  optional,
  type RowOf,
  text,
} from './table.ts'

/** The tables of people who lead cafés. */
export interface FacilitatorTables {
  facilitator: FacilitatorTable
  facilitator_contact: {
    facilitator_id: string
    email: string | null
    next_email: Generated<string | null>
    confirmed_at: string | null
    is_adult_at: string | null
    always_named_at: Generated<string | null>
    named_mail: Generated<number>
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
  cafe_facilitator: {
    cafe_id: string
    facilitator_id: string
    position: number
    answer: Generated<'yes' | 'no' | null>
    told_at: Generated<string | null>
  }
  facilitates: { facilitator_id: string; cafe_uri: string }
}

/** The columns of a profile, of this server or of another. */
export const FACILITATOR = describe<Facilitator>()({
  id: text,
  handle: text,
  alias: optional(text),
  uri: text,
  url: text,
  actorUri: optional(text),
  organizationId: optional(text),
  peerId: optional(text),
  name: text,
  word: named('title', choice<FacilitatorTitle>()),
  territory: optional(text),
  departement: optional(text),
  region: optional(text),
  latitude: optional(number),
  longitude: optional(number),
  radiusKm: optional(number),
  formats: json<string[]>(),
  themes: json<string[]>(),
  languages: json<string[]>(),
  status: optional(choice<FacilitatorStatus>()),
  training: optional(choice<Training>()),
  trainedOn: optional(text),
  availability: optional(text),
  presentation: optional(text),
  photo: {
    prefix: 'photo_',
    presentIf: 'url',
    fields: {
      url: text,
      alt: text,
      mediaId: named('media_id', leftOut(text)),
      width: leftOut(number),
      height: leftOut(number),
      sizes: leftOut(json<readonly number[]>()),
    },
  },
  contact: choice<ContactWay>(),
  shownContact: optional(text),
  level: choice<Level>(),
  fieldLevels: json<FieldLevels>(),
  directories: json<string[]>(),
  mandates: json<string[]>(),
  fediverse: flag,
  state: choice<FacilitatorState>(),
  approvedAt: optional(instant),
  consentedAt: optional(instant),
  expiresAt: optional(instant),
  createdAt: instant,
  updatedAt: instant,
})

interface FacilitatorTable extends RowOf<typeof FACILITATOR> {
  reminded_at: string | null
  checked_at: string | null
  confirmed_at: string | null
}
