import type { LeafletWords } from '../../domain/kit/leaflet-words.ts'
import { fitText, lineOf, printableText } from './fit.ts'
import { brandOf, codeOf } from './parts.ts'
import {
  artifactOf,
  BOLD,
  baselineOf,
  boxOf,
  COLOURS,
  linesOf,
  type Part,
  REGULAR,
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
    at: (x, y) => ({
      tag: 'H2',
      pieces: [
        lineOf(name, { ...BOLD, sizes: [4.6, 4.1], width: COLUMN, x, y: baselineOf(y, 4.6, 1.3) }),
      ],
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
  const room = {
    weight: 700,
    sizes: [SIZE],
    width: COLUMN,
    height: 2.1 * LINE,
    leading: LEADING,
  } as const
  const { lines } = fitText(printableText(title), room)
  const line = { sizes: [SIZE, SIZE * 0.94], width: COLUMN }
  return {
    ...{ height: (lines.length + 2) * LINE + (isLast ? 4.4 : 1.8), isHeading: false },
    at: (x, y) => {
      const below = y + LINE * (1 + lines.length)
      return {
        tag: 'P',
        pieces: [
          lineOf(when, { ...BOLD, ...line, fill: accent, x, y: baselineOf(y, SIZE, LEADING) }),
          ...linesOf(lines, { ...BOLD, x, top: y + LINE, size: SIZE, leading: LEADING }),
          lineOf(place, {
            ...REGULAR,
            ...line,
            fill: COLOURS.muted,
            x,
            y: baselineOf(below, SIZE, LEADING),
          }),
        ],
      }
    },
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
  const style = { weight: 700, spacing: -0.025, width: 182, leading: 1.06 } as const
  const { lines, size } = fitText(printableText(words.title), {
    ...style,
    ...{ sizes: [11.6, 10.4, 9.2, 8], height: 26, most: 2 },
  })
  const month = 25 + lines.length * size * 1.06
  return [
    artifactOf(ruleOf(14, 78.5, 182, 0.6, words.accent)),
    ...brandOf(words, { x: 14, y: 12, height: 8 }),
    {
      tag: 'H1',
      pieces: [
        ...linesOf(lines, { ...BOLD, spacing: -0.025, x: 14, top: 25, size, leading: 1.06 }),
        {
          ...BOLD,
          fill: words.accent,
          text: printableText(words.month),
          size,
          spacing: -0.025,
          x: 14,
          y: baselineOf(month, size, 1.06),
        },
      ],
    },
    {
      tag: 'P',
      pieces: linesOf(
        fitText(printableText(words.lead), {
          weight: 400,
          sizes: [4.4, 4],
          width: 182,
          height: 12,
          leading: 1.28,
        }).lines,
        { ...REGULAR, x: 14, top: 64.5, size: 4.4, leading: 1.28 },
      ),
    },
  ]
}

function footOf(words: LeafletWords): Part[] {
  const { go } = words
  const address = { ...BOLD, sizes: [4.9, 4.3, 3.7], width: 132, x: 52, y: 268 }
  const small = { ...REGULAR, fill: COLOURS.muted, sizes: [2.65], width: 90, y: 292 }
  return [
    artifactOf({ d: boxOf(14, 254, 182, 33, 4), fill: words.accentSoft }),
    { tag: 'Link', href: go.href, alt: go.address, pieces: [lineOf(go.address, address)] },
    {
      tag: 'P',
      pieces: [lineOf(go.text, { ...REGULAR, sizes: [3.9, 3.5], width: 138, x: 52, y: 275 })],
    },
    codeOf(words, 21.3, 260.2, 20.6),
    { tag: 'P', pieces: [lineOf(words.printed, { ...small, x: 14 })] },
    { tag: 'P', pieces: [lineOf(words.credit, { ...small, x: 196, anchor: 'end' })] },
  ]
}
