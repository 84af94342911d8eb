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
  const head = headOf(words)
  const [first = [], ...others] = flow(blocks, head.bottom + 5)
  const title = `${words.title}, ${words.month}`
  const running = (page: number) =>
    lineOf(`${title} · ${page + 2}/${others.length + 1}`, {
      ...{ fill: COLOURS.muted, sizes: [SIZE], width: 182, x: 14, y: 11.5 },
    })
  return {
    ...{ width: 210, height: 297, unit: 1, lang: words.lang, title },
    pages: [
      [...head.parts, ...first, ...footOf(words)],
      ...others.map((parts, page) => [
        artifactOf(running(page), ruleOf(14, 14, 182, 0.6, words.accent)),
        ...parts,
      ]),
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

/** Where the columns end on the first page, below which is its foot, and where they are on the others. */
const FIRST_BOTTOM = 251
const OTHER = { top: 20, bottom: 284 }

/** Puts the blocks into columns; those of the last page are as short as all of it fits. */
function flow(blocks: readonly Block[], top: number): Part[][] {
  const pages: Part[][] = []
  let rest = blocks
  do {
    const { top: first, bottom } = pages.length === 0 ? { top, bottom: FIRST_BOTTOM } : OTHER
    let page = fill(rest, first, bottom)
    if (page.rest.length === 0)
      for (let higher = bottom - 2; higher > first; higher -= 2) {
        const shorter = fill(rest, first, higher)
        if (shorter.rest.length > 0) break
        page = shorter
      }
    pages.push(page.placed.map(({ block, x, y }) => block.at(x, y)))
    rest = page.rest
  } while (rest.length > 0)
  return pages
}

/** Fills the columns of a page; a heading stays with the first café below it. */
function fill(blocks: readonly Block[], top: number, bottom: number) {
  const placed: { block: Block; x: number; y: number }[] = []
  let column = 0
  let y = top
  for (const [index, block] of blocks.entries()) {
    const next = block.isHeading ? (blocks[index + 1]?.height ?? 0) : 0
    // What is higher than a column stands in it all the same.
    if (y > top && y + block.height + next > bottom) {
      column++
      y = top
    }
    const x = COLUMNS[column]
    if (x === undefined) return { placed, rest: blocks.slice(index) }
    placed.push({ block, x, y })
    y += block.height
  }
  return { placed, rest: [] }
}

function headOf(words: LeafletWords): { parts: Part[]; bottom: number } {
  const all = { x: 14, width: 182 }
  const style = { ...BOLD, ...all, spacing: -0.025, leading: 1.06 }
  const sizes = [11.6, 10.4, 9.2, 8]
  const title = linesIn(words.title, { ...style, sizes, height: 26, most: 2, top: 25 })
  const month = { ...style, fill: words.accent, sizes: [title.size], top: title.bottom }
  const lead = linesIn(words.lead, {
    ...{ ...all, sizes: [4.4, 4], height: 12, leading: 1.28, isFull: true },
    top: title.bottom + title.size * 1.06 + 2.5,
  })
  const bottom = lead.bottom + 3
  return {
    parts: [
      artifactOf(ruleOf(14, bottom, 182, 0.6, words.accent)),
      ...brandOf(words, { x: 14, y: 12, height: 8 }),
      { tag: 'H1', pieces: [...title.pieces, lineOf(words.month, month)] },
      ...paragraphOf(...lead.pieces),
    ],
    bottom,
  }
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
