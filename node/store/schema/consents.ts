import type { Generated } from 'kysely'

/** The tables of what people agreed to and withdrew. */
export interface ConsentTables {
  consent: {
    id: string
    facilitator_id: string
    field: string
    host: string | null
    level: string
    text: string
    lang: string
    by_handed_link: Generated<number>
    at: string
    ended_at: string | null
  }
  facilitator_reached: {
    uri_hash: string
    inbox: string
    host: string
    kind: 'profile' | 'account'
    at: string
  }
  withdrawal: {
    id: string
    uri_hash: string
    actor_uri_hash: string | null
    token_hash: string | null
    at: string
  }
  withdrawal_server: {
    withdrawal_id: string
    host: string
    activity_id: string | null
    state: 'waiting' | 'delivered' | 'confirmed' | 'unanswered' | 'refused'
    at: string
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
}
