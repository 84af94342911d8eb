import type { Refusal } from '../values/refusal.ts'

/**
 * What a block does: `block` refuses what its target sends, and shows nothing of it; `limit` leaves its cafés, structures
 * and people out of every list, and keeps their pages for who has the address.
 */
export const BLOCK_LEVELS = ['block', 'limit'] as const
export type BlockLevel = (typeof BLOCK_LEVELS)[number]

/** A domain or an account that this site blocks or limits. */
export type Block = {
  /** A host, with all hosts below it (`spam.example`), or the id of one account (`https://…`). */
  target: string
  level: BlockLevel
  /** What everybody reads, the blocked site too. */
  reason: string
  /** What the team alone reads. */
  note: string
  /** The last day; undefined for a block that the team ends itself. */
  endsOn: Temporal.PlainDate | undefined
  /** Whether it was taken over from a list. */
  isListed: boolean
  createdAt: Temporal.Instant
}

/** What a list of another site says of a domain. */
export type ListedBlock = Pick<Block, 'target' | 'level' | 'reason'>

/** The list that this site follows, or the file that was chosen last. */
export type BlockList = {
  /** Where it is read every night; undefined for a file. */
  address: string | undefined
  readAt: Temporal.Instant | undefined
  /** Why it could not be read the last time. */
  fault: Refusal | undefined
  etag: string | undefined
  lastModified: string | undefined
  /** How many of its lines name no domain that this site can block. */
  unread: number
}

/**
 * How a domain of a list differs from what is in force here: it is not yet here; it is here by a list, at another level;
 * it is here by a list, and this one does not have it; or a site that this one is with is in it, which no list blocks.
 */
export const LIST_CHANGES = ['added', 'changed', 'gone', 'kept'] as const
export type ListChange = (typeof LIST_CHANGES)[number]

/** Returns whether a target is one account, and not a domain. */
export const isAccount = (target: string): boolean => target.includes('://')

/** Returns the host that a target is, or on which its account is. */
export const hostOfTarget = (target: string): string =>
  isAccount(target) && URL.canParse(target) ? new URL(target).host : target

/** Returns the function that says whether a host is a domain or below it. */
export const isWithinDomain = (domain: string) => {
  const isAt = (host: string) => host === domain || host.endsWith(`.${domain}`)
  return (host: string) => isAt(host) || isAt(host.replace(/:\d+$/, ''))
}
