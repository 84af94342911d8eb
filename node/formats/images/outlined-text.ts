import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import opentype, { type Command, type Font, type Glyph } from 'opentype.js'
import { OWN_FONTS, PACKAGED_FONTS } from './font-files.ts'

/** Text as outlines of the pages' own font: the drawing needs no font of the machine, and is the same everywhere. */

const FOLDERS = { latin: OWN_FONTS, 'latin-ext': PACKAGED_FONTS } as const

type Weight = 400 | 700

const fonts = new Map<string, Font>()

/** Returns the file of a font. */
const fileOf = (font: Font): string => files.get(font) ?? ''

const files = new Map<Font, string>()

function fontOf(subset: 'latin' | 'latin-ext', weight: Weight): Font {
  const name = `atkinson-hyperlegible-${subset}-${weight}-normal.woff`
  const known = fonts.get(name)
  if (known) return known
  const file = join(FOLDERS[subset], name)
  const font = opentype.parse(Uint8Array.from(readFileSync(file)).buffer)
  fonts.set(name, font)
  files.set(font, file)
  return font
}

type PlacedGlyph = { glyph: Glyph; font: Font }

const SUBSETS = ['latin', 'latin-ext'] as const

function glyphOf(character: string, weight: Weight): PlacedGlyph | undefined {
  for (const subset of SUBSETS) {
    const font = fontOf(subset, weight)
    const glyph = font.charToGlyph(character)
    if (glyph.index !== 0) return { glyph, font }
  }
  return undefined
}

/** Returns the part of a text that the font can draw: another script or an emoji is left out. */
export const drawableText = (text: string): string =>
  [...text.normalize('NFC').replaceAll(/\s/gu, ' ')]
    .filter((character) => glyphOf(character, 700))
    .join('')
    .replaceAll(/ +/g, ' ')
    .trim()

/** `spacing` is between letters, in em. */
export type TextStyle = { size: number; weight: Weight; spacing?: number | undefined }

type Placed = PlacedGlyph & { character: string; left: number } & Raised

/** The size of letters, and how far they stand above the line. */
type Raised = { size: number; rise: number }

/** The end of « 1er » is small and high. */
const FIRST = /(?<![\d\p{L}])1er(?!\p{L})/gu
const [SMALL, HIGH] = [0.6, 0.33]

/** The font has no narrow no-break space: a space is drawn that is narrower by so many em. */
const NARROW = '\u202f'
const NARROWER = 0.16

/** Places each letter, with the kerning of the font. */
function place(
  text: string,
  { size, weight, spacing = 0 }: TextStyle,
): { glyphs: Placed[]; width: number } {
  let left = 0
  let previous: PlacedGlyph | undefined
  const glyphs: Placed[] = []
  const raised = new Set([...text.matchAll(FIRST)].flatMap(({ index }) => [index + 1, index + 2]))
  let at = 0
  for (const character of text) {
    const isRaised = raised.has(at)
    at += character.length
    const placedGlyph = glyphOf(/\s/u.test(character) ? ' ' : character, weight)
    if (!placedGlyph) continue
    const { glyph, font } = placedGlyph
    const own = isRaised ? size * SMALL : size
    const scale = own / font.unitsPerEm
    if (previous?.font === font) left += font.getKerningValue(previous.glyph, glyph) * scale
    glyphs.push({ ...placedGlyph, character, left, size: own, rise: isRaised ? HIGH * size : 0 })
    left += (glyph.advanceWidth ?? 0) * scale + spacing * own
    if (character === NARROW) left -= NARROWER * size
    previous = placedGlyph
  }
  return { glyphs, width: left }
}

/** Letters of one font file that follow each other; `left` is where they begin. */
export type TextRun = { file: string; text: string; left: number } & Raised

/** Divides a text into what is written with one font file in one size; a narrow space ends a run. */
export function toRuns(text: string, style: TextStyle): TextRun[] {
  const runs: TextRun[] = []
  let isOpen = false
  for (const { font, character, left, size, rise } of place(text, style).glyphs) {
    const file = fileOf(font)
    const last = runs.at(-1)
    const written = /\s/u.test(character) ? ' ' : character
    if (isOpen && last?.file === file && last.rise === rise) last.text += written
    else runs.push({ file, text: written, left, size, rise })
    isOpen = character !== NARROW
  }
  return runs
}

/** Returns the width of a text, in units of the drawing. */
export const widthOf = (text: string, style: TextStyle): number => place(text, style).width

/** Returns the outlines as SVG path data; `x` is where the text begins, `y` its base line. */
export const outlineOf = (
  text: string,
  { x, y, ...style }: TextStyle & { x: number; y: number },
): string =>
  place(text, style)
    .glyphs.flatMap(
      ({ glyph, left, size, rise }) => glyph.getPath(x + left, y - rise, size).commands,
    )
    .map(toPathData)
    .join('')

/** Writes path data. The library's own function joins a number that rounds to -0 with the one before (2.0.0). */
const toPathData = ({ type, x1, y1, x2, y2, x, y }: Command): string =>
  type +
  [x1, y1, x2, y2, x, y]
    .filter((value) => value !== undefined)
    .map((value) => Math.round(value * 10) / 10)
    .join(' ')

/**
 * Breaks text between words, never before a sign that French separates by a space; what does not fit into the last line
 * is replaced by an ellipsis.
 */
export function toLines(
  text: string,
  style: TextStyle & { width: number; most: number },
): string[] {
  const { width, most } = style
  const fits = (line: string) => widthOf(line, style) <= width
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ +(?![?!:;»])/u)) {
    const longer = line ? `${line} ${word}` : word
    if (line && !fits(longer)) {
      lines.push(line)
      line = word
    } else line = longer
  }
  if (line) lines.push(line)
  if (lines.length > most) {
    const last = lines[most - 1] ?? ''
    lines.splice(most - 1, lines.length, `${last.replace(/[\s,;:.]{1,20}$/, '')}…`)
  }
  return lines.map((each) => shorten(each, fits))
}

/** Shortens a word that is wider than the line, or a line that its ellipsis made too wide. */
function shorten(line: string, fits: (line: string) => boolean): string {
  if (fits(line)) return line
  const glyphs = [...line.replace(/…$/, '')]
  while (glyphs.length > 1 && !fits(`${glyphs.join('')}…`)) glyphs.pop()
  return `${glyphs.join('').replace(/[\s,;:.]{1,20}$/, '')}…`
}
