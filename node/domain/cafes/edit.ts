import type { Cafe, CafeContent, Publication } from './cafe.ts'
import { STATUS_CHANGES, statusChangeOf } from './status-change.ts'

/**
 * In which capacity somebody edits: a person of the team, a referent under a mandate, a program with a token, a calendar
 * that is followed, a directory that says what went after a backup, a person by the link of a mail, somebody by a link
 * that the team handed over (`handed`), the clock, or the operator by a command.
 */
export type AuthorKind =
  | 'team'
  | 'referent'
  | 'token'
  | 'calendar'
  | 'directory'
  | 'link'
  | 'handed'
  | 'clock'
  | 'operator'

/** Who edits something of this server. */
export type Author = {
  kind: AuthorKind
  /** The name or address of the account, the label of the token, the host of a calendar or a directory; empty where nobody acts. */
  name: string
  /** The territory of the mandate of a referent. */
  territory?: string | undefined
}

/** The author of what is done at its time, without a person. */
export const CLOCK: Author = { kind: 'clock', name: '' }

/** The author of what a command of the operator does. */
export const OPERATOR: Author = { kind: 'operator', name: '' }

/** What an edit did; of a café that was announced, also what became of it. */
export const EDIT_ACTS = [
  'created',
  'changed',
  'published',
  'confirmed',
  'deleted',
  ...STATUS_CHANGES,
] as const
export type EditAct = (typeof EDIT_ACTS)[number]

/** Returns what an edit of a café did, the most important of it. */
export function editActOf(before: Cafe, after: Cafe): EditAct {
  if (before.publication !== after.publication && after.publication === 'published')
    return 'published'
  if (statusChangeOf(before) !== statusChangeOf(after)) return statusChangeOf(after)
  return !before.confirmedAt && after.confirmedAt ? 'confirmed' : 'changed'
}

export type Revision = {
  content: CafeContent
  publication?: Publication | undefined
  publishAt?: Temporal.Instant | undefined
  reference?: string | undefined
  series?: string | undefined
}

/** Decides a café with another text, date or place; one that was held back is published when it no longer is. */
export const decideRevision = (
  cafe: Cafe,
  { content, publication, publishAt, reference, series }: Revision,
): { value: Cafe } => ({
  value: {
    ...cafe,
    ...content,
    // A public café stays public; it is withdrawn by cancelling or deleting it.
    publication: cafe.publication === 'published' ? 'published' : (publication ?? cafe.publication),
    publishAt: publication === undefined ? cafe.publishAt : heldUntil(publication, publishAt),
    reference: reference ?? cafe.reference,
    series: series ?? cafe.series,
  },
})

const heldUntil = (publication: Publication, publishAt: Temporal.Instant | undefined) =>
  publication === 'published' ? undefined : publishAt

/** Publishes a draft or a scheduled café now. */
export const decidePublishing = (cafe: Cafe): { value: Cafe } => ({
  value: { ...cafe, publication: 'published', publishAt: undefined },
})

/** Cancels a café for a reason that its page shows; the page and the id remain. */
export const decideCancellation = (cafe: Cafe, reason: string | undefined): { value: Cafe } => ({
  value: { ...cafe, status: 'cancelled', statusNote: reason },
})

/** Deletes what is edited. */
export const decideDeletion = (): { value: undefined } => ({ value: undefined })
