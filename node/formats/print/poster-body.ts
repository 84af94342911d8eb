import {
  isDated,
  type SheetDate,
  type SheetWithoutDate,
  type SheetWords,
} from '../../domain/kit/sheet-words.ts'
import { widthOf } from '../images/outlined-text.ts'
import { lineOf, linesIn, printableText } from './fit.ts'
import { hourOf, pointsOf, sharesOf } from './parts.ts'
import { accessSignOf } from './scene.ts'
import { seriesOf } from './series.ts'
import {
  artifactOf,
  BOLD,
  COLOURS,
  itemOf,
  type Lettering,
  type Part,
  type Piece,
  paragraphOf,
  REGULAR,
  ruleOf,
} from './sheet.ts'

/** Returns the lower half of a poster: when and where, the dates of a series, or what to know where there is no date. */
export function posterBody(shown: SheetWords, top: number): Part[] {
  const words = { ...shown, address: joinLines(shown.address) }
  if (words.series) return seriesOf(words, words.series, top)
  const { date } = words
  if (!isDated(date)) return withoutDate(words, date, top + 1)
  return [whenOf(words, date, top), ...whereOf(words, top)]
}

/** Returns the block of the day, which never moves: it is read as one sentence. */
function whenOf(words: SheetWords, date: SheetDate, top: number): Part {
  const { accent, change } = words
  const above = change?.above ?? ''
  const size = above ? 44 : 49
  const first = top + (above ? 12.8 : 0)
  const style = { ...BOLD, x: 14, width: 57.5 }
  const line = (text: string, at: number): Lettering =>
    lineOf(text, {
      ...{ ...style, spacing: -0.015, sizes: [11.4, 10.4, 9.4, 8.4], top: at, leading: 0.9 },
    })
  const number = { ...style, x: 12.4, spacing: -0.035, fill: accent, sizes: [size], leading: 0.8 }
  const shown = [
    lineOf(above, { ...style, fill: COLOURS.warn, sizes: [8.8, 8.3], top, leading: 1 }),
    line(date.weekday, first),
    lineOf(date.day, { ...number, top: first + 13.46 }),
    line(date.month, first + 13.46 + size * 0.8 + 4),
    ...hourOf(date, {
      x: 76.1,
      y: top + 1.4 + hourHeight(words),
      size: hourSize(words),
      fill: accent,
    }),
  ]
  return { tag: 'P', actual: words.when, pieces: shown.filter(({ text }) => text) }
}

/** A long address needs room: the hour is smaller then, and the place. */
const isLongPlace = ({ address, access }: SheetWords): boolean => address.length + access.length > 3
const hourSize = (words: SheetWords): number => (isLongPlace(words) ? 22.6 : 27.6)
/** From the top of the hour to its base line. */
const hourHeight = (words: SheetWords): number => 0.7 * hourSize(words)

const PLACE = { x: 77, width: 119 } as const
/** Nothing of the place lies below this, where the foot begins. */
const BODY_END = 249.4

/** Returns the place, its town and address, and what is said about getting in, as much as there is room for. */
function whereOf(words: SheetWords, top: number): Part[] {
  const isLong = isLongPlace(words)
  const style = { ...BOLD, ...PLACE, spacing: -0.012, leading: 1.06, height: 99 }
  const placeTop = top + 1.4 + 0.74 * hourSize(words) + (isLong ? 3.8 : 5.4)
  const placeIn = (sizes: readonly number[], most: number) =>
    linesIn(words.place, { ...style, sizes: sizes.map(pointsOf), most, top: placeTop })
  const onTwo = placeIn(isLong ? [28, 26] : [33, 30, 28, 26], 2)
  const place = onTwo.isCut ? placeIn([26], 3) : onTwo
  const town = linesIn(words.town ?? '', {
    ...{ ...PLACE, sizes: [26, 25, 23, 20].map(pointsOf), spacing: -0.01 },
    ...{ top: place.bottom + 0.6, height: 1, leading: 1.12, most: 1 },
  })
  return [
    ...paragraphOf(...place.pieces),
    ...paragraphOf(...town.pieces),
    ...addressLines(words, town.bottom + (isLong ? 1 : 1.6)),
  ]
}

