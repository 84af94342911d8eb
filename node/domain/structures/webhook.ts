/** The maximum number of webhooks of one structure. */
export const MOST_WEBHOOKS = 20

/** An address of another program that is told of what changes in a search. */
export type Webhook = {
  id: string
  organizationId: string
  /** The token with which it was made, and with which it ends. */
  tokenId: string
  url: string
  /** The query of the search, as in the address of a page or of the API; empty for the whole of it. */
  search: string
  /** The time of the first failure since a message arrived. */
  failingSince: Temporal.Instant | undefined
  /** When it was given up, until the team resumes it. */
  stoppedAt: Temporal.Instant | undefined
  createdAt: Temporal.Instant
}

/** What a message says: cafés that changed or left, that a copy has to be made anew, or nothing but that it arrives. */
export type WebhookMessageKind = 'changes' | 'restart' | 'test'

/** A message that waits, or one of the last that are over. */
export type WebhookMessage = {
  /** The header `webhook-id`, the same at every attempt. */
  id: string
  webhookId: string
  kind: WebhookMessageKind
  /** How many cafés it names. */
  items: number
  createdAt: Temporal.Instant
  attempts: number
  triedAt: Temporal.Instant | undefined
  /** The status of the last answer; undefined where none came. */
  status: number | undefined
  error: string | undefined
  /** When it arrived or was given up. */
  overAt: Temporal.Instant | undefined
  isDelivered: boolean
}

export type WebhookState = 'active' | 'failing' | 'stopped'

/** Returns how a webhook is. */
export const stateOfWebhook = ({
  failingSince,
  stoppedAt,
}: Pick<Webhook, 'failingSince' | 'stoppedAt'>): WebhookState => {
  if (stoppedAt) return 'stopped'
  return failingSince ? 'failing' : 'active'
}
