import type { Generated } from 'kysely'
import type { DeliveryKind } from '../../domain/federation/delivery.ts'
import type {
  Webhook,
  WebhookMessage,
  WebhookMessageKind,
} from '../../domain/structures/webhook.ts'
import {
  choice,
  describe,
  flag,
  instant,
  json,
  named,
  number,
  optional,
  type RowOf,
  text,
} from './table.ts'

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
    day_at: string | null
    notes: number
    full_noted_at: string | null
    free_noted_at: string | null
    waiting_note: number | null
    believed: string | null
  }
  share: { domain: string; kind: string; day: string; total: number }
  mail: MailTable
  webhook: RowOf<typeof WEBHOOK> & {
    /** The `host[:port]` of its address. */
    host: string
  }
  webhook_message: RowOf<typeof WEBHOOK_MESSAGE> & { body: string; due_at: string }
}

/** A mail that waits, was sent, or was given up. */
export type Mail = {
  /** The same at every attempt: the left half of its Message-ID. */
  id: string
  /** The name of its template, and the template's parameters, which are emptied once it was sent. */
  template: string
  params: Record<string, unknown>
  /** The subject of its links (the id of a row). The links themselves are made when it is sent, and are not stored. */
  about: string | undefined
  to: string
  /** Whether the team says it by telephone: `to` is then a number. */
  byPhone: boolean
  /** Its subject line; empty as long as its parameters are stored. */
  subject: string
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
  attempts: number
  sentAt: Temporal.Instant | undefined
  droppedAt: Temporal.Instant | undefined
  error: string | undefined
  /** Whether a person of the team gave it to its reader, since no relay accepted it. */
  isHandedOver: boolean
  /** The alert that it is about, with which it is deleted. */
  alertId: string | undefined
  /** The profile that it is about, with which it is deleted. */
  facilitatorId: string | undefined
  /** The address of its author, where a person wrote it; empty once it was sent, or could not be sent in time. */
  replyTo: string | undefined
}

/** The columns of a mail, whose error also says that it was handed over (`toMail`). */
export const MAIL = describe<Omit<Mail, 'isHandedOver'>>()({
  id: text,
  template: text,
  params: json<Mail['params']>(),
  about: optional(text),
  to: named('recipient', text),
  byPhone: flag,
  subject: text,
  createdAt: instant,
  expiresAt: instant,
  attempts: number,
  sentAt: optional(instant),
  droppedAt: optional(instant),
  error: optional(text),
  alertId: optional(text),
  facilitatorId: optional(text),
  replyTo: optional(text),
})

interface MailTable extends RowOf<typeof MAIL> {
  due_at: string
}

/** How far a webhook has told: all up to a mark, and where it is in the pages of the round that follows. */
export type WebhookPosition = {
  since: string
  /** The mark with which the round began. */
  upto: string | undefined
  /** What follows in it, as `read-news.ts` writes it. */
  place: string | undefined
}

export const WEBHOOK = describe<Webhook & WebhookPosition>()({
  id: text,
  organizationId: text,
  tokenId: text,
  url: text,
  search: text,
  since: text,
  upto: optional(text),
  place: optional(text),
  failingSince: optional(instant),
  stoppedAt: optional(instant),
  createdAt: instant,
})

export const WEBHOOK_MESSAGE = describe<WebhookMessage>()({
  id: text,
  webhookId: text,
  kind: choice<WebhookMessageKind>(),
  items: number,
  createdAt: instant,
  attempts: number,
  triedAt: optional(instant),
  status: optional(number),
  error: optional(text),
  overAt: optional(instant),
  isDelivered: flag,
})
