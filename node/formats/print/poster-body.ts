import {
  isDated,
  type SheetDate,
  type SheetWithoutDate,
  type SheetWords,
} from '../../domain/kit/sheet-words.ts'
import { fitLine, fitText, lineOf, printableText } from './fit.ts'
import { hourOf, pointsOf } from './parts.ts'
import { seriesOf } from './series.ts'
import {
  artifactOf,
  BOLD,
  baselineOf,
  COLOURS,
  type Lettering,
  linesOf,
  type Part,
  type Piece,
  REGULAR,
  ruleOf,
} from './sheet.ts'

/** Returns the lower half of a poster: when and where, the dates of a series, or what to know where there is no date. */
export function posterBody(words: SheetWords, top: number): Part[] {
  if (words.series) return seriesOf(words, words.series, top)
  const { date } = words
  if (!isDated(date)) return [...withoutDate(words, date, top + 1)]
  return [whenOf(words, date, top), ...whereOf(words, top)]
}

const DATE_WIDTH = 57.5

/** Returns the block of the day, which never moves: it is read as one sentence. */
function whenOf(words: SheetWords, date: SheetDate, top: number): Part {
  const { accent, change } = words
  const hasMore = change?.above !== undefined
  const size = hasMore ? 44 : 49
  const first = top + (hasMore ? 12.8 : 0)
  const line = (text: string, y: number): Lettering => {
    const fitted = fitLine(text, {
      weight: 700,
      spacing: -0.015,
      sizes: [11.4, 10.4, 9.4, 8.4],
      width: DATE_WIDTH,
    })
    return { ...BOLD, ...fitted, spacing: -0.015, x: 14, y: baselineOf(y, 11.4, 0.9) }
  }
  const number = first + 13.46
  return {
    tag: 'P',
    actual: words.when,
    pieces: [
      ...(change?.above
        ? [
            {
              ...BOLD,
              ...fitLine(change.above, { weight: 700, sizes: [8.8, 8.3], width: DATE_WIDTH }),
              x: 14,
              y: baselineOf(top, 8.8, 1),
              fill: COLOURS.warn,
            },
          ]
        : []),
      line(date.weekday, first),
      {
        ...BOLD,
        text: date.day,
        size,
        spacing: -0.035,
        x: 12.4,
        y: baselineOf(number, size, 0.8),
        fill: accent,
      },
      line(date.month, number + size * 0.8 + 4),
      ...hourOf(date, {
        x: 76.1,
        y: baselineOf(top + 1.4, sizeOfHour(words), 0.74),
        size: sizeOfHour(words),
        fill: accent,
      }),
    ],
  }
}

/** Returns the lines of the address and about access, as they can be printed. */
const linesOfPlace = ({ address, access }: SheetWords): string[] =>
  [...address, ...access].map((line) => printableText(line)).filter(Boolean)

/** A long address needs room: the hour is smaller then, and the place. */
const isLongPlace = (words: SheetWords): boolean => linesOfPlace(words).length > 3
const sizeOfHour = (words: SheetWords): number => (isLongPlace(words) ? 22.6 : 27.6)

const PLACE_WIDTH = 119
/** Nothing of the place lies below this, where the foot begins. */
const BODY_END = 249.4

/** Returns the place, its town and address, and what is said about getting in, as much as there is room for. */
function whereOf(words: SheetWords, top: number): Part[] {
  const lines = linesOfPlace(words)
  const isLong = isLongPlace(words)
  const placeTop = top + 1.4 + 0.74 * sizeOfHour(words) + (isLong ? 3.8 : 5.4)
  const style = { weight: 700, spacing: -0.012, width: PLACE_WIDTH, leading: 1.06 } as const
  const name = printableText(words.place)
  const onTwo = fitText(name, {
    ...style,
    sizes: (isLong ? [28, 26] : [33, 30, 28, 26]).map(pointsOf),
    height: 99,
    most: 2,
  })
  const place = onTwo.isCut
    ? fitText(name, { ...style, sizes: [pointsOf(26)], height: 99, most: 3 })
    : onTwo
  const town = fitLine(printableText(words.town ?? ''), {
    weight: 400,
    sizes: [26, 25, 23, 20].map(pointsOf),
    width: PLACE_WIDTH,
  })
  const townTop = placeTop + place.lines.length * place.size * 1.06 + 0.6
  const addressTop = townTop + (town.text ? town.size * 1.12 : 0) + (isLong ? 1 : 1.6)
  return [
    {
      tag: 'P',
      pieces: linesOf(place.lines, {
        ...BOLD,
        ...{ x: 77, top: placeTop, size: place.size, leading: 1.06, spacing: -0.012 },
      }),
    },
    ...(town.text
      ? [
          {
            tag: 'P',
            pieces: [
              {
                ...REGULAR,
                ...town,
                spacing: -0.01,
                x: 77,
                y: baselineOf(townTop, town.size, 1.12),
              },
            ],
          } as const,
        ]
      : []),
    ...addressOf(lines, addressTop),
  ]
}

