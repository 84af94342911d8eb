import type { SheetWords, Template } from '../../domain/kit/sheet-words.ts'
import { lineOf, linesIn } from './fit.ts'
import { brandOf, changeOf, footOf, titleOf } from './parts.ts'
import { posterBody } from './poster-body.ts'
import { bubble, cupOf, sceneOf } from './scene.ts'
import {
  artifactOf,
  BOLD,
  boxOf,
  COLOURS,
  ellipseOf,
  type Part,
  paragraphOf,
  type Sheet,
} from './sheet.ts'
import { versoOf } from './verso.ts'

/** The poster in its two templates, drawn on A4 in millimetres; a flyer on A5 is the same, smaller, with a back. */

/** A unit of A4 on A5, in millimetres. */
const A5_UNIT = 210 / 297

/** Draws a poster (A4), or a flyer (A5). What is drawn goes on for 4 mm beyond the edge, for a printer who cuts it. */
export function drawPoster(
  words: SheetWords,
  template: Template,
  format: 'A4' | 'A5' = 'A4',
): Sheet {
  const isWarm = template === 'chaleureux'
  const headOf = words.change ? changedHead : isWarm ? warmHead : soberHead
  const front = [
    ...headOf(words, isWarm),
    ...posterBody(words, isWarm ? 170.5 : 168),
    ...footOf(words),
  ]
  return {
    ...{ width: 210, height: 297, unit: format === 'A4' ? 1 : A5_UNIT },
    ...{ lang: words.lang, title: words.title },
    pages: format === 'A4' ? [front] : [front, versoOf(words)],
  }
}

const AREA = { x: 14, y: 28, width: 182, radius: 10 } as const
const TITLE = { x: 23, y: 28, width: 164 } as const

function soberHead(words: SheetWords): Part[] {
  const { accent } = words
  const under = 152 - words.entryLines.length * 7
  return [
    artifactOf(
      ...bubble({ ...AREA, height: 88 }, accent, 'M178 115L163 129L164 115Z'),
      ...cupOf(accent, [146, 134, 1.535]),
      { d: boxOf(14, 157, 182, 2.6, 1.3), fill: accent },
    ),
    ...brandOf(words, { x: 14, y: 10, height: 12 }),
    ...openLine(words.open),
    titleOf(words, { ...TITLE, height: 88 }, COLOURS.white),
    ...paragraphOf(
      lineOf(words.free, {
        ...{ ...BOLD, spacing: -0.02, fill: accent, sizes: [15], width: 130 },
        ...{ x: 14, top: under - 17, leading: 1 },
      }),
    ),
    ...paragraphOf(
      ...words.entryLines.map((text, index) =>
        lineOf(text, { x: 14, top: under + 7 * index, sizes: [5.6, 5], width: 125, leading: 1.25 }),
      ),
    ),
  ]
}

const warmHead = (words: SheetWords): Part[] => [
  artifactOf(
    { d: 'M-4 -4H214V301H-4Z', fill: words.accent },
    { d: ellipseOf(168, 29, 25.5), fill: COLOURS.sun },
    { d: ellipseOf(105, 184, 98), fill: COLOURS.sun },
    ...sceneOf(words.accent, [0, 0, 1]),
    ...bubble({ ...AREA, height: 74 }, COLOURS.white, 'M120 101L107 111L108 101Z'),
  ),
  ...brandOf(words, { x: 14, y: 10, height: 12, isLight: true }),
  titleOf(words, { ...TITLE, height: 74 }, COLOURS.ink),
  ...stickerOf(words),
]

function changedHead(words: SheetWords, isWarm: boolean): Part[] {
  const ground = isWarm
    ? [
        { d: 'M-4 -4H214V134H-4Z', fill: COLOURS.sunSoft },
        { d: ellipseOf(168, 29, 25.5), fill: COLOURS.sun },
      ]
    : []
  const band = { x: 14, y: 109, width: 182, height: 52 }
  return [
    artifactOf(
      ...ground,
      ...bubble({ ...AREA, height: 74 }, isWarm ? COLOURS.white : words.accentSoft),
      { d: `M-4 ${band.y}h218v${band.height}H-4z`, fill: COLOURS.warn },
    ),
    ...brandOf(words, { x: 14, y: 10, height: 12 }),
    titleOf(words, { ...TITLE, height: 74 }, COLOURS.ink),
    ...changeOf(words, { ...band, label: 27, small: 8.8, most: 2, hasReason: true }),
    ...(isWarm ? stickerOf(words) : openLine(words.open)),
  ]
}

const openLine = (text: string): Part[] =>
  paragraphOf(lineOf(text, { x: 196, y: 18.75, anchor: 'end', sizes: [5.3, 4.6, 4], width: 90 }))

/** Returns « Gratuit » in the sun at the top right. */
function stickerOf({ free, entry }: SheetWords): Part[] {
  const middle = { x: 168, anchor: 'middle', width: 42 } as const
  const room = { sizes: [4.2, 3.8], height: 8, leading: 1.1, most: 1 }
  return paragraphOf(
    lineOf(free, { ...BOLD, ...middle, spacing: -0.02, top: 9.6, sizes: [9.4, 8], leading: 1 }),
    ...linesIn(entry, { ...middle, ...room, top: 19.6 }).pieces,
  )
}
