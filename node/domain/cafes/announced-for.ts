import type { Cafe } from './cafe.ts'

/** Characters of the name of the structure for which a directory announces a café. */
export const STRUCTURE_MAX = 150

/** Who organises a café, in words: the structure that asked a directory to announce it, else who announces it. */
export const organizerNameOf = ({
  announcedFor,
  organizer,
}: Pick<Cafe, 'announcedFor' | 'organizer'>): string => announcedFor ?? organizer.name

/** The page of who organises it; a structure that asked a directory to announce its café has none. */
export const organizerUrlOf = ({
  announcedFor,
  organizer,
}: Pick<Cafe, 'announcedFor' | 'organizer'>): string | undefined =>
  announcedFor === undefined ? organizer.url : undefined

const MARK = /^Organis(?:é par|ed by) \*\*[^*\n]*\*\*\.[^\n]*(?:\n+|$)/

/** The café's own text begins with who organises it, so that this goes wherever the text goes. */
export const withAnnouncedFor = (structure: string, text: string): string =>
  [markText(structure), text].filter(Boolean).join('\n\n')

/** The text that was typed, without what `withAnnouncedFor` wrote before it. */
export const withoutAnnouncedFor = (text: string): string => text.replace(MARK, '')

const markText = (structure: string): string =>
  `Organisé par **${withoutEmphasis(structure)}**. Annoncé à sa demande par l’annuaire, en attendant qu’elle ait son propre site.`

/** A name is no place for emphasis or links. */
const withoutEmphasis = (name: string): string => name.replace(/[\\`*_{}[\]()#+!<>|~]/g, '')
