/**
 * For how many days something about a person is kept at most. Both what deletes it (`node/jobs/purge.ts`, the functions
 * of `node/store`) and what states it (pages, mails, consents; `ui/locales/durations.ts`) read this table.
 */
export const RETENTION_DAYS = {
  /** The record that a mail was sent, and to whom. */
  mail: 30,
  /** The same for a request for a link to sign in, since anybody may have typed any address. */
  signInMail: 1,
  /** What a visitor wrote to a person of another site, where it could not be passed on. */
  contactMessage: 7,
  /** An account of another server that nothing here needs any more. */
  remoteActor: 30,
  /** Who changed who may sign in, and the settings. */
  audit: 365,
  /** Who changed which texts of a café or of another form, and what was there before. */
  edit: 365,
  /** A link that has ended, so that its page can say why. */
  deadLink: 30,
  /** A session that nobody uses. */
  session: 30,
  /** What a person is writing, in their own browser (`ui/public/admin.js`). */
  formDraft: 7,
  /** The requests to forget a withdrawn profile, where a server does not answer. */
  accountDelete: 90,
  /**
   * What a nightly backup still holds of data that was deleted since. The one from before an upgrade stays until the
   * next.
   */
  backup: 28,
  /** That something was deleted, in the journal beside the backups: an operator may keep one for as long. */
  erasureJournal: 365,
  /** How often a network asked for something that is limited; the longest of these limits is a day. */
  requests: 1,
  /** What is known of a site that has left, and its past cafés; what a site that was refused had written. */
  formerPeer: 30,
  /** How long a directory shows a person whom their site has not named again. */
  unconfirmedProfile: 1,
  /** The address of a referent whose mandate is over, and the account that serves nothing else. */
  referentAddress: 30,
  /** The fact that a person declined a mandate. */
  declinedMandate: 30,
  /** A mandate that was not answered, or to which nobody was appointed. */
  proposedMandate: 365,
  /** A mandate that is over, for the team. */
  endedMandate: 5 * 365,
  /** Who registered at a café, after it. */
  registration: 30,
  /** A suggested café, after it took place or was refused. */
  suggestion: 30,
  /** A suggested café whose address nobody has proven. */
  unprovenSuggestion: 2,
  /** What somebody wrote to flag a page, and their address; half of it from the decision on. */
  flag: 365,
  /** What the team and referents decided about others, and why. */
  journal: 3 * 365,
} as const

/**
 * Days of a consent: how long it lasts, how long before its end the person is asked again, and how long what waits
 * without an answer, or has expired, is kept.
 */
export const CONSENT_DAYS = { kept: 365, reminded: 30, unconfirmed: 30, expired: 90 } as const

/**
 * Days of an alert: when an unconfirmed request is deleted, when an alert without a renewal is, and how long before
 * that its person is asked.
 */
export const ALERT_DAYS = { unconfirmed: 2, kept: 365, reminded: 30 } as const
