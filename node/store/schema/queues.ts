import type { Generated } from 'kysely'
import type { DeliveryKind } from '../../domain/federation/delivery.ts'

/** The tables of rows that wait, and of what limits them. */
export interface QueueTables {
  change: {
    id: Generated<number>
    body: string
    created_at: string
    due_at: string
    attempts: Generated<number>
    error: string | null
    done_at: string | null
  }
  activity: {
    seq: Generated<number>
    id: string
    actor: string
    type: string
    object_uri: string
    body: Buffer<ArrayBuffer>
    created_at: string
  }
  delivery: {
    id: Generated<number>
    activity_seq: number
    signer: string
    inbox: string
    host: string
    kind: DeliveryKind
    line: string
    due_at: string
    lease_until: string | null
    attempts: Generated<number>
    last_error: string | null
    parked_at: string | null
    created_at: string
  }
  document: { uri: string; body: Buffer<ArrayBuffer> }
  task: {
    id: Generated<number>
    kind: string
    subject: string
    /** The `Requester` who caused it. */
    requester: string
    /** The `host[:port]` that it asks. */
    host: string
    cursor: string | null
    due_at: string
    not_before: Generated<string | null>
    lease_until: string | null
    /** 1 when it was asked for again since it was leased. */
    asked_again: Generated<number>
    attempts: Generated<number>
    last_error: string | null
    created_at: string
  }
  seen: { actor: string; activity_id: string; at: string }
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
  mail: {
    id: string
    template: string
    about: string | null
    params: Generated<string>
    recipient: string
    subject: Generated<string>
    reply_to: Generated<string | null>
    alert_id: Generated<string | null>
    facilitator_id: Generated<string | null>
    created_at: string
    due_at: string
    expires_at: string
    attempts: Generated<number>
    sent_at: string | null
    dropped_at: string | null
    error: string | null
  }
}
