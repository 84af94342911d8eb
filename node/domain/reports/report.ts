/** A question that came up at a café, in one line. */
export type ReportQuestion = {
  id: string
  text: string
  theme: string | undefined
  /** Why this server shows it to nobody. */
  hiddenReason: string | undefined
}

/** What a structure tells of a café after it took place. A café has one at most. */
export type Report = {
  cafeId: string
  /** Our organisation; undefined for a report of another server. */
  organizationId: string | undefined
  /** Its ActivityPub id; undefined while no other server is told. */
  uri: string | undefined
  /** Whether the café took place; without that there are no numbers. */
  isHeld: boolean
  participants: number | undefined
  /** How many of the participants were at a café for the first time. */
  firstTimers: number | undefined
  /** Free text, as the format of a café. */
  format: string | undefined
  nextSteps: string | undefined
  words: string | undefined
  /** Whether everybody may read `words` and `nextSteps`. */
  isTextPublic: boolean
  /** The id of one of our pictures, which has an alternative text. */
  picture: string | undefined
  pictureAlt: string | undefined
  isPicturePublic: boolean
  /** False while nobody has confirmed a number that is much larger than such cafés have. */
  isCounted: boolean
  /** Why this server shows it to nobody. */
  hiddenReason: string | undefined
  createdAt: Temporal.Instant
  updatedAt: Temporal.Instant
  questions: ReportQuestion[]
}
