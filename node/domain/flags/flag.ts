/** Why somebody flags a public thing, in the order of the form. */
export const FLAG_REASONS = [
  'illegal',
  'privacy',
  'hateful',
  'paid',
  'advertising',
  'not-a-cafe',
  'wrong',
  'other',
] as const
export type FlagReason = (typeof FLAG_REASONS)[number]

/**
 * What can be flagged. The picture of a café, its report and a question of it have the café's address with a fragment.
 */
export type FlaggedKind =
  | 'cafe'
  | 'facilitator'
  | 'structure'
  | 'picture'
  | 'report'
  | 'question'
  | 'resource'

/** Returns the kind of thing that the journal names. */
export const subjectOf = (
  kind: FlaggedKind,
): 'cafe' | 'facilitator' | 'structure' | 'report' | 'resource' =>
  kind === 'picture' ? 'cafe' : kind === 'question' ? 'report' : kind

/** The reasons that are decided within a day: somebody may come to harm meanwhile. */
const URGENT: readonly FlagReason[] = ['illegal', 'privacy', 'hateful']

/**
 * Days within which the team says to decide, and in which a decision may be appealed (at least six months: Regulation
 * (EU) 2022/2065, art. 20 §1).
 */
export const FLAG_DAYS = { urgent: 1, usual: 7, appeal: 14, mayAppeal: 183 } as const

/** The longest that somebody may write, in characters. */
export const FLAG_WORDS_MAX = 2000

/** The longest appeal of a place, in characters, as of the reason that it answers. */
export const APPEAL_WORDS_MAX = 500

/** The number of flags of one case whose words are kept; those after them are only counted. */
export const FLAGS_STORED = 100

/** Returns until when a flag for this reason is to be decided. */
export const dueAt = (reason: FlagReason, at: Temporal.Instant): Temporal.Instant =>
  at.add({ hours: 24 * (URGENT.includes(reason) ? FLAG_DAYS.urgent : FLAG_DAYS.usual) })

/**
 * What was decided about a thing. `kept`: nothing changes; `warned`: its site was asked to correct it; `corrected`: it
 * is ours, and the team has corrected or removed it; `hidden`: this directory no longer shows it.
 */
export const OUTCOMES = ['kept', 'warned', 'corrected', 'hidden'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Returns what may be decided about a thing: of ours the team edits itself, of others a directory decides what it shows. */
export const outcomesOf = ({ peerId }: Pick<Flagged, 'peerId'>): readonly Outcome[] => {
  if (peerId === undefined) return ['kept', 'corrected']
  return ['kept', 'warned', 'hidden']
}

/** A thing that somebody flags, as it is here now. */
export type Flagged = {
  kind: FlaggedKind
  /** Its address, which identifies it. */
  uri: string
  /** The path of its page here. */
  path: string
  /** Its title or name. */
  name: string
  /** The code of the smallest territory that it is in. */
  territory: string | undefined
  /** The id of its server; undefined where it is ours. */
  peerId: string | undefined
  /** The id of the row that the journal names. */
  id: string
}

/** All flags of one thing, until they are decided together. */
export type FlagCase = {
  id: string
  kind: FlaggedKind
  uri: string
  /** The name that it had when it was flagged first; empty for a person. */
  name: string
  territory: string | undefined
  /** The most urgent of the reasons that were given. */
  reason: FlagReason
  /** How many have flagged it. */
  total: number
  openedAt: Temporal.Instant
  dueAt: Temporal.Instant
  /** Whether a referent has left it to the team. */
  isForTeam: boolean
  /** When it was sent on to its own server. */
  forwardedAt: Temporal.Instant | undefined
  decidedAt: Temporal.Instant | undefined
  outcome: Outcome | undefined
  /** What everybody whom it concerns reads. */
  answer: string
  /** The account that decided. */
  decidedBy: string | undefined
}

/** What one person, or another server, said of it. */
export type Flag = {
  id: string
  caseId: string
  reason: FlagReason
  words: string
  /** Where the decision is told; undefined where none was given. */
  email: string | undefined
  /** The server that sent it; undefined for a visitor. */
  host: string | undefined
  at: Temporal.Instant
}

/** Somebody disagrees with a decision: one who flagged, or the place (no `flagId`). */
export type Appeal = {
  id: string
  caseId: string
  flagId: string | undefined
  words: string
  at: Temporal.Instant
  dueAt: Temporal.Instant
  decidedAt: Temporal.Instant | undefined
  /** Whether the decision was changed. */
  isUpheld: boolean | undefined
  answer: string
}

/** Returns until when a decision may be appealed. */
export const endOfAppeal = (decidedAt: Temporal.Instant): Temporal.Instant =>
  decidedAt.add({ hours: 24 * FLAG_DAYS.mayAppeal })

/** Why a decision cannot be appealed: it is not made yet, its term is over, or this person has appealed already. */
export type AppealRefusal = 'undecided' | 'late' | 'again'

/** Decides whether a decision may be appealed now. */
export function findAppealRefusal(
  { decidedAt }: Pick<FlagCase, 'decidedAt'>,
  { hasAppealed, now }: { hasAppealed: boolean; now: Temporal.Instant },
): AppealRefusal | undefined {
  if (!decidedAt) return 'undecided'
  if (hasAppealed) return 'again'
  return Temporal.Instant.compare(endOfAppeal(decidedAt), now) <= 0 ? 'late' : undefined
}

/** Returns whether this account may decide on an appeal: another than the one that decided, where there are several. */
export const mayDecideAppeal = (
  { decidedBy }: Pick<FlagCase, 'decidedBy'>,
  { accountId, deciders }: { accountId: string; deciders: number },
): boolean => decidedBy !== accountId || deciders < 2
