import type { LeafletWords } from '../../domain/kit/leaflet-words.ts'
import { lineOf, linesIn } from './fit.ts'
import { addressOf, bottomOf, brandOf, codeOf } from './parts.ts'
import {
  artifactOf,
  BOLD,
  boxOf,
  COLOURS,
  type Part,
  paragraphOf,
  ruleOf,
  type Sheet,
} from './sheet.ts'

/** The programme of a month (A4): cafés by town in two columns, on as many pages as they need. */

const COLUMN = 86
const COLUMNS = [14, 110] as const
/** The size of the words of a café, 10 points; nothing that matters is smaller. */
const SIZE = 3.55
const LEADING = 1.27
const LINE = SIZE * LEADING

/** What follows in a column: so high, and drawn where there is room. */
type Block = { height: number; isHeading: boolean; at: (x: number, y: number) => Part }

/** Draws the programme of a month. */
export function drawLeaflet(words: LeafletWords): Sheet {
  const blocks = words.towns.flatMap((town) => blocksOf(town, words.accent))
  const [first = [], ...others] = flow(blocks)
  return {
    ...{ width: 210, height: 297, unit: 1, lang: words.lang },
    title: `${words.title}, ${words.month}`,
    pages: [
      [...headOf(words), ...first, ...footOf(words)],
      ...others.map((parts) => [artifactOf(ruleOf(14, 14, 182, 0.6, words.accent)), ...parts]),
    ],
  }
}

function blocksOf({ name, cafes }: LeafletWords['towns'][number], accent: string): Block[] {
  const heading: Block = {
    ...{ height: 7.4, isHeading: true },
    at: (x, top) => ({
      tag: 'H2',
      pieces: [lineOf(name, { ...BOLD, sizes: [4.6, 4.1], width: COLUMN, x, top, leading: 1.3 })],
    }),
  }
  return [
    heading,
    ...cafes.map((cafe, index) => cafeBlock(cafe, accent, index === cafes.length - 1)),
  ]
}

function cafeBlock(
  { when, title, place }: LeafletWords['towns'][number]['cafes'][number],
  accent: string,
  isLast: boolean,
): Block {
  const line = { sizes: [SIZE, SIZE * 0.94], width: COLUMN, leading: LEADING }
  const titleAt = (x: number, top: number) =>
    linesIn(title, { ...BOLD, ...line, sizes: [SIZE], height: 2.1 * LINE, x, top })
  const { bottom } = titleAt(0, LINE)
  return {
    ...{ height: bottom + LINE + (isLast ? 4.4 : 1.8), isHeading: false },
    at: (x, y) => ({
      tag: 'P',
      pieces: [
        lineOf(when, { ...BOLD, ...line, fill: accent, x, top: y }),
        ...titleAt(x, y + LINE).pieces,
        lineOf(place, { ...line, fill: COLOURS.muted, x, top: y + bottom }),
      ],
    }),
  }
}

/** Where the columns begin and end, on the first page and on the others. */
const FIRST = { top: 84, bottom: 250 }
const OTHER = { top: 20, bottom: 284 }

/** Puts the blocks into columns; a heading stays with the first café below it. */
function flow(blocks: readonly Block[]): Part[][] {
  const pages: Part[][] = [[]]
  let column = 0
  let y = FIRST.top
  blocks.forEach((block, index) => {
    const { bottom } = pages.length === 1 ? FIRST : OTHER
    const next = block.isHeading ? (blocks[index + 1]?.height ?? 0) : 0
    if (y + block.height + next > bottom) {
      column++
      if (column === COLUMNS.length) {
        column = 0
        pages.push([])
      }
      y = pages.length === 1 ? FIRST.top : OTHER.top
    }
    pages.at(-1)?.push(block.at(COLUMNS[column] ?? COLUMNS[0], y))
    y += block.height
  })
  return pages
}

function headOf(words: LeafletWords): Part[] {
  const all = { x: 14, width: 182 }
  const style = { ...BOLD, ...all, spacing: -0.025, leading: 1.06 }
  const sizes = [11.6, 10.4, 9.2, 8]
  const title = linesIn(words.title, { ...style, sizes, height: 26, most: 2, top: 25 })
  const month = { ...style, fill: words.accent, sizes: [title.size], top: title.bottom }
  return [
    artifactOf(ruleOf(14, 78.5, 182, 0.6, words.accent)),
    ...brandOf(words, { x: 14, y: 12, height: 8 }),
    { tag: 'H1', pieces: [...title.pieces, lineOf(words.month, month)] },
    ...paragraphOf(
      ...linesIn(words.lead, { ...all, sizes: [4.4, 4], height: 12, leading: 1.28, top: 64.5 })
        .pieces,
    ),
  ]
}

function footOf(words: LeafletWords): Part[] {
  const { go } = words
  return [
    artifactOf({ d: boxOf(14, 254, 182, 33, 4), fill: words.accentSoft }),
    addressOf(go, { x: 52, width: 138, sizes: [4.9, 4.3, 3.7], top: 261 }),
    ...paragraphOf(lineOf(go.text, { sizes: [3.9, 3.5], width: 138, x: 52, top: 271.7 })),
    codeOf(words, 21.3, 260.2, 20.6),
    bottomOf(words, 292),
  ]
}
