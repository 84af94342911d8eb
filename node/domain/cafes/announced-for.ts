import type { Cafe } from './cafe.ts'

/** The maximum number of characters of the name of the structure for which a directory announces a café. */
export const STRUCTURE_MAX = 150

/**
 * Returns the name of the organiser: the structure that asked a directory to announce the café, otherwise the actor
 * that announces it.
 */
export const organizerNameOf = ({
  announcedFor,
  organizer,
}: Pick<Cafe, 'announcedFor' | 'organizer'>): string => announcedFor ?? organizer.name

/** Returns the page of who organises a café; undefined for a structure that asked a directory to announce its café. */
export const organizerUrlOf = ({
  announcedFor,
  organizer,
}: Pick<Cafe, 'announcedFor' | 'organizer'>): string | undefined =>
  announcedFor === undefined ? organizer.url : undefined

const MARK = /^Organis(?:é par|ed by) \*\*[^*\n]*\*\*\.[^\n]*(?:\n+|$)/

/**
 * Puts the name of the structure that organises the café before its own text, so that the name goes wherever the text
 * goes.
 */
export const withAnnouncedFor = (structure: string, text: string): string =>
  [markText(structure), text].filter(Boolean).join('\n\n')

/** Returns the text that was typed, without what `withAnnouncedFor` put before it. */
export const withoutAnnouncedFor = (text: string): string => text.replace(MARK, '')

const HTML_MARK = /^<p>Organis(?:é par|ed by) <strong>[^<]*<\/strong>\.[^<]*<\/p>\s*/

/** Returns the same of the HTML, for a page that names the organiser in its own place. */
export const htmlWithoutAnnouncedFor = (html: string): string => html.replace(HTML_MARK, '')

const markText = (structure: string): string =>
  `Organisé par **${withoutEmphasis(structure)}**. Annoncé à sa demande par l’annuaire, en attendant qu’elle ait son propre site.`

/** Removes the signs of Markdown and HTML, since a name has neither emphasis nor links. */
const withoutEmphasis = (name: string): string => name.replace(/[\\`*_{}[\]()#+!<>|~]/g, '')
