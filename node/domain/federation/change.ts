import type { AgreementKey, AgreementStatement } from '../agreements/agreement.ts'
import type { KnownState } from '../cafes/change-message.ts'
import type { ReferentProposal } from '../referents/referent.ts'
import type { JoinedAccount } from '../registrations/join.ts'
import type { RegistrationState } from '../registrations/registration.ts'
import type { Digest } from '../territories/feed.ts'

/**
 * Something that happened here of which the network is to be told. It is written in one transaction with what changed,
 * and told later (architecture, invariant 2).
 */
export type Change =
  | { type: 'cafe-published'; cafeId: string }
  /** A date of a series nears, of which some of our accounts are still to tell. */
  | { type: 'date-near'; uri: string }
  | {
      type: 'cafe-updated'
      cafeId: string
      /** Whether followers are also told of it in a message. */
      important: boolean
      /** The state that the followers knew until then, where it is known. */
      before?: KnownState | undefined
      /** The Note about several dates of its series that has told of it. */
      changeNote?: string | undefined
    }
  /** A café of ours was told of after it took place, or this was changed. */
  | { type: 'report-saved'; cafeId: string }
  /** What was told of a café of ours is deleted. */
  | { type: 'report-deleted'; uri: string; cafeUri: string }
  /** A resource of ours is new or has changed. */
  | { type: 'resource-saved'; uri: string }
  /** A resource of ours is deleted. */
  | { type: 'resource-deleted'; uri: string }
  /** Our resources are sent to a directory that has just admitted us, some at a time: those after an id. */
  | { type: 'resources-told'; actorUri: string; after: string }
  /** A series of ours was announced (`isNew`) or edited; its dates have changes of their own, which come before. */
  | { type: 'series-saved'; seriesId: string; isNew: boolean }
  /**
   * Notes about its latest date, place or state are to be sent, which could not be sent so soon after the last ones.
   */
  | { type: 'cafe-note-due'; cafeId: string }
  | {
      type: 'cafe-deleted'
      cafeId: string
      uri: string
      /** The account of the structure that organised it; that of the site by default. */
      organizerUri?: string | undefined
      /** The series of which it was a date. */
      series?: string | undefined
      /** The inboxes of the accounts that came to it from other servers. */
      joinedInboxes?: string[] | undefined
    }
  | {
      type: 'cafe-received'
      cafeId: string
      /** The text that is forwarded to those who know the café from here; a new café needs none, since nobody does. */
      activity: string | undefined
      /** Whether it came as an activity, and not from a list. */
      isNews?: boolean
      /** Whether it says something new to readers of texts, and not only about seats. */
      isNewToReaders: boolean
      first: boolean
      important: boolean
      before?: KnownState | undefined
    }
  /** The team shows a café that was held back. */
  | { type: 'cafe-shown'; cafeId: string }
  /** Feeds have announced a café, no longer announce it, or it has changed: where Events are dropped they post it. */
  | { type: 'feed-posts-due'; uri: string; feeds: readonly string[] }
  | {
      type: 'cafe-removed'
      uri: string
      activity: string | undefined
      series?: string | undefined
    }
  | {
      type: 'follow-asked'
      address: string
      invitation: string | undefined
      join: boolean
      /** What the team writes to the team of the directory. */
      message?: string | undefined
    }
  | { type: 'unfollow-asked'; followingId: string }
  /**
   * Accounts of other servers that joined a café of ours are told of its deletion, or what the team writes. The row is
   * deleted once told.
   */
  | {
      type: 'joined-told'
      accounts: readonly JoinedAccount[]
      title: string
      lines: readonly string[]
      /** The page of the café, while there is one. */
      url?: string | undefined
    }
  /** An account of another server that joined a café of ours has a seat, waits, or no longer comes. */
  | { type: 'join-answered'; registrationId: string; state: RegistrationState }
  | { type: 'membership-decided'; peerId: string; admitted: boolean; reason?: string | undefined }
  /** A person of this directory hides a café, a profile or a structure of a peer and says why, or shows it again. */
  | { type: 'object-judged'; uri: string; peerId: string; shown: boolean; reason: string }
  /** What was flagged here is sent on to the server of its thing, with these words and without who flagged it. */
  | { type: 'flag-sent'; caseId: string; words: string }
  /** Our team disagrees with a directory (the address of its account) that hides something of ours, in these words. */
  | { type: 'hiding-appealed'; uri: string; directory: string; words: string }
  /** A feed of this directory is to send its followers a digest. */
  | { type: 'digest-due'; digest: Digest }
  /** A network of ours is new or has changed. */
  | { type: 'network-saved'; uri: string }
  /** A network has ended. Its memberships are ended some at a time; if it is ours, directories are told. */
  | { type: 'network-ended'; uri: string }
  /** One of ours, a structure or a network, says yes or no about an agreement, at this time (as a text). */
  | ({ type: 'agreement-stated'; at: string } & Omit<AgreementStatement, 'at'>)
  /**
   * Our networks, and all that we say about agreements, are sent to a directory that has just admitted us; with a named
   * agreement, what comes after it.
   */
  | { type: 'networks-told'; actorUri: string; after?: AgreementKey }
  /**
   * The networks of a structure have changed: its cafés are found and announced again; with a named café, those after
   * it.
   */
  | { type: 'network-cafes'; structureUri: string; after: string }
  /**
   * The upcoming cafés that are received through a server leave or enter the feeds, some at a time: those after a place
   * in their list. The server is trusted now or no longer is (it joined or left, or its domain was blocked or
   * unblocked), or cafés that no feed has were assigned to it.
   */
  | { type: 'peer-cafes'; peerId: string; after: string }
  /** The places of a server enter or leave the collections of this directory. */
  | { type: 'peer-places'; peerId: string }
  /** A structure that this site hosted is closed, and what it published is gone. */
  | { type: 'structure-closed'; slug: string }
  /** This site had this origin until now. */
  | { type: 'site-moved'; from: string }
  /** An account of ours has new keys. */
  | { type: 'keys-renewed'; actor: string }
  /** Keys of ours have leaked: stored texts that they signed are to be signed by the new ones. */
  | { type: 'proofs-distrusted' }
  /** The structure has changed what it says of itself: its name, where it is, or how to reach it. */
  /** The profile of the site has changed, or that of the structure with this slug, which it hosts. */
  | { type: 'profile-updated'; slug?: string | undefined }
  /** A person's profile is shown for the first time, or again. */
  | { type: 'facilitator-published'; facilitatorId: string }
  /**
   * A profile has changed, or is shown to fewer people. Where it was shown and no longer is, by choice or because the
   * consent has expired, it must be withdrawn.
   */
  | {
      type: 'facilitator-changed'
      facilitatorId: string
      leftDirectory: boolean
      leftFediverse: boolean
    }
  /**
   * A person has withdrawn their profile. By then it is deleted here, so the addresses by which others know it are in
   * the change. These rows are deleted once told.
   */
  | {
      type: 'facilitator-withdrawn'
      withdrawalId: string
      uri: string
      actorUri: string | undefined
      handle: string
    }
  /**
   * Somebody wrote to a person who leads cafés elsewhere; the text waits in `contact_message` until it is passed on.
   */
  | { type: 'person-contacted'; messageId: string }
  /** The team gave a stamp, or refused one that waited or was given (`was`). */
  | { type: 'stamp-decided'; stampId: string; was: 'asked' | 'given' | 'refused' }
  /** A mandate begins or is renewed: it is to be signed, and sent to the server that has the person's profile. */
  | { type: 'referent-appointed'; referentId: string }
  /** A signed mandate is revoked: the server that holds it (`home`, its origin) must be told. */
  | { type: 'attestation-revoked'; uri: string; home: string | undefined }
  /**
   * The profile that a mandate named is gone, or no longer names it: the mandate is to be signed anew without the
   * profile.
   */
  | { type: 'mandate-untied'; referentId: string }
  /** A place proposes a person to one directory that it joined (`target`, the account followed), with their address. */
  | { type: 'referent-proposed'; proposal: ReferentProposal; target: string }
