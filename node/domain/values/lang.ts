/** The languages that people are spoken to in; what leaves the server for everybody is in the first. */
export const LANGS = ['fr', 'en'] as const

export type Lang = (typeof LANGS)[number]
