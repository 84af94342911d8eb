import {
  isDated,
  MOST_DATES,
  type SheetSeries,
  type SheetWords,
} from '../../domain/kit/sheet-words.ts'
import { lineOf, linesIn } from './fit.ts'
import { hourOf } from './parts.ts'
import { BOLD, boxOf, COLOURS, itemOf, type Part, type Shape } from './sheet.ts'

const GAP = 4
const CELL = (182 - (MOST_DATES - 1) * GAP) / MOST_DATES

/** Returns the lower half of the poster of a series: how often, at what hour, where, and the next dates. */
export function seriesOf(words: SheetWords, series: SheetSeries, top: number): Part[] {
  const { accent, date } = words
  const often = linesIn(series.often, {
    ...{ ...BOLD, spacing: -0.03, fill: accent, width: 182, x: 14, leading: 0.95, isMiddle: true },
    ...{ sizes: [26.8, 24, 21, 18, 15, 12.6, 10], top: top - 2.5, height: 25.5, most: 2 },
  })
  const hour = { x: 13.2, y: top + 43.6, size: 25, width: 78, fill: COLOURS.ink }
  const hours = isDated(date) ? hourOf({ hour: date.hour, until: undefined }, hour) : []
  const dates = series.dates.map((each, index) =>
    dateOf(each, { x: 14 + index * (CELL + GAP), y: top + 53.6 }, accent),
  )
  return [
    { tag: 'P', actual: words.when, pieces: [...often.pieces, ...hours] },
    placeOf(words, top + 23),
    ...(dates.length === 0 ? [] : [{ tag: 'L', parts: dates } satisfies Part]),
  ]
}

function placeOf({ place, town, address }: SheetWords, top: number): Part {
  const at = { x: 97, width: 99 }
  const lines = [
    lineOf(place, {
      ...{ ...BOLD, ...at, spacing: -0.012, sizes: [9.2, 8.4, 7.4, 6.4], top, leading: 1.06 },
    }),
    lineOf(town ?? '', { ...at, sizes: [9.2, 8.3, 7.4], top: top + 10.3, leading: 1.12 }),
    lineOf(address.join(' · '), { ...at, sizes: [4.6, 4.2], top: top + 21.2, leading: 1.3 }),
  ]
  return { tag: 'P', pieces: lines.filter(({ text }) => text) }
}

const HEIGHT = 23.6

/** Returns a date: its month in a bar, and the day; one that is left out is struck out, with why. */
function dateOf(
  { month, day, off }: SheetSeries['dates'][number],
  { x, y }: { x: number; y: number },
  accent: string,
): Part {
  const isOff = off !== undefined
  const middle = { x: x + CELL / 2, anchor: 'middle', width: CELL - 3 } as const
  const muted = { ...middle, fill: COLOURS.muted }
  const edge: Shape = {
    d: boxOf(x + 0.3, y + 0.3, CELL - 0.6, HEIGHT - 0.6, 2.6),
    ...{ lineWidth: 0.6, stroke: isOff ? COLOURS.edge : accent },
    ...(isOff && { dash: 1.4 }),
  }
  const bar = `M${x} ${y + 6.6}V${y + 2.6}a2.6 2.6 0 0 1 2.6-2.6H${x + CELL - 2.6}a2.6 2.6 0 0 1 2.6 2.6V${y + 6.6}z`
  const head = { ...BOLD, ...middle, sizes: [4.4], top: y, leading: 1.5 }
  const number = { ...middle, sizes: [12.6], spacing: -0.02, top: y + 6.6, leading: 1.35 }
  const pieces = isOff
    ? [
        lineOf(month, { ...head, fill: COLOURS.muted }),
        lineOf(day, { ...muted, sizes: [8], y: y + 14.4, isStruck: true }),
        lineOf(off, { ...muted, sizes: [3.8, 3.2], y: y + 20 }),
      ]
    : [lineOf(month, { ...head, fill: COLOURS.white }), lineOf(day, { ...BOLD, ...number })]
  const drawn = isOff ? [edge] : [edge, { d: bar, fill: accent }]
  const actual = [`${day} ${month}`, off].filter(Boolean).join(' : ')
  return itemOf([...drawn, ...pieces], actual)
}
