import type {
  EndReason,
  Referent,
  ReferentState,
  ReferentTitle,
} from '../../domain/referents/referent.ts'
import { choice, day, describe, instant, named, optional, type RowOf, text } from './table.ts'

/** The tables of referents and their mandates. */
export interface ReferentTables {
  referent: ReferentTable
  referent_consent: {
    id: string
    referent_id: string
    act: 'consented' | 'declined' | 'resigned'
    text: string
    lang: string
    by_handed_link: number
    at: string
  }
  joining_advice: { peer_id: string; referent_id: string; reason: string; at: string }
  attestation: {
    id: string
    referent_id: string | null
    uri: string
    home: string | null
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
}

/** The columns of a mandate, with the e-mail address of the referent. */
export const REFERENT = describe<Referent>()({
  id: text,
  territory: text,
  name: text,
  word: named('title', choice<ReferentTitle>()),
  email: optional(text),
  accountId: optional(text),
  organizationId: optional(text),
  facilitatorUri: optional(text),
  proposedBy: text,
  proposedDomain: optional(text),
  state: choice<ReferentState>(),
  startsOn: day,
  endsOn: day,
  askedEndsOn: optional(day),
  proposedAt: instant,
  consentedAt: optional(instant),
  appointedAt: optional(instant),
  endedAt: optional(instant),
  endReason: optional(choice<EndReason>()),
  lastSeenAt: optional(instant),
  escalatedAt: optional(instant),
})

interface ReferentTable extends RowOf<typeof REFERENT> {
  told_on: string | null
  reminded_days: number | null
}
