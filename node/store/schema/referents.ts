import type { Generated } from 'kysely'

/** The tables of referents and their mandates. */
export interface ReferentTables {
  referent: {
    id: string
    territory: string
    name: string
    title: 'référente' | 'référent' | 'neutre'
    email: string | null
    account_id: string | null
    facilitator_uri: string | null
    proposed_by: string
    proposed_domain: Generated<string | null>
    state: 'proposed' | 'consented' | 'appointed' | 'declined' | 'ended'
    starts_on: string
    ends_on: string
    asked_ends_on: Generated<string | null>
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
