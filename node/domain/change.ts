import type { Digest } from './feed.ts'

/**
 * What happened here that the network should hear about. Written with the noun it is about, in one transaction;
 * told later (architecture, invariant 2).
 */
export type Change =
  | { type: 'cafe-published'; cafeId: string }
  | { type: 'cafe-updated'; cafeId: string; important: boolean }
  | { type: 'cafe-deleted'; cafeId: string; uri: string }
  | {
      type: 'cafe-received'
      cafeId: string
      /** To carry on to those who know the café from here: of one that is new, nobody does. */
      activity: string | undefined
      /** It came as an activity, not from a list of what there was. */
      isNews?: boolean
      first: boolean
      important: boolean
    }
  /** The team shows what was held back. */
  | { type: 'cafe-shown'; cafeId: string }
  | { type: 'cafe-removed'; uri: string; activity: string | undefined }
  | { type: 'follow-asked'; address: string; invitation: string | undefined; join: boolean }
  | { type: 'unfollow-asked'; followingId: string }
  | { type: 'membership-decided'; peerId: string; admitted: boolean }
  /** A feed of this directory owes its followers a summary. */
  | { type: 'digest-due'; digest: Digest }
  /** The structure says something else of itself: its name, where it is, how to reach it. */
  | { type: 'profile-updated' }
  /** Somebody's profile is shown for the first time, or again. */
  | { type: 'facilitator-published'; facilitatorId: string }
  /**
   * It says something else, or is shown to fewer: where it was and no longer is, by choice or since the year is over, it
   * must be taken back.
   */
  | {
      type: 'facilitator-changed'
      facilitatorId: string
      leftDirectory: boolean
      leftFediverse: boolean
    }
  /**
   * The person has taken it away: by then nothing of it is here, so the addresses that others know it by come along.
   * Those rows are deleted once told.
   */
  | {
      type: 'facilitator-withdrawn'
      withdrawalId: string
      uri: string
      actorUri: string | undefined
      handle: string
    }
