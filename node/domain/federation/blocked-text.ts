/**
 * Returns the text that the team of a blocked site reads: that the site is blocked, and the reason where one was given.
 */
export const blockedText = (reason: string): string =>
  ['Cet annuaire a bloqué votre site.', reason].filter(Boolean).join(' ')
