import { isDated, type SheetWords } from '../../domain/kit/sheet-words.ts'
import { lineOf, linesIn } from './fit.ts'
import { addressOf, brandOf, changeOf, codeOf, hourOf, logoOf, titleOf } from './parts.ts'
import { bubble, cupOf } from './scene.ts'
import {
  artifactOf,
  BOLD,
  boxOf,
  COLOURS,
  type Part,
  type Piece,
  paragraphOf,
  piecesOf,
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
          artifactOf(...card.flatMap(piecesOf).map((piece) => shift(piece, x, y))),
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
  const area = { x: 8, y: 15, width: 89, height: 38 }
  const band = { x: 8, y: 55, width: 89, height: 15 }
  const right = { x: 36, width: 62 } as const
  const free = { ...BOLD, x: 97, y: 10.9, anchor: 'end', fill: accent, width: 30 } as const
  const title = { ...area, x: 13, width: 79 }
  return [
    artifactOf(
      ...(change
        ? [
            ...bubble({ ...area, radius: 5 }, words.accentSoft),
            { d: boxOf(0, band.y, WIDTH, band.height), fill: COLOURS.warn },
          ]
        : [
            ...bubble({ ...area, radius: 5 }, accent, 'M87 52.5L80 58.5L80.5 52.5Z'),
            ...cupOf(accent, [73.5, 60, 0.55]),
            { d: boxOf(8, 68, 89, 1.5, 0.75), fill: accent },
          ]),
    ),
    ...brandOf(words, { x: 8, y: 6, height: 6.6 }),
    ...paragraphOf(lineOf(words.free, { ...free, sizes: [4.2] })),
    titleOf(words, title, change ? COLOURS.ink : COLOURS.white, 0.483),
    ...changeOf(words, { ...band, label: 7.6, small: 4.2, most: 1, hasReason: false }),
    ...whenOf(words),
    ...placeOf(words),
    ...paragraphOf(lineOf(go.lead, { ...right, sizes: [3.45, 3, 2.6], top: 118.4, leading: 1.3 })),
    addressOf(go, { ...right, top: 123, sizes: [3.9, 3.4, 2.9, 2.5] }),
    codeOf(words, 8, 119.8, 21.6),
    ...logoOf(words.host, { x: 36, y: 133, width: 60, height: 8.4, size: 3.9 }),
  ]
}

function whenOf({ date, series, when, longDay, accent }: SheetWords): Part[] {
  const day = series?.often ?? (isDated(date) ? longDay : date.heading)
  const line = linesIn(day, {
    ...{ ...BOLD, spacing: -0.02, x: 8, width: 89, sizes: [7.6, 6.8, 6, 5.2, 4.7] },
    ...{ top: 71.5, height: 11.6, leading: 1.05, most: 2, isMiddle: true },
  })
  const hour = { x: 7.6, y: 94.2, size: 14.6, fill: accent, width: 89, small: 4.4 }
  const pieces = [...line.pieces, ...(isDated(date) ? hourOf(date, hour) : [])]
  return [{ tag: 'P', actual: when, pieces }]
}

function placeOf({ place, town, address }: SheetWords): Part[] {
  const left = { x: 8, width: 89 }
  const where = [address[0], town].filter(Boolean).join(', ')
  const name = linesIn(place, {
    ...{ ...BOLD, ...left, spacing: -0.01, sizes: [6.2, 5.6, 5, 4.5], leading: 1.1 },
    ...{ top: 100.6, height: 10, most: 2 },
  })
  return paragraphOf(
    ...name.pieces,
    lineOf(where, { ...left, sizes: [4.3, 3.8, 3.3], top: name.bottom + 0.2, leading: 1.28 }),
  )
}
