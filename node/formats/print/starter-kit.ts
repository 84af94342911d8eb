import type { StarterWords } from '../../domain/kit/leaflet-words.ts'
import { fitText, lineOf, printableText } from './fit.ts'
import { brandOf } from './parts.ts'
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

/** What one has at hand who organises for the first time: a programme, a sheet to count on, a list to tick. */

/** Draws three A4 pages in black on white, with nothing to fill with ink. */
export const drawStarterKit = (words: StarterWords): Sheet => ({
  ...{ width: 210, height: 297, unit: 1, lang: words.lang, title: words.title },
  pages: [programmeOf(words), countingOf(words), checklistOf(words)],
})

function headOf(words: StarterWords, title: string, lead: string): Part[] {
  const room = { weight: 400, sizes: [4.8], width: 182, height: 14, leading: 1.3 } as const
  const { lines, size } = fitText(printableText(lead), room)
  const heading = { ...BOLD, spacing: -0.02, sizes: [10.6, 9], width: 182, x: 14, y: 37 }
  return [
    ...brandOf(words, { x: 14, y: 12, height: 8 }),
    { tag: 'H1', pieces: [lineOf(title, heading)] },
    { tag: 'P', pieces: linesOf(lines, { ...REGULAR, x: 14, top: 43, size, leading: 1.3 }) },
  ]
}

function programmeOf(words: StarterWords): Part[] {
  const { title, lead, steps } = words.programme
  const parts: Part[] = []
  let y = 64
  for (const { when, what, how } of steps) {
    const room = { weight: 400, sizes: [4.6], width: 140, height: 40, leading: 1.3 } as const
    const { lines, size } = fitText(printableText(how), room)
    const at = baselineOf(y, 5.6, 1.3)
    parts.push(
      artifactOf(ruleOf(14, y - 2, 182, 0.3, COLOURS.edge)),
      {
        tag: 'H2',
        pieces: [
          lineOf(when, { ...BOLD, fill: words.accent, sizes: [5.6, 5], width: 38, x: 14, y: at }),
          lineOf(what, { ...BOLD, sizes: [5.6, 5], width: 140, x: 56, y: at }),
        ],
      },
      { tag: 'P', pieces: linesOf(lines, { ...REGULAR, x: 56, top: y + 8, size, leading: 1.3 }) },
    )
    y += 14 + lines.length * size * 1.3
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
    pieces: [lineOf(text, { ...BOLD, sizes: [5.6, 5], width: 182, x: 14, y })],
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
    parts.push({
      tag: 'H2',
      pieces: [
        lineOf(when, { ...BOLD, fill: words.accent, sizes: [5.6, 5], width: 182, x: 14, y }),
      ],
    })
    y += 4
    parts.push(
      artifactOf(
        ...items.map((_, index) => ({
          d: boxOf(14, y + index * 9, 5, 5, 0.8),
          stroke: COLOURS.ink,
          lineWidth: 0.5,
        })),
      ),
      {
        tag: 'L',
        parts: items.map(
          (item, index): Part => ({
            tag: 'LI',
            pieces: [
              lineOf(item, {
                ...REGULAR,
                sizes: [4.6, 4.2, 3.8],
                width: 172,
                x: 23,
                y: y + 4.2 + index * 9,
              }),
            ],
          }),
        ),
      },
    )
    y += items.length * 9 + 10
  }
  return [...headOf(words, title, lead), ...parts]
}
