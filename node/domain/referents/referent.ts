import { z } from 'zod'

/** A person who answers for a territory for a time, because the directory's team appointed them and they agreed. */
export type Referent = {
  id: string
  /** The code of the territory: `r-53`, `35`, `e-243500139`, `c-35238`. */
  territory: string
  name: string
  word: ReferentTitle
  /**
   * Their address, which no page, export or other server ever gets. Undefined while they were reached on paper only.
   */
  email: string | undefined
  /** The account with which they sign in at the directory. */
  accountId: string | undefined
  /** The structure whose team appointed them, and for which they announce cafés. Undefined before that. */
  organizationId: string | undefined
  /** Their own profile as a facilitator, at the server of their structure. */
  facilitatorUri: string | undefined
  /** The name of the member, or of the person of the team, who proposed them. */
  proposedBy: string
  /** The registrable domain of the member that proposed them; undefined where the team did. */
  proposedDomain: string | undefined
  state: ReferentState
  startsOn: Temporal.PlainDate
  /** The last day of the mandate. */
  endsOn: Temporal.PlainDate
  /** Another last day that the team asks of a person in office; nothing changes before they agree to it. */
  askedEndsOn: Temporal.PlainDate | undefined
  proposedAt: Temporal.Instant
  consentedAt: Temporal.Instant | undefined
  appointedAt: Temporal.Instant | undefined
  endedAt: Temporal.Instant | undefined
  endReason: EndReason | undefined
  /** When they last opened their administration. */
  lastSeenAt: Temporal.Instant | undefined
  /** When the next level up was told that they are silent; their next visit clears it. */
  escalatedAt: Temporal.Instant | undefined
}

/** What a place says about a person whom it proposes, with their agreement. The directory chooses the dates. */
export type ReferentProposal = Pick<Referent, 'territory' | 'name' | 'word'> & {
  email: string
}

/** The titles among which the person chooses that of their role. */
export const REFERENT_TITLES = ['référente', 'référent', 'neutre'] as const
export type ReferentTitle = (typeof REFERENT_TITLES)[number]

export const REFERENT_STATES = ['proposed', 'consented', 'appointed', 'declined', 'ended'] as const
export type ReferentState = (typeof REFERENT_STATES)[number]

/**
 * The mandate was ended by the person (`resigned`), by the team (`ended`), by its last day (`expired`), or by somebody
 * whose mailbox was taken for that of the person (`disowned`).
 */
export type EndReason = 'resigned' | 'ended' | 'expired' | 'disowned'

/** Returns whether a person holds the office today: they are appointed, and today is a day of the mandate. */
export const isInOffice = (
  { state, startsOn, endsOn }: Pick<Referent, 'state' | 'startsOn' | 'endsOn'>,
  today: Temporal.PlainDate,
): boolean =>
  state === 'appointed' &&
  Temporal.PlainDate.compare(startsOn, today) <= 0 &&
  Temporal.PlainDate.compare(endsOn, today) >= 0

/**
 * The usual and the longest duration of a mandate, in days. After more than three years the consent would be too old.
 */
export const MANDATE_DAYS = { usual: 365, most: 3 * 366 }

/** Days before the end on which the person and the team are reminded. */
const REMINDED_DAYS = [60, 15] as const

/**
 * Decides which reminder is due: the one nearest to the end that was not sent yet, which replaces those before it.
 * `sent` is the smallest number of days at which one was sent.
 */
export function decideReminder(
  { endsOn, sent }: { endsOn: Temporal.PlainDate; sent: number | undefined },
  today: Temporal.PlainDate,
): (typeof REMINDED_DAYS)[number] | undefined {
  const left = today.until(endsOn).days
  if (left < 0) return undefined
  const due = REMINDED_DAYS.filter((days) => left <= days).at(-1)
  return due !== undefined && (sent === undefined || due < sent) ? due : undefined
}

/** Returns whether a person in office has not visited for so long that the next level up must know. */
export function isInactive(
  { appointedAt, lastSeenAt }: Pick<Referent, 'appointedAt' | 'lastSeenAt'>,
  { now, days }: { now: Temporal.Instant; days: number },
): boolean {
  const since = lastSeenAt ?? appointedAt
  if (!since) return false
  return Temporal.Instant.compare(since.add({ hours: days * 24 }), now) <= 0
}

/** What the directory's team allows its referents. */
export const ReferentSettings = z.object({
  /** After so many days without a visit, the next level up is told. */
  silentDays: z.int().min(7).max(365),
  /** What referents may do about a request to join: give their opinion, or admit the structure. */
  joining: z.enum(['recommend', 'admit']),
})
export type ReferentSettings = z.output<typeof ReferentSettings>

export const USUAL_REFERENT_SETTINGS: ReferentSettings = { silentDays: 30, joining: 'recommend' }

/** The acts of moderation that the journal records. */
const JOURNAL_ACTS = [
  'cafe-hidden',
  'cafe-shown',
  'facilitator-hidden',
  'facilitator-shown',
  'structure-hidden',
  'structure-shown',
  'resource-hidden',
  'resource-shown',
  'picture-hidden',
  'picture-shown',
  'report-hidden',
  'report-shown',
  'report-counted',
  'question-hidden',
  'question-shown',
  'flag-kept',
  'flag-warned',
  'flag-corrected',
  'appeal-upheld',
  'appeal-denied',
  'duplicate-apart',
  'duplicate-together',
  'joining-recommended',
  'joining-admitted',
  'cafe-announced',
  'cafe-changed',
  'cafe-situation',
  'cafe-deleted',
  'profile-withdrawn',
  'request-refused',
] as const
export type JournalAct = (typeof JOURNAL_ACTS)[number]

/**
 * Finds who answers: the first territory of a chain, narrowest first, that has a referent. Undefined means the
 * directory's team.
 */
export function findAnsweringReferent<T extends Pick<Referent, 'territory'>>(
  chain: readonly string[],
  inOffice: readonly T[],
): { territory: string; referents: T[] } | undefined {
  for (const territory of chain) {
    const referents = inOffice.filter((one) => one.territory === territory)
    if (referents.length > 0) return { territory, referents }
  }
  return undefined
}
