import type { SheetWords, Template } from '../../domain/kit/sheet-words.ts'
import { fitText, lineOf, printableText } from './fit.ts'
import { bandOf, brandOf, footOf, titleOf } from './parts.ts'
import { posterBody } from './poster-body.ts'
import { bubble, cupOf, sceneOf } from './scene.ts'
import {
  artifactOf,
  BOLD,
  baselineOf,
  boxOf,
  COLOURS,
  ellipseOf,
  linesOf,
  type Part,
  REGULAR,
  type Sheet,
} from './sheet.ts'

/** The poster in its two templates, drawn on A4 in millimetres; a flyer on A5 is the same, smaller. */

/** A unit of A4 on A5, in millimetres. */
const A5_UNIT = 210 / 297

/** Draws a poster (A4), or a flyer (A5). What is drawn goes on for 4 mm beyond the edge, for a printer who cuts it. */
export function drawPoster(
  words: SheetWords,
  template: Template,
  format: 'A4' | 'A5' = 'A4',
): Sheet {
  const isWarm = template === 'chaleureuse'
  const isOff = words.change !== undefined
  const top = isWarm ? 170.5 : 168
  return {
    ...{ width: 210, height: 297, unit: format === 'A4' ? 1 : A5_UNIT },
    ...{ lang: words.lang, title: words.title },
    pages: [
      [
        ...(isOff ? changedHead(words, isWarm) : isWarm ? warmHead(words) : soberHead(words)),
        ...posterBody(words, top),
        ...footOf(words),
      ],
    ],
  }
}

const AREA = { x: 14, y: 28, width: 182, radius: 10 } as const
const TITLE = { x: 23, y: 28, width: 164 } as const

function soberHead(words: SheetWords): Part[] {
  const { accent } = words
  const entry = words.entryLines.map((line) => printableText(line))
  const under = 152 - entry.length * 7
  return [
    artifactOf(
      ...bubble({ ...AREA, height: 88 }, accent, 'M178 115L163 129L164 115Z'),
      ...cupOf(accent, [146, 134, 1.535]),
      { d: boxOf(14, 157, 182, 2.6, 1.3), fill: accent },
    ),
    ...brandOf(words, { x: 14, y: 10, height: 12 }),
    openLine(words.open),
    titleOf(words, { ...TITLE, height: 88 }, COLOURS.white),
    {
      tag: 'P',
      pieces: [
        {
          ...BOLD,
          text: words.free,
          x: 14,
          y: baselineOf(under - 17, 15, 1),
          size: 15,
          spacing: -0.02,
          fill: accent,
        },
      ],
    },
    {
      tag: 'P',
      pieces: linesOf(entry, { ...REGULAR, x: 14, top: under, size: 5.6, leading: 1.25 }),
    },
  ]
}

function warmHead(words: SheetWords): Part[] {
  return [
    artifactOf(
      { d: 'M-4 -4H214V301H-4Z', fill: words.accent },
      { d: ellipseOf(168, 29, 25.5), fill: COLOURS.sun },
      { d: ellipseOf(105, 184, 98), fill: COLOURS.sun },
      ...sceneOf(words.accent, [0, 0, 1]),
      ...bubble({ ...AREA, height: 74 }, COLOURS.white, 'M120 101L107 111L108 101Z'),
    ),
    ...brandOf(words, { x: 14, y: 10, height: 12, isLight: true }),
    titleOf(words, { ...TITLE, height: 74 }, COLOURS.ink),
    stickerOf(words),
  ]
}

function changedHead(words: SheetWords, isWarm: boolean): Part[] {
  const band = bandOf(words, 109)
  const ground = isWarm
    ? [
        { d: 'M-4 -4H214V134H-4Z', fill: COLOURS.sunSoft },
        { d: ellipseOf(168, 29, 25.5), fill: COLOURS.sun },
      ]
    : []
  return [
    artifactOf(
      ...ground,
      ...bubble({ ...AREA, height: 74 }, isWarm ? COLOURS.white : words.accentSoft),
      band.shape,
    ),
    ...brandOf(words, { x: 14, y: 10, height: 12 }),
    titleOf(words, { ...TITLE, height: 74 }, COLOURS.ink),
    ...band.parts,
    isWarm ? stickerOf(words) : openLine(words.open),
  ]
}

const openLine = (text: string): Part => {
  const at = { x: 196, y: 18.75, anchor: 'end' } as const
  return {
    tag: 'P',
    pieces: [lineOf(text, { ...REGULAR, ...at, sizes: [5.3, 4.6, 4], width: 90 })],
  }
}

/** Returns « Gratuit » in the sun at the top right. */
function stickerOf({ free, entry }: SheetWords): Part {
  const small = fitText(printableText(entry), {
    weight: 400,
    sizes: [4.2, 3.8],
    width: 42,
    height: 8,
    leading: 1.1,
    most: 1,
  })
  return {
    tag: 'P',
    pieces: [
      {
        ...BOLD,
        text: free,
        x: 168,
        y: baselineOf(9.6, 9.4, 1),
        size: 9.4,
        spacing: -0.02,
        anchor: 'middle',
      },
      ...linesOf(small.lines, {
        ...REGULAR,
        x: 168,
        top: 19.6,
        size: small.size,
        leading: 1.1,
        anchor: 'middle',
      }),
    ],
  }
}
