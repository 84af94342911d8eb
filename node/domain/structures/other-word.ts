/**
 * What a directory has of the structure or of a network of this site, after a restore, where only the team can say which
 * text holds.
 */
export type OtherWord = {
  noun: 'structure' | 'network'
  /** The id of the structure or of the network. */
  subject: string
  /** The host that has it. */
  directory: string
  /** It was changed here since the restore (`both`), or a key signed it that this site does not have (`key`). */
  reason: 'both' | 'key'
  /** What it says, of which the wire has some fields. */
  said: object
  /** When it was signed. */
  at: Temporal.Instant
}
