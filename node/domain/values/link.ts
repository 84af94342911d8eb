/**
 * What a secret link is for. Its subject is the id of one row, of the kind in brackets.
 *
 * @internal
 */
export const LINK_PURPOSES = [
  /** Opens a session (account). */
  'sign-in',
  /** Opens a session together with a code, after the password or the mailed link (account). */
  'second-step',
  /** Chooses the first password of an account that nobody has entered yet (account). */
  'first-password',
  /** Confirms the new address to which it was mailed (account). */
  'confirm-email',
  /**
   * Makes an account in the team; a code on paper, where mail works, only mails such a link (team invitation).
   */
  'join-team',
  /** Admits a structure to the directory, as a code that its server presents (invitation). */
  'join-directory',
  /** Confirms that a café takes place (café). */
  'confirm-cafe',
  /** Tells of a café after it took place (café). */
  'report',
  /** Confirms or renews an alert, or ends it (alert). */
  'keep-alert',
  'stop-alert',
  /** Ends one kind of mail that repeats (account, for `stop-profile-named` facilitator). */
  'stop-to-do',
  'stop-confirm-cafe',
  'stop-answers',
  'stop-report',
  'stop-profile-named',
  /** Opens a person's own profile (facilitator). */
  'own-profile',
  /** Accepts, declines or ends a mandate, or opens the pages of its territory (referent). */
  'mandate',
  'referent-access',
  /** Agrees for a person who was proposed where no mail leaves, as the code that they keep (referent). */
  'mandate-code',
  /** Proves the mailbox of a registration, and opens it: to see, change, cancel or erase it (registration). */
  'registration',
  /** Proves the mailbox of a suggested café, and opens it: to see, change, withdraw or erase it (suggestion). */
  'suggestion',
  /** Shows what became of a flag, appeals its decision, and erases it (flag). */
  'flag',
  /** Says that the mailbox of a mandate is not that of its person (referent). */
  'not-my-mandate',
] as const

export type LinkPurpose = (typeof LINK_PURPOSES)[number]

/** The links that open a page: the others are codes, which are typed or presented. */
export type PagePurpose = Exclude<LinkPurpose, 'second-step' | 'join-directory' | 'mandate-code'>

/**
 * The links that the team of a site without mail may hand over itself. None of them opens an existing account: a link
 * to sign in is only ever mailed.
 */
const HANDED_OVER: readonly LinkPurpose[] = [
  'first-password',
  'join-team',
  'confirm-cafe',
  'report',
  'own-profile',
  'mandate',
  'referent-access',
  'registration',
]

/**
 * Returns whether the team may see links of all these purposes and hand them over, where no mail can be sent. A link
 * that lets somebody into an existing account may not.
 */
export const mayBeHandedOver = (purposes: readonly LinkPurpose[]): boolean =>
  purposes.every((purpose) => HANDED_OVER.includes(purpose))

const DAY = 24 * 60

/**
 * For how many minutes a link is valid after it was made; one to a person's own profile, after it was last opened.
 * Pages and mails take their durations from here (`ui/locales/durations.ts`).
 */
export const LINK_MINUTES = {
  'sign-in': 30,
  'second-step': 10,
  'confirm-email': DAY,
  'join-team': 7 * DAY,
  'first-password': 7 * DAY,
  'referent-access': 14 * DAY,
  'own-profile': 30 * DAY,
  'stop-to-do': 90 * DAY,
  'stop-confirm-cafe': 90 * DAY,
  'stop-answers': 90 * DAY,
  'stop-report': 90 * DAY,
  'stop-profile-named': 90 * DAY,
} as const satisfies Partial<Record<LinkPurpose, number>>

/** Why a link opens nothing. It is `unknown` where its subject is gone. */
export type DeadLink = 'used' | 'expired' | 'unknown'

/**
 * The mails that come again and again, by the name of their template. Their reader stops each kind by a link in the
 * mail, and on « Mon compte » or on the page of their profile. Mails about security, signing in, invitations and
 * withdrawals are none of them: they cannot be stopped.
 */
export const REPEATED_MAILS = [
  'to-do',
  'confirm-cafe',
  'answers',
  'report',
  'profile-named',
] as const

export type RepeatedMail = (typeof REPEATED_MAILS)[number]

/** Those to an account that it either receives or not; how often `to-do` comes is a rhythm of its own. */
export type AccountMail = Extract<RepeatedMail, 'confirm-cafe' | 'answers' | 'report'>

/** Returns whether a template is of a mail that its reader can stop. */
export const isRepeatedMail = (template: string): template is RepeatedMail =>
  (REPEATED_MAILS as readonly string[]).includes(template)

/** The purpose of the link that stops a kind of mail. */
export const purposeToStop = <M extends RepeatedMail>(mail: M): `stop-${M}` => `stop-${mail}`
