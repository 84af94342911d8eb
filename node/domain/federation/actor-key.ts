/** Which of an account's keys are published, and which of them signs what, at a given time. */

/**
 * How long former keys are published beside their successors: longer than the 36 h for which snac2 and others remember
 * an account's document.
 */
export const OVERLAP_HOURS = 48

/**
 * Stands in place of the time at which a key was given up, for a key that somebody else may hold. They can date what
 * they sign as they like, so nothing that it ever signed counts. Readers of `expires` understand this without being
 * told.
 */
export const NEVER_TRUSTED = Temporal.Instant.fromEpochMilliseconds(0)

export type KeyDates = {
  keyId: string
  algorithm: 'rsa' | 'ed25519'
  createdAt: Temporal.Instant
  /** The time from which it no longer counts, which may be in the future; undefined while it has no successor. */
  retiredAt: Temporal.Instant | undefined
}

/** A key pair of one of our actors. The private half is read here and nowhere else. */
export type ActorKey = KeyDates & {
  actor: string
  privatePem: string
  publicPem: string
}

/** Returns whether the key was given up as one that somebody else may hold. */
export const isLeaked = ({ retiredAt }: Pick<KeyDates, 'retiredAt'>): boolean =>
  retiredAt?.equals(NEVER_TRUSTED) === true

const isPublished = ({ retiredAt }: KeyDates, now: Temporal.Instant): boolean =>
  retiredAt === undefined || Temporal.Instant.compare(now, retiredAt) < 0

/**
 * Returns the keys of one algorithm that are published at the account now, the newest first. Requests are signed with
 * the first, since their reader fetches a key that it does not know, and with the next where the first is refused.
 * Proofs are made with the last until it is given up, since whoever forwards them may be unable to ask for a key.
 */
export function listPublished<Key extends KeyDates>(
  keys: readonly Key[],
  algorithm: KeyDates['algorithm'],
  now: Temporal.Instant,
): Key[] {
  const end = ({ retiredAt }: Key) => retiredAt?.epochMilliseconds ?? Number.POSITIVE_INFINITY
  return keys
    .filter((key) => key.algorithm === algorithm && isPublished(key, now))
    .sort((one, other) => (end(one) < end(other) ? 1 : -1))
}

/** Returns when the last of the former keys is given up; undefined when none is published beside its successor. */
export function endOfOverlap(
  keys: readonly KeyDates[],
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  return keys
    .filter((key) => isPublished(key, now))
    .flatMap(({ retiredAt }) => retiredAt ?? [])
    .sort(Temporal.Instant.compare)
    .at(-1)
}

/** Returns the part of a key's address that names it at its account. It differs in each millisecond. */
export function keyName(algorithm: KeyDates['algorithm'], now: Temporal.Instant): string {
  const time = now.toString({ smallestUnit: 'millisecond' }).replace(/\D/g, '')
  return `${algorithm === 'rsa' ? 'main-key' : 'ed25519-key'}-${time}`
}
