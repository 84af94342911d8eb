import type { Lang } from '../values/lang.ts'

/** All that is written on the sheets of a café or a series, in the language of the café. Templates add no words. */

/**
 * A logo, with its size in pixels and its file among the pictures of the site. The bytes, of a PNG without
 * transparency, are read when the sheet is drawn; where there are none, its name is written.
 */
export type SheetPicture = {
  name: string
  file: string
  width: number
  height: number
  bytes?: Uint8Array | undefined
}

/** The day and hour as large as they are written: `samedi`, `28`, `novembre`, `10 h 30`, `à 12 h`. */
export type SheetDate = {
  weekday: string
  day: string
  month: string
  hour: string
  until: string | undefined
}

/** What has changed since the first posters: `Annulé`, the old date or place, the reason. */
export type SheetChange = {
  label: string
  old: string | undefined
  reason: string | undefined
  /** Written above the new date: `Reporté au`. */
  above: string | undefined
}

/** What stands in place of the date where none is known: a heading, a sentence, and the next cafés. */
export type SheetWithoutDate = {
  heading: string
  sentence: string
  others: readonly { when: string; title: string; place: string }[]
}

/** The most dates of a series that stand on its poster. */
export const MOST_DATES = 6

/** A series: `Tous les jeudis`, and its next dates; `off` says why one of them is struck out. */
export type SheetSeries = {
  often: string
  dates: readonly { month: string; day: string; off?: string | undefined }[]
}

export type SheetWords = {
  lang: Lang
  title: string
  /** The name of the movement, and its logo in place of the cup. */
  movement: { name: string; logo: SheetPicture | undefined }
  /** The colour of the place, `#rrggbb`, dark enough for white text, and a light tint of it. */
  accent: string
  accentSoft: string
  /** `Ouvert à toutes et à tous`. */
  open: string
  /** `Gratuit`, how one takes part in short, and in two lines. */
  free: string
  entry: string
  entryLines: readonly string[]
  date: SheetDate | SheetWithoutDate
  change: SheetChange | undefined
  series: SheetSeries | undefined
  /** The day and hours as a sentence, read aloud instead of the block. */
  when: string
  /** The same in few words for narrow pictures: `sam. 28 nov.`. */
  shortDay: string
  longDay: string
  place: string
  town: string | undefined
  /** The lines of the address, and those about access. */
  address: readonly string[]
  access: readonly string[]
  /** On the back of a flyer: what it is about, what a café is, how it goes; and what stands above the place. */
  back: readonly { heading: string; text?: string; ticks?: readonly string[] }[]
  way: string
  /** The way to what holds now: `Programme, accès, changements :`, the address as text and as a link, the telephone. */
  go: { lead: string; address: string; href: string; code: string; phone: string | undefined }
  host: { name: string; logo: SheetPicture | undefined }
  with: string
  partners: readonly SheetPicture[]
  /** `Affiche du 14 novembre 2026…`, and whose the drawings are. */
  printed: string
  credit: string
  scan: string
}

/** Returns whether a day and an hour are known. */
export const isDated = (date: SheetDate | SheetWithoutDate): date is SheetDate => 'weekday' in date

/** The two posters. */
export const TEMPLATES = ['sobre', 'chaleureux'] as const
export type Template = (typeof TEMPLATES)[number]
