/**
 * The mails that come again and again, by the name of their template. Their reader stops each kind by a link in the
 * mail, and on « Mon compte » or on the page of their profile. Mails about security, signing in, invitations and
 * withdrawals are none of them: they cannot be stopped.
 */
export const REPEATED_MAILS = ['to-do', 'confirm-cafe', 'answers', 'profile-named'] as const

export type RepeatedMail = (typeof REPEATED_MAILS)[number]

/** Those to an account that it either receives or not; how often `to-do` comes is a rhythm of its own. */
export type AccountMail = Extract<RepeatedMail, 'confirm-cafe' | 'answers'>

/** Returns whether a template is of a mail that its reader can stop. */
export const isRepeatedMail = (template: string): template is RepeatedMail =>
  (REPEATED_MAILS as readonly string[]).includes(template)

/** The purpose of the link that stops a kind of mail. */
export const stopPurpose = <M extends RepeatedMail>(mail: M): `stop-${M}` => `stop-${mail}`
