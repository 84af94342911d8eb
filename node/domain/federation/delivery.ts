/**
 * What is sent to another server, by its importance. What our cafés are (`cafe`: Create, Update and Delete of an Event,
 * or of the Note that stands in for one) and what is said between two servers (`word`: Follow, Accept, a profile, a
 * membership) is sent first and waits for nothing else. A `note`, an `announce` and a `copy` of another server's
 * activity only draw attention to a café: they take the places that are left, and none of them delays anything else.
 */
export type DeliveryKind = 'cafe' | 'word' | 'note' | 'announce' | 'copy'

/** Returns whether a delivery only draws attention to a café, so that it takes the places that are left. */
export const isAside = (kind: DeliveryKind): boolean => kind !== 'cafe' && kind !== 'word'

/**
 * The types of activities that a new activity replaces, where they still wait for the same inbox in the same line: the
 * newest text is sent, once. A Create stays before its Update, since many servers know no café by an Update alone.
 */
export const REPLACED: Readonly<Record<string, readonly string[]>> = {
  Create: ['Create', 'Announce'],
  Update: ['Update'],
  Delete: ['Create', 'Update', 'Announce'],
  Announce: ['Create', 'Announce'],
  Undo: ['Announce'],
  'forwarded-Update': ['forwarded-Update'],
  'forwarded-Delete': ['forwarded-Update'],
}

/** Why another server does not have a café as it is now, as a code that the pages put into words. */
export type DeliveryFailure = 'refused' | 'elsewhere' | 'broken' | 'silent'

/**
 * Returns the kind of a delivery's failure.
 * @param error - What was kept of the last attempt: a status and what came with it, or why there was no answer.
 */
export function deliveryFailureOf(error: string | undefined): DeliveryFailure {
  const [, first, last] = /^([1-5]\d\d)\b|answered ([1-5]\d\d)$/.exec(error ?? '') ?? []
  const status = Number(first ?? last)
  if (status >= 500) return 'broken'
  if (status >= 400) return 'refused'
  return status >= 300 ? 'elsewhere' : 'silent'
}