/** Returns the lines of an address: up to three in one column, else in two. What does not fit is at the short address. */
function addressOf(lines: readonly string[], top: number): Part[] {
  if (lines.length === 0) return []
  const room = BODY_END - top
  if (lines.length <= 3 && room >= 5) {
    const size = Math.min(5.3, room / (lines.length * 1.3))
    const fitted = lines.map((line) =>
      fitLine(line, { weight: 400, sizes: [size, size * 0.9, size * 0.8], width: PLACE_WIDTH }),
    )
    const pieces = fitted.map(
      (line, index): Piece => ({
        ...REGULAR,
        ...line,
        x: 77,
        y: baselineOf(top + index * size * 1.3, size, 1.3),
      }),
    )
    return [{ tag: 'P', pieces }]
  }
  const perColumn = Math.ceil(lines.length / 2)
  const size = Math.max(pointsOf(10.5), Math.min(pointsOf(13), room / (perColumn * 1.2)))
  const rows = Math.max(1, Math.min(perColumn, Math.floor(room / (size * 1.2))))
  const column = (from: number, x: number): Piece[] =>
    lines.slice(from, from + rows).map((line, index) => ({
      ...REGULAR,
      ...fitLine(line, { weight: 400, sizes: [size, size * 0.9], width: 57.5 }),
      ...{ x, y: baselineOf(top + index * size * 1.2, size, 1.2) },
    }))
  return [{ tag: 'P', pieces: [...column(0, 77), ...column(rows, 138.5)] }]
}

function withoutDate(words: SheetWords, date: SheetWithoutDate, top: number): Part[] {
  const room = { weight: 400, sizes: [6.7, 6], width: 182, height: 18, leading: 1.25 } as const
  const { lines, size } = fitText(printableText(date.sentence), room)
  const after = top + 21 + lines.length * size * 1.25
  const heading = lineOf(date.heading, {
    ...{ ...BOLD, spacing: -0.015, sizes: [11.9, 10.5, 9], width: 182, fill: COLOURS.warn },
    ...{ x: 14, y: baselineOf(top, 11.9, 1.06) },
  })
  return [
    { tag: 'H2', pieces: [heading] },
    { tag: 'P', pieces: linesOf(lines, { ...REGULAR, x: 14, top: top + 16, size, leading: 1.25 }) },
    artifactOf(
      ...date.others.map((_, index) => ruleOf(14, after + index * ROW, 182, 0.3, COLOURS.edge)),
    ),
    ...othersOf(words, date, after),
  ]
}

/** The height of another café. */
const ROW = 19.2

function othersOf({ accent }: SheetWords, { others }: SheetWithoutDate, top: number): Part[] {
  if (others.length === 0) return []
  const style = { ...REGULAR, sizes: [6.2, 5.6], width: 115, x: 81 } as const
  const parts = others.map(({ when, title, place }, index): Part => {
    const y = baselineOf(top + index * ROW + 2, 6.2, 1.2)
    const day = { ...BOLD, fill: accent, sizes: [6.2, 5.4], width: 62, x: 14, y } as const
    return {
      tag: 'LI',
      pieces: [
        lineOf(when, day),
        lineOf(title, { ...style, y }),
        lineOf(place, { ...style, y: y + 7.5 }),
      ],
    }
  })
  return [{ tag: 'L', parts }]
}
