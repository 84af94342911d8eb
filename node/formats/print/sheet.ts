import type { Lang } from '../../domain/values/lang.ts'

/**
 * A sheet to print or a picture to share, before it is written as PDF or SVG: pieces at their places, and the parts in
 * which they are read. Lengths are units of the sheet, sizes of letters the height of an em.
 */
export type Sheet = {
  width: number
  height: number
  /** The length of a unit in millimetres. */
  unit: number
  lang: Lang
  title: string
  /** The pages, each with its parts in the order in which they are read; drawings come first, so that they lie below. */
  pages: readonly (readonly Part[])[]
}

/** An element of the structure (ISO 32000-1 §14.8.4); `Artifact` is what nobody reads. */
export type Part = {
  tag: 'Artifact' | 'H1' | 'H2' | 'P' | 'L' | 'LI' | 'LBody' | 'Link' | 'Figure'
  pieces?: readonly Piece[]
  parts?: readonly Part[]
  /** What is read in place of a figure, or of the pieces. */
  alt?: string
  actual?: string
  href?: string
  /** Where a figure is. */
  area?: readonly [x: number, y: number, width: number, height: number]
}

export type Shape = {
  /** SVG path data. */
  d: string
  fill?: string
  stroke?: string
  lineWidth?: number
  isRound?: boolean
  isEvenOdd?: boolean
  dash?: number
  opacity?: number
  /** The corner and the scale of a drawing of its own. */
  at?: readonly [x: number, y: number, scale: number]
}

export type Lettering = {
  text: string
  /** `x` is the left end, or the one that `anchor` says; `y` is the base line. */
  x: number
  y: number
  size: number
  weight: 400 | 700
  fill: string
  /** Between letters, in em. */
  spacing?: number
  anchor?: 'start' | 'middle' | 'end'
  isStruck?: boolean
}

export type Picture = { png: Uint8Array; x: number; y: number; width: number; height: number }

export type Piece = Shape | Lettering | Picture

export type Area = { x: number; y: number; width: number; height: number }

/** Returns pieces that nobody reads: drawings, grounds, rules. */
export const artifactOf = (...pieces: readonly Piece[]): Part => ({ tag: 'Artifact', pieces })

/** Returns pieces that are read together, without those that have no letters; no part where there is nothing to read. */
export function paragraphOf(...pieces: readonly Lettering[]): Part[] {
  const shown = pieces.filter(({ text }) => text)
  return shown.length === 0 ? [] : [{ tag: 'P', pieces: shown }]
}

/** Returns an item of a list. */
export const itemOf = (pieces: readonly Piece[], actual?: string): Part => ({
  tag: 'LI',
  parts: [{ tag: 'LBody', pieces, ...(actual && { actual }) }],
})

/** Returns all pieces of a part, in their order. */
export const piecesOf = ({ pieces = [], parts = [] }: Part): Piece[] => [
  ...pieces,
  ...parts.flatMap(piecesOf),
]

/** The colours of the sheets beside that of the place. */
export const COLOURS = {
  ink: '#211d18',
  muted: '#5f574c',
  edge: '#8a7f70',
  line: '#e5dccd',
  warn: '#8a3b12',
  sun: '#e0a12a',
  sunSoft: '#fdf0d4',
  rose: '#d9765a',
  sky: '#9cc6c0',
  wood: '#c89a6b',
  night: '#2b3a44',
  white: '#ffffff',
} as const

/** The two kinds of letters. */
export const BOLD = { weight: 700 } as const
export const REGULAR = { weight: 400, fill: COLOURS.ink } as const

/** Returns the base line of a line of text from its top, as browsers place it in a line of `leading` em. */
export const baselineOf = (top: number, size: number, leading: number): number =>
  top + size * (leading / 2 + BASE)

/** Half of what the font's ascender (0.95) is higher than its descender (0.29) is deep. */
const BASE = 0.33

/** Returns the path of a rectangle with round corners. */
export function boxOf(x: number, y: number, width: number, height: number, radius = 0): string {
  const r = Math.min(radius, width / 2, height / 2)
  if (r === 0) return `M${x} ${y}h${width}v${height}h${-width}z`
  const arc = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`
  return `M${x + r} ${y}h${width - 2 * r}${arc(r, r)}v${height - 2 * r}${arc(-r, r)}h${2 * r - width}${arc(-r, -r)}v${2 * r - height}${arc(r, -r)}z`
}

/** Returns the path of an ellipse, or of a circle. */
export const ellipseOf = (x: number, y: number, rx: number, ry = rx): string =>
  `M${x - rx} ${y}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`

/** Returns a rule from left to right. */
export const ruleOf = (
  x: number,
  y: number,
  width: number,
  lineWidth: number,
  stroke: string,
): Shape => ({
  d: `M${x} ${y}h${width}`,
  ...{ stroke, lineWidth },
})
