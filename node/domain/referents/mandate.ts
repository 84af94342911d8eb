import type { Author } from '../cafes/edit.ts'
import type { EndReason, Referent } from './referent.ts'

export type MandateDays = Pick<Referent, 'startsOn' | 'endsOn'>

/** The text that the person read, and its language. */
type Said = { text: string; lang: string }

/** What is done to a mandate: by its person, who has read a text (`said`), by the team, or by the calendar. */
export type MandateAct = Deed & {
  /** Who does it. The name of the mandate's person is left empty: what is logged outlives it. */
  by: Author
  /** The mandate that the page of the team showed (`mandateVersion`). */
  seen?: string | undefined
}

type Deed =
  /** The person agrees to the days that they were shown, under the name, title and address that they chose. */
  | { act: 'agree'; shown: MandateDays; as: Pick<Referent, 'name' | 'word' | 'email'>; said: Said }
  | { act: 'decline'; said: Said }
  | { act: 'appoint'; organizationId: string }
  /** The team asks for other days than those to which the person agreed. */
  | { act: 'ask-days'; days: MandateDays }
  | { act: 'keep-days' }
  | { act: 'renew'; endsOn: Temporal.PlainDate; said: Said }
  /** The person says that a profile is theirs, or with undefined that none is; `today` is the day where they are. */
  | { act: 'tie'; profile: string | undefined; today: Temporal.PlainDate; said: Said }
  | { act: 'end'; reason: EndReason; said?: Said | undefined }
  /** Who has the mailbox says that they are not the person: the address is erased at once. */
  | { act: 'disown'; said: Said }

/** Returns whether two mandates have the same days. */
export const isSameDays = (one: MandateDays, other: MandateDays): boolean =>
  one.startsOn.equals(other.startsOn) && one.endsOn.equals(other.endsOn)

/** Returns a text that differs whenever the state or the days of a mandate were changed. */
export const mandateVersion = ({ state, startsOn, endsOn, askedEndsOn }: Referent): string =>
  [state, startsOn, endsOn, askedEndsOn].filter((part) => part !== undefined).join(' ')

/**
 * Decides what an act changes about a mandate; undefined where its state does not allow the act, or where it is not as
 * the page showed it. Other days are asked of a person who was not appointed as if for the first time; of a running
 * mandate only the last day can change, and nothing changes before its person agrees.
 */
export function decideMandate(
  mandate: Referent,
  done: MandateAct,
  now: Temporal.Instant,
): Partial<Referent> | undefined {
  const { state, endsOn, askedEndsOn } = mandate
  if (done.seen !== undefined && done.seen !== mandateVersion(mandate)) return undefined
  const isOpen = state === 'proposed'
  const isAgreed = state === 'consented'
  const isRunning = state === 'appointed'
  switch (done.act) {
    case 'agree':
      if (!isOpen || !isSameDays(mandate, done.shown)) return undefined
      return { ...done.as, state: 'consented', consentedAt: now }
    case 'decline':
      if (!isOpen) return undefined
      return { state: 'declined', endedAt: now, email: undefined, facilitatorUri: undefined }
    case 'appoint':
      if (!isAgreed || mandate.email === undefined) return undefined
      return { state: 'appointed', appointedAt: now, organizationId: done.organizationId }
    case 'ask-days':
      if (isAgreed) return { ...done.days, state: 'proposed', consentedAt: undefined }
      return isRunning ? { askedEndsOn: done.days.endsOn } : undefined
    case 'keep-days':
      return askedEndsOn ? { askedEndsOn: undefined } : {}
    case 'renew':
      if (!isRunning || !askedEndsOn?.equals(done.endsOn)) return undefined
      return { endsOn: done.endsOn, askedEndsOn: undefined }
    case 'tie':
      if (!(isAgreed || isRunning) || Temporal.PlainDate.compare(endsOn, done.today) < 0)
        return undefined
      return mandate.facilitatorUri === done.profile ? {} : { facilitatorUri: done.profile }
    case 'end':
      return isAgreed || isRunning ? endingOf(done.reason, now) : undefined
    case 'disown':
      return isRunning ? { ...endingOf('disowned', now), email: undefined } : undefined
  }
}

const endingOf = (endReason: EndReason, endedAt: Temporal.Instant): Partial<Referent> => ({
  ...{ state: 'ended', endedAt, endReason },
  ...{ askedEndsOn: undefined, facilitatorUri: undefined },
})
