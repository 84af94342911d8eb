/** The languages of pages and mails. What is sent to all readers is in the first. */
export const LANGS = ['fr', 'en'] as const

export type Lang = (typeof LANGS)[number]
