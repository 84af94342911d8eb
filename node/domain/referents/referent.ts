import { z } from 'zod'

/** Who answers for a territory, for a time, because the directory's team said so and the person agreed. */
export type Referent = {
  id: string
  /** `r-53`, `35`, `e-243500139`, `c-35238` */
  territory: string
  name: string
  word: ReferentTitle
  /** Theirs alone: no page, export or other server ever gets it. Undefined while only paper reached them. */
  email: string | undefined
  /** With which they sign in at the directory. */
  accountId: string | undefined
  /** Of their own profile as a facilitator, at the server of their structure. */
  facilitatorUri: string | undefined
  /** In words: a member's name, or who of the team. */
  proposedBy: string
  /** The registrable domain of the member that proposed them; none where the team did. */
  proposedDomain?: string | undefined
  state: ReferentState
  startsOn: Temporal.PlainDate
  /** The last day. */
  endsOn: Temporal.PlainDate
  /** Another last day, which the team asks of somebody appointed; nothing changes before they agree to it. */
  askedEndsOn?: Temporal.PlainDate | undefined
  proposedAt: Temporal.Instant
  consentedAt: Temporal.Instant | undefined
  appointedAt: Temporal.Instant | undefined
  endedAt: Temporal.Instant | undefined
  endReason: EndReason | undefined
  /** When they last opened their administration. */
  lastSeenAt: Temporal.Instant | undefined
  /** When the next level up was told that they are silent; undone by their next visit. */
  escalatedAt: Temporal.Instant | undefined
}

/** What a place says of somebody whom it proposes, with their agreement; dates are the directory's to choose. */
export type ReferentProposal = Pick<Referent, 'territory' | 'name' | 'word'> & {
  email: string
}

/** The person chooses the word for their role. */
export const REFERENT_TITLES = ['référente', 'référent', 'neutre'] as const
export type ReferentTitle = (typeof REFERENT_TITLES)[number]

export const REFERENT_STATES = ['proposed', 'consented', 'appointed', 'declined', 'ended'] as const
export type ReferentState = (typeof REFERENT_STATES)[number]

/** `resigned` by the person, `ended` by the team, `expired` by the calendar. */
export type EndReason = 'resigned' | 'ended' | 'expired'

/** Those whose word the public meets: appointed, and today is a day of the mandate. */
export const isInOffice = (
  { state, startsOn, endsOn }: Pick<Referent, 'state' | 'startsOn' | 'endsOn'>,
  today: Temporal.PlainDate,
): boolean =>
  state === 'appointed' &&
  Temporal.PlainDate.compare(startsOn, today) <= 0 &&
  Temporal.PlainDate.compare(endsOn, today) >= 0

/** Longer than three years is no longer somebody's word of the day that they gave it. */
export const MANDATE_DAYS = { usual: 365, most: 3 * 366 }

/** Days before the end on which the person and the team are reminded. */
const REMINDED_DAYS = [60, 15] as const

/**
 * The reminder that is due: the nearest to the end that was not sent yet; a later one takes the place of those before.
 * `sent` is the smallest number of days that was reminded of.
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

/** Whether somebody in office has not been seen for so long that the next level up must know. */
export function isInactive(
  { appointedAt, lastSeenAt }: Pick<Referent, 'appointedAt' | 'lastSeenAt'>,
  { now, days }: { now: Temporal.Instant; days: number },
): boolean {
  const since = lastSeenAt ?? appointedAt
  if (!since) return false
  return Temporal.Instant.compare(since.add({ hours: days * 24 }), now) <= 0
}

/** What the directory's team lets its referents do. */
export const ReferentSettings = z.object({
  /** Without a visit for so many days, the next level up is told. */
  silentDays: z.int().min(7).max(365),
  /** Of who asks to join: say what they think of it, or let them in. */
  joining: z.enum(['recommend', 'admit']),
})
export type ReferentSettings = z.output<typeof ReferentSettings>

export const USUAL_REFERENT_SETTINGS: ReferentSettings = { silentDays: 30, joining: 'recommend' }

/** An act of moderation, for the journal. */
const JOURNAL_ACTS = [
  'cafe-hidden',
  'cafe-shown',
  'duplicate-apart',
  'duplicate-together',
  'joining-recommended',
  'joining-admitted',
  'cafe-announced',
  'cafe-changed',
  'cafe-situation',
  'cafe-deleted',
  'profile-withdrawn',
] as const
export type JournalAct = (typeof JOURNAL_ACTS)[number]

/** Who answers: the first territory of a chain, narrowest first, that has somebody; undefined: the directory's team. */
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
