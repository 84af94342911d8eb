import type { FlagReason, Outcome } from './flag.ts'

/** How soon something was decided: within a day of the first flag, within a week, or later. */
export const DECIDED_WITHIN = ['day', 'week', 'later'] as const

/** What was decided for one reason, and how soon. */
export type DecisionCount = {
  reason: FlagReason
  outcome: Outcome
  within: (typeof DECIDED_WITHIN)[number]
  total: number
}

/** A block as everybody reads it: of one account only its server is named. */
type PublicBlock = {
  host: string
  isAccount: boolean
  level: 'block' | 'limit'
  reason: string
  endsOn: Temporal.PlainDate | undefined
}

/** What the page about transparency says, without anything about who flagged or decided. */
export type Transparency = {
  /** Since when the numbers count; undefined where nothing was flagged yet. */
  since: Temporal.Instant | undefined
  received: number
  /** How many cases wait, and how many of them are late. */
  open: number
  late: number
  decisions: readonly DecisionCount[]
  /** The appeals: how many were decided, how many of them changed the decision, how many wait, and wait too long. */
  appeals: { decided: number; upheld: number; open: number; late: number }
  /** What the team or a referent hid without a flag. */
  ownHidden: number
  /** What is blocked or limited by a decision of the team, with the reason that everybody reads. */
  blocks: readonly PublicBlock[]
  /** How many others come from a list of blocks. */
  listed: number
}
