/**
 * For how many days something about a person is kept at most: the purge of each night and the page of personal data
 * (`/donnees-personnelles`) are both made from this table. What a consent keeps is in `CONSENT_DAYS` and `ALERT_DAYS`.
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
  /** A link that has ended, so that its page can say why. */
  deadLink: 30,
} as const
