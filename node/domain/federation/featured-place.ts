/** A place that a directory lists in the collection of its département, or has asked to (FEP-7aa9). */
export type FeaturedPlace = {
  actorUri: string
  /** The name of the département's feed. */
  feed: string
  /** Which of the feed's collections lists it, from 1. */
  part: number
  /** The id of the request. */
  requestUri: string
  askedAt: Temporal.Instant
  /** The address at which the place's server says that it agreed; undefined while or where it does not. */
  stampUri: string | undefined
  /** When it agreed or refused; undefined while it has not answered. */
  answeredAt: Temporal.Instant | undefined
}
