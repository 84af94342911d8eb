/** The request of a member that lost its data, for the servers of its followers. */
export type RecoveryRequest = {
  peerId: string
  name: string
  host: string
  origin: string
  askedAt: Temporal.Instant
  /** How many servers it would be told. */
  servers: number
}
