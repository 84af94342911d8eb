/**
 * An agreement is a sentence that two sides must both say: its subject (a structure) is what the kind says to its object
 * (a network). Each side says yes or no, at any time and on its own server; nobody says a word for the other.
 */
export type AgreementKey = { kind: AgreementKind; subjectUri: string; objectUri: string }

/** `member-of`: a structure is a member of a network. */
export const AGREEMENT_KINDS = ['member-of'] as const
export type AgreementKind = (typeof AGREEMENT_KINDS)[number]

/** The side that says something about an agreement. */
export type Side = 'subject' | 'object'

/** What each side last said; undefined where it said nothing. */
export type AgreementDates = {
  subjectAt: Temporal.Instant | undefined
  objectAt: Temporal.Instant | undefined
  /** The last time that one of them ended or refused it. */
  endedAt: Temporal.Instant | undefined
  endedBy: Side | undefined
}

export const NO_DATES: AgreementDates = {
  subjectAt: undefined,
  objectAt: undefined,
  endedAt: undefined,
  endedBy: undefined,
}

/** `asked` by the subject, or `invited` by the object; in force once both have said yes. */
export type AgreementState = 'asked' | 'invited' | 'in-force' | 'ended'

export type Agreement = AgreementKey &
  AgreementDates & {
    state: AgreementState
    /** The name that the subject gives itself; empty where it is not known. */
    subjectName: string
    /** The id of the Offer with which it began. */
    offerId: string | undefined
  }

/** Returns the name and the site of the subject, which has its host's name until it says its own. */
export const subjectOf = ({
  subjectUri,
  subjectName,
}: Pick<Agreement, 'subjectUri' | 'subjectName'>): { name: string; url: string } => ({
  name: subjectName || new URL(subjectUri).host,
  url: new URL('/', subjectUri).href,
})

/** Returns the state of an agreement: a yes counts while it is later than the last no. */
export function agreementState(dates: AgreementDates): AgreementState {
  const counts = (at: Temporal.Instant | undefined) =>
    at !== undefined && (!dates.endedAt || Temporal.Instant.compare(at, dates.endedAt) > 0)
  const [subject, object] = [counts(dates.subjectAt), counts(dates.objectAt)]
  if (subject && object) return 'in-force'
  if (subject) return 'asked'
  return object ? 'invited' : 'ended'
}

/** What a side can do about an agreement: `offer` and `accept` are a yes, the others a no. */
export type AgreementAct = 'offer' | 'accept' | 'refuse' | 'withdraw' | 'end'

/** Returns whether an act is a yes. */
export const isYes = (act: AgreementAct): boolean => act === 'offer' || act === 'accept'

/** Lists what a side can do in a state. */
export function listActs(state: AgreementState, side: Side): AgreementAct[] {
  if (state === 'ended') return ['offer']
  if (state === 'in-force') return ['end']
  return isOffered(state, side) ? ['accept', 'refuse'] : ['withdraw']
}

/** Returns whether the other side has said yes and waits for this one. */
const isOffered = (state: AgreementState, side: Side): boolean =>
  state === (side === 'subject' ? 'invited' : 'asked')

/** The yes or no of one side. */
export type AgreementStatement = AgreementKey & {
  side: Side
  /** `offer` and `accept` are a yes, `reject` and `undo` a no. */
  word: 'offer' | 'accept' | 'reject' | 'undo'
  /** When it was said; all who are told of it keep the same time. */
  at: Temporal.Instant
}

/**
 * Decides the word and the time of what a side says now. A yes or no that answers the other side's offer is `accept` or
 * `reject`; any other is `offer` or `undo`. The time is later than everything that was said before, whatever the clocks
 * of the two servers show.
 */
export function decideStatement(
  dates: AgreementDates,
  { side, isYes }: { side: Side; isYes: boolean },
  now: Temporal.Instant,
): Pick<AgreementStatement, 'word' | 'at'> {
  const isAnswer = isOffered(agreementState(dates), side)
  const [yes, no] = isAnswer ? (['accept', 'reject'] as const) : (['offer', 'undo'] as const)
  const second = now.round({ smallestUnit: 'second', roundingMode: 'floor' })
  const before = [dates.subjectAt, dates.objectAt, dates.endedAt].flatMap((at) => at ?? [])
  const at = [second, ...before.map((one) => one.add({ seconds: 1 }))].reduce((one, other) =>
    Temporal.Instant.compare(one, other) > 0 ? one : other,
  )
  return { word: isYes ? yes : no, at }
}

/** Returns the last yes and the last no of a side, whether or not they still count. */
export function lastStatementsOf(agreement: Agreement, side: Side): AgreementStatement[] {
  const yes = side === 'subject' ? agreement.subjectAt : agreement.objectAt
  const no = agreement.endedBy === side ? agreement.endedAt : undefined
  const { kind, subjectUri, objectUri } = agreement
  const said = { kind, subjectUri, objectUri, side }
  return [
    ...(yes ? [{ ...said, word: 'accept' as const, at: yes }] : []),
    ...(no ? [{ ...said, word: 'undo' as const, at: no }] : []),
  ]
}

/** Returns the yes of a side that still counts, as it is repeated to who has not heard it; undefined where none does. */
export function standingStatement(
  agreement: Agreement,
  side: Side,
): AgreementStatement | undefined {
  const { state } = agreement
  const isStanding = state === 'in-force' || listActs(state, side).includes('withdraw')
  const yes = lastStatementsOf(agreement, side).find(({ word }) => word === 'accept')
  return yes && isStanding ? { ...yes, word: state === 'in-force' ? 'accept' : 'offer' } : undefined
}