/** The size of an address of up to three lines. */
const ADDRESS = 5.3

/** Joins lines of an address that fit beside each other, so that all of it is larger. */
function joinLines(lines: readonly string[]): string[] {
  const joined: string[] = []
  for (const line of lines) {
    const both = `${joined.at(-1)} · ${line}`
    const width = widthOf(printableText(both), { ...REGULAR, size: ADDRESS })
    if (joined.length === 0 || width > PLACE.width) joined.push(line)
    else joined[joined.length - 1] = both
  }
  return joined
}

/** Returns the lines of an address: up to three in one column, else in two. What does not fit is at the short address. */
function addressLines({ address, access }: SheetWords, top: number): Part[] {
  const lines = [...address, ...access]
  const room = BODY_END - top
  const isNarrow = lines.length > 3 || room < 5
  const perColumn = isNarrow ? Math.ceil(lines.length / 2) : lines.length
  const leading = isNarrow ? 1.2 : 1.3
  const fitting = room / (perColumn * leading)
  const size = isNarrow
    ? Math.max(pointsOf(10.5), Math.min(pointsOf(13), fitting))
    : Math.min(ADDRESS, fitting)
  const rows = Math.max(1, Math.min(perColumn, Math.floor(room / (size * leading) + 0.01)))
  const at = (index: number) => ({
    x: index < rows ? PLACE.x : 138.5,
    top: top + (index % rows) * size * leading,
  })
  const pieces = lines.slice(0, rows * (isNarrow ? 2 : 1)).flatMap((text, index): Piece[] => {
    const { x, top: lineTop } = at(index)
    const isAccess = index >= address.length
    const indent = isAccess ? size * 1.15 : 0
    const width = (isNarrow ? 57.5 : PLACE.width) - indent
    const sizes = sharesOf(size, 0.9, 0.8)
    return [
      ...(isAccess
        ? accessSignOf(COLOURS.ink, [x, lineTop + size * (leading - 1) * 0.5, size / 24])
        : []),
      lineOf(text, { x: x + indent, width, sizes, top: lineTop, leading }),
    ]
  })
  return pieces.length === 0 ? [] : [{ tag: 'P', pieces }]
}

/** The height of another café. */
const ROW = 19.2

function withoutDate(words: SheetWords, date: SheetWithoutDate, top: number): Part[] {
  const at = { x: 14, width: 182 }
  const heading = lineOf(date.heading, {
    ...{ ...BOLD, ...at, spacing: -0.015, fill: COLOURS.warn },
    ...{ sizes: [11.9, 10.5, 9], top, leading: 1.06 },
  })
  const room = { sizes: [6.7, 6], height: 18, leading: 1.25 }
  const sentence = linesIn(date.sentence, { ...at, ...room, top: top + 16 })
  const first = sentence.bottom + 5
  const rules = date.others.map((_, index) =>
    ruleOf(14, first + index * ROW, 182, 0.3, COLOURS.edge),
  )
  return [
    { tag: 'H2', pieces: [heading] },
    ...paragraphOf(...sentence.pieces),
    artifactOf(...rules),
    ...othersOf(words, date, first),
  ]
}

function othersOf({ accent }: SheetWords, { others }: SheetWithoutDate, top: number): Part[] {
  if (others.length === 0) return []
  const parts = others.map(({ when, title, place }, index): Part => {
    const at = { top: top + index * ROW + 2 }
    const right = { x: 81, width: 115, sizes: [6.2, 5.6] }
    return itemOf([
      lineOf(when, { ...BOLD, ...at, fill: accent, sizes: [6.2, 5.4], width: 62, x: 14 }),
      lineOf(title, { ...right, ...at }),
      lineOf(place, { ...right, top: at.top + 7.5 }),
    ])
  })
  return [{ tag: 'L', parts }]
}
