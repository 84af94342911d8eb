import type { KnownState } from '../cafes/change-message.ts'
import type { ReferentProposal } from '../referents/referent.ts'
import type { Side } from '../structures/network.ts'
import type { Digest } from '../territories/feed.ts'

/**
 * What happened here that the network should hear about. Written with the noun it is about, in one transaction;
 * told later (architecture, invariant 2).
 */
export type Change =
  | { type: 'cafe-published'; cafeId: string }
  | {
      type: 'cafe-updated'
      cafeId: string
      /** Followers are to be told of it in a message too. */
      important: boolean
      /** What the followers knew until then, where something is known of it. */
      before?: KnownState | undefined
    }
  /** Notes of its latest date, place or state are owed since the last ones, which were too short a time ago. */
  | { type: 'cafe-note-due'; cafeId: string }
  | { type: 'cafe-deleted'; cafeId: string; uri: string }
  | {
      type: 'cafe-received'
      cafeId: string
      /** To carry on to those who know the café from here: of one that is new, nobody does. */
      activity: string | undefined
      /** It came as an activity, not from a list of what there was. */
      isNews?: boolean
      /** It says something else to who reads words: not the seats alone. */
      isNewToReaders: boolean
      first: boolean
      important: boolean
      before?: KnownState | undefined
    }
  /** The team shows what was held back. */
  | { type: 'cafe-shown'; cafeId: string }
  /** Feeds have announced a café, or no longer do, or it says something else: where events are dropped they post it. */
  | { type: 'feed-posts-due'; uri: string; feeds: readonly string[] }
  | { type: 'cafe-removed'; uri: string; activity: string | undefined }
  | {
      type: 'follow-asked'
      address: string
      invitation: string | undefined
      join: boolean
      /** What the team says to that of the directory. */
      message?: string | undefined
    }
  | { type: 'unfollow-asked'; followingId: string }
  | { type: 'membership-decided'; peerId: string; admitted: boolean; reason?: string | undefined }
  /** A person of this directory no longer shows a café of a member, and says why, or shows it again. */
  | { type: 'cafe-judged'; cafeId: string; shown: boolean; reason: string }
  /** A feed of this directory owes its followers a summary. */
  | { type: 'digest-due'; digest: Digest }
  /** A network of ours is new, or says something else of itself. */
  | { type: 'network-saved'; uri: string }
  /** A network has ended: its members go in portions; of ours, directories hear of it. */
  | { type: 'network-ended'; uri: string }
  | ({ type: 'network-said' } & MembershipStatement)
  /** All that we say of networks, to a directory that has just admitted us; after the pair named, if one is. */
  | {
      type: 'networks-told'
      actorUri: string
      after?: Pick<MembershipStatement, 'networkUri' | 'structureUri'>
    }
  /** A structure's networks have changed: its cafés, those after the one named, are found and announced anew. */
  | { type: 'network-cafes'; structureUri: string; after: string }
  /** An account of ours has new keys. */
  | { type: 'keys-renewed'; actor: string }
  /** Keys of ours have leaked: what they signed and is given out here is to be signed by the new ones. */
  | { type: 'proofs-distrusted' }
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
  /** Somebody wrote to a person who leads cafés elsewhere; the words wait in `contact_message` until they are handed on. */
  | { type: 'person-contacted'; messageId: string }
  /** A mandate begins or is renewed: it is to be signed, and given to who holds the person's profile. */
  | { type: 'referent-appointed'; referentId: string }
  /** What was signed is taken back: the server that holds it (`home`, its origin) must hear. */
  | { type: 'attestation-revoked'; uri: string; home: string | undefined }
  /** The profile that a mandate named is gone, or names it no longer: what was signed is signed anew without it. */
  | { type: 'mandate-untied'; referentId: string }
  /** Of a place: it proposes somebody to one directory that it joined (`target`, the account followed), with an address. */
  | { type: 'referent-proposed'; proposal: ReferentProposal; target: string }

/** One of ours, a structure or a network, has said yes or no to a membership. */
export type MembershipStatement = {
  networkUri: string
  structureUri: string
  side: Side
  /** `offer` and `accept` are a yes, `reject` and `undo` a no. */
  word: 'offer' | 'accept' | 'reject' | 'undo'
  /** When it was said, as all who hear of it keep it. */
  at: string
}
