/**
 * For how many days something about a person is kept at most. What deletes it (`node/jobs/purge.ts`, the functions of
 * `node/store`) and what says so (pages, mails, consents; `ui/locales/durations.ts`) are both made from this file.
 */
export const RETENTION_DAYS = {
  /** That a mail was sent, and to whom. */
  mail: 30,
  /** The same of a request for a link to sign in: anybody may have typed any address. */
  signInMail: 1,
  /** What a visitor wrote to a person of another site, where it could not be handed on. */
  contactMessage: 7,
  /** An account of another server that nothing here needs any more. */
  remoteActor: 30,
  /** Who changed the ways in and the settings. */
  audit: 365,
  /** Who changed which words of a café or of another form, and what stood there before. */
  edit: 365,
  /** A link that has ended, so that its page can say why. */
  deadLink: 30,
  /** A session that nobody uses. */
  session: 30,
  /** What somebody is writing, in their own browser (`ui/public/admin.js`). */
  formDraft: 7,
  /** What is still to be said of a withdrawn profile, where a server does not answer. */
  farewell: 90,
  /** What a nightly backup still holds of what went since. The one from before an upgrade stays until the next. */
  backup: 28,
  /** How often a network asked for something that is limited; the longest of these limits is for a day. */
  requests: 1,
  /** What is known of a site that has left, its past cafés; of one that was refused, what it had written. */
  formerPeer: 30,
  /** At a directory, that a person is shown whom their site has not named again. */
  unheardProfile: 1,
  /** Of a referent whose mandate is over: their address, and the account that is good for nothing else. */
  referentAddress: 30,
  /** That somebody declined a mandate. */
  declinedMandate: 30,
  /** A mandate that nobody answered, or that nobody was appointed to. */
  proposedMandate: 365,
  /** A mandate that is over, for the team. */
  endedMandate: 5 * 365,
  /** What the team and referents decided about others, and why. */
  journal: 3 * 365,
} as const

/**
 * How long a consent lasts; how long before its end the person is asked again; after how long what waits unanswered goes,
 * and what has run out since it was taken down.
 */
export const CONSENT_DAYS = { kept: 365, reminded: 30, unconfirmed: 30, expired: 90 } as const

/** When an unconfirmed request goes, an alert without a new yes; how long before that its person is asked. */
export const ALERT_DAYS = { unconfirmed: 2, kept: 365, reminded: 30 } as const
