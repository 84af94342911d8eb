import { isDated, type SheetWords } from '../../domain/kit/sheet-words.ts'
import { fitLine, lineOf, printableText } from './fit.ts'
import { brandOf, codeOf, hourOf, logoOf, titleOf } from './parts.ts'
import { bubble, cupOf } from './scene.ts'
import {
  artifactOf,
  BOLD,
  baselineOf,
  boxOf,
  COLOURS,
  linesOf,
  type Part,
  type Piece,
  REGULAR,
  type Sheet,
} from './sheet.ts'

const WIDTH = 105
const HEIGHT = 148.5

/** Draws four cards (A6) on one A4 sheet, to cut along two lines. The first one is read, the others are the same. */
export function drawCards(words: SheetWords): Sheet {
  const card = cardOf(words)
  const corners = [
    [WIDTH, 0],
    [0, HEIGHT],
    [WIDTH, HEIGHT],
  ] as const
  return {
    ...{ width: 210, height: 297, unit: 1, lang: words.lang, title: words.title },
    pages: [
      [
        ...card,
        ...corners.map(([x, y]) =>
          artifactOf(
            ...card.flatMap(({ pieces = [] }) => pieces.map((piece) => shift(piece, x, y))),
          ),
        ),
        artifactOf({
          d: `M${WIDTH} 0V297M0 ${HEIGHT}H210`,
          ...{ stroke: COLOURS.edge, lineWidth: 0.25, dash: 1.5 },
        }),
      ],
    ],
  }
}

function shift(piece: Piece, x: number, y: number): Piece {
  if (!('d' in piece)) return { ...piece, x: piece.x + x, y: piece.y + y }
  const [left = 0, top = 0, scale = 1] = piece.at ?? []
  return { ...piece, at: [left + x, top + y, scale] }
}

function cardOf(words: SheetWords): Part[] {
  const { accent, change, go } = words
  const area = { x: 8, y: 15, width: 89, height: 38, radius: 5 }
  const right = { x: 36, width: 62 } as const
  const lead = { ...REGULAR, ...right, sizes: [3.45, 3, 2.6], y: baselineOf(120, 3.45, 1.3) }
  const address = { ...BOLD, ...right, sizes: [3.9, 3.4, 2.9, 2.5], y: baselineOf(124.5, 3.9, 1.3) }
  return [
    artifactOf(
      ...(change
        ? [...bubble(area, words.accentSoft), { d: boxOf(0, 55, WIDTH, 15), fill: COLOURS.warn }]
        : [
            ...bubble(area, accent, 'M87 52.5L80 58.5L80.5 52.5Z'),
            ...cupOf(accent, [73.5, 60, 0.55]),
            { d: boxOf(8, 68, 89, 1.5, 0.75), fill: accent },
          ]),
    ),
    ...brandOf(words, { x: 8, y: 6, height: 6.6 }),
    {
      tag: 'P',
      pieces: [
        { ...BOLD, text: words.free, x: 97, y: 10.9, size: 4.2, anchor: 'end', fill: accent },
      ],
    },
    titleOf(
      words,
      { x: 13, y: 15, width: 79, height: 38 },
      change ? COLOURS.ink : COLOURS.white,
      0.483,
    ),
    ...changeOf(words),
    ...whenOf(words),
    placeOf(words),
    { tag: 'P', pieces: [lineOf(go.lead, lead)] },
    { tag: 'Link', href: go.href, alt: go.address, pieces: [lineOf(go.address, address)] },
    codeOf(words, 8, 119.8, 21.6),
    ...logoOf(words.host, { x: 36, y: 133, width: 60, height: 8.4, size: 3.9 }),
  ]
}

function changeOf({ change }: SheetWords): Part[] {
  if (!change) return []
  const white = { x: 8, width: 89, fill: COLOURS.white } as const
  const isStruck = change.old !== undefined
  const old = { ...REGULAR, ...white, sizes: [4.2, 3.6], y: 67.8, isStruck }
  const pieces = [
    lineOf(change.label, { ...BOLD, ...white, sizes: [7.6, 6.4, 5], y: 62.4 }),
    lineOf(change.old ?? change.reason ?? '', old),
  ]
  return [{ tag: 'P', pieces: pieces.filter(({ text }) => text) }]
}

function whenOf({ date, series, when, longDay, accent }: SheetWords): Part[] {
  const style = { weight: 700, spacing: -0.02 } as const
  const day = series?.often ?? (isDated(date) ? longDay : date.heading)
  const fitted = fitLine(printableText(day), { ...style, sizes: [7.6, 6.8, 6, 5.2], width: 89 })
  return [
    {
      tag: 'P',
      actual: when,
      pieces: [
        { ...BOLD, ...fitted, spacing: -0.02, x: 8, y: baselineOf(73.5, 7.6, 1) },
        ...(isDated(date)
          ? hourOf(date, { x: 7.6, y: 94.2, size: 14.6, fill: accent, width: 89, small: 4.4 })
          : []),
      ],
    },
  ]
}

function placeOf({ place, town, address }: SheetWords): Part {
  const name = fitLine(printableText(place), { weight: 700, sizes: [6.2, 5.6, 5, 4.4], width: 89 })
  const where = fitLine(printableText([address[0], town].filter(Boolean).join(', ')), {
    weight: 400,
    sizes: [4.3, 3.8, 3.3],
    width: 89,
  })
  return {
    tag: 'P',
    pieces: [
      { ...BOLD, ...name, spacing: -0.01, x: 8, y: baselineOf(101, 6.2, 1.12) },
      ...(where.text
        ? linesOf([where.text], { ...REGULAR, x: 8, top: 108, size: where.size, leading: 1.28 })
        : []),
    ],
  }
}
