import type { StarterWords } from '../../domain/kit/leaflet-words.ts'
import { lineOf, linesIn } from './fit.ts'
import { brandOf } from './parts.ts'
import {
  artifactOf,
  BOLD,
  boxOf,
  COLOURS,
  itemOf,
  type Part,
  paragraphOf,
  ruleOf,
  type Sheet,
} from './sheet.ts'

/** What one has at hand who organises for the first time: a programme, a sheet to count on, a list to tick. */

/** Draws three A4 pages in black on white, with nothing to fill with ink. */
export const drawStarterKit = (words: StarterWords): Sheet => ({
  ...{ width: 210, height: 297, unit: 1, lang: words.lang, title: words.title },
  pages: [programmeOf(words), countingOf(words), checklistOf(words)],
})

const ALL = { x: 14, width: 182 } as const
const SUBTITLE = { ...BOLD, sizes: [5.6, 5] } as const

function headOf(words: StarterWords, title: string, lead: string): Part[] {
  const heading = { ...BOLD, ...ALL, spacing: -0.02, sizes: [10.6, 9], y: 37 }
  const below = { ...ALL, top: 43, sizes: [4.8], height: 14, leading: 1.3, isFull: true }
  return [
    ...brandOf(words, { x: 14, y: 12, height: 8 }),
    { tag: 'H1', pieces: [lineOf(title, heading)] },
    ...paragraphOf(...linesIn(lead, below).pieces),
  ]
}

function programmeOf(words: StarterWords): Part[] {
  const { title, lead, steps } = words.programme
  const parts: Part[] = []
  let y = 64
  for (const { when, what, how } of steps) {
    const right = { x: 56, width: 140 }
    const line = { ...BOLD, sizes: [6.6, 5.6], top: y, leading: 1.3 }
    const below = { ...right, top: y + 9.4, sizes: [5.4], height: 40, leading: 1.3, isFull: true }
    const { pieces, bottom } = linesIn(how, below)
    parts.push(
      artifactOf(ruleOf(14, y - 3.5, 182, 0.35, COLOURS.edge)),
      {
        tag: 'H2',
        pieces: [
          lineOf(when, { ...line, fill: words.accent, width: 38, x: 14 }),
          lineOf(what, { ...line, ...right }),
        ],
      },
      ...paragraphOf(...pieces),
    )
    y = bottom + 10
  }
  return [...headOf(words, title, lead), ...parts]
}

/** Boxes to tick in fives, without any name. */
const COLUMNS = 10
const ROWS = 6

function countingOf(words: StarterWords): Part[] {
  const { title, lead, came, first, questions, next } = words.counting
  const boxesFrom = (top: number, rows: number) =>
    Array.from({ length: rows * COLUMNS }, (_, index) => {
      const column = index % COLUMNS
      const x = 14 + column * 17 + (column >= COLUMNS / 2 ? 8 : 0)
      return {
        d: boxOf(x, top + Math.floor(index / COLUMNS) * 12, 9, 9, 1),
        stroke: COLOURS.ink,
        lineWidth: 0.6,
      }
    })
  const heading = (text: string, y: number): Part => ({
    tag: 'H2',
    pieces: [lineOf(text, { ...SUBTITLE, ...ALL, y })],
  })
  const rules = [0, 1, 2, 3, 4].map((line) => ruleOf(14, 222 + line * 10, 182, 0.3, COLOURS.edge))
  return [
    ...headOf(words, title, lead),
    artifactOf(
      ...boxesFrom(74, ROWS),
      ...boxesFrom(164, 2),
      ...rules,
      ruleOf(14, 286, 182, 0.3, COLOURS.edge),
    ),
    heading(came, 69),
    heading(first, 159),
    heading(questions, 208),
    heading(next, 275),
  ]
}

function checklistOf(words: StarterWords): Part[] {
  const { title, lead, groups } = words.checklist
  const parts: Part[] = []
  let y = 68
  for (const { when, items } of groups) {
    const first = y + 4
    const boxOfItem = (_: string, index: number) => ({
      d: boxOf(14, first + index * 10, 5.6, 5.6, 0.8),
      ...{ stroke: COLOURS.ink, lineWidth: 0.5 },
    })
    const lineOfItem = (item: string, index: number): Part => {
      const at = { sizes: [5.2, 4.8, 4.4, 4], width: 172, x: 24, y: first + 4.6 + index * 10 }
      return itemOf([lineOf(item, at)])
    }
    parts.push(
      { tag: 'H2', pieces: [lineOf(when, { ...SUBTITLE, ...ALL, fill: words.accent, y })] },
      artifactOf(...items.map(boxOfItem)),
      { tag: 'L', parts: items.map(lineOfItem) },
    )
    y = first + items.length * 10 + 9
  }
  return [...headOf(words, title, lead), ...parts]
}
