import {
  isDated,
  MOST_DATES,
  type SheetSeries,
  type SheetWords,
} from '../../domain/kit/sheet-words.ts'
import { lineOf } from './fit.ts'
import { hourOf } from './parts.ts'
import { BOLD, baselineOf, boxOf, COLOURS, type Lettering, type Part, REGULAR } from './sheet.ts'

const GAP = 4
const CELL = (182 - (MOST_DATES - 1) * GAP) / MOST_DATES

/** Returns the lower half of the poster of a series: how often, at what hour, where, and the next dates. */
export function seriesOf(words: SheetWords, series: SheetSeries, top: number): Part[] {
  const { accent, date } = words
  const often = lineOf(series.often, {
    ...{ ...BOLD, spacing: -0.03, fill: accent, width: 182, x: 14 },
    ...{ sizes: [26.8, 24, 21, 18, 15, 12, 10], y: baselineOf(top - 2.5, 26.8, 0.95) },
  })
  const hour = { x: 13.2, y: baselineOf(top + 26.4, 25, 0.74), size: 25, width: 78 }
  const hours = isDated(date)
    ? hourOf({ hour: date.hour, until: undefined }, { ...hour, fill: COLOURS.ink })
    : []
  const dates = series.dates.map((each, index) => {
    const at = { x: 14 + index * (CELL + GAP), y: top + 53.6 }
    return each.off === undefined ? dateOf(each, at, accent) : skippedOf(each, at, each.off)
  })
  return [
    { tag: 'P', actual: words.when, pieces: [often, ...hours] },
    placeOf(words, top + 23),
    ...(dates.length === 0 ? [] : [{ tag: 'L', parts: dates } satisfies Part]),
  ]
}

function placeOf({ place, town, address }: SheetWords, top: number): Part {
  const at = { x: 97, width: 99 }
  const lines = [
    lineOf(place, {
      ...{ ...BOLD, ...at, spacing: -0.012, sizes: [9.2, 8.4, 7.4, 6.4] },
      y: baselineOf(top, 9.2, 1.06),
    }),
    lineOf(town ?? '', {
      ...{ ...REGULAR, ...at, sizes: [9.2, 8.3, 7.4] },
      y: baselineOf(top + 10.3, 9.2, 1.12),
    }),
    lineOf(address.join(' · '), {
      ...{ ...REGULAR, ...at, sizes: [4.6, 4.2] },
      y: baselineOf(top + 21.2, 4.6, 1.3),
    }),
  ]
  return { tag: 'P', pieces: lines.filter(({ text }) => text) }
}

type Date = SheetSeries['dates'][number]
type At = { x: number; y: number }

const HEIGHT = 23.6
const edgeOf = ({ x, y }: At) => ({
  d: boxOf(x + 0.3, y + 0.3, CELL - 0.6, HEIGHT - 0.6, 2.6),
  lineWidth: 0.6,
})
const middleOf = ({ x }: At) => ({ x: x + CELL / 2, anchor: 'middle' }) as const

/** Returns a date that is held: its month in a bar, and the day. */
function dateOf({ month, day }: Date, at: At, accent: string): Part {
  const { x, y } = at
  const middle = middleOf(at)
  const head: Lettering = {
    ...{ ...BOLD, ...middle, text: month, size: 4.4 },
    ...{ y: baselineOf(y, 4.4, 1.5), fill: COLOURS.white },
  }
  const number: Lettering = {
    ...{ ...BOLD, ...middle, text: day, size: 12.6, spacing: -0.02 },
    y: baselineOf(y + 6.6, 12.6, 1.35),
  }
  const bar = `M${x} ${y + 6.6}V${y + 2.6}a2.6 2.6 0 0 1 2.6-2.6H${x + CELL - 2.6}a2.6 2.6 0 0 1 2.6 2.6V${y + 6.6}z`
  return {
    tag: 'LI',
    pieces: [{ ...edgeOf(at), stroke: accent }, { d: bar, fill: accent }, head, number],
  }
}

/** Returns a date that is left out, struck out, and why. */
function skippedOf({ month, day }: Date, at: At, off: string): Part {
  const { y } = at
  const muted = { ...REGULAR, ...middleOf(at), fill: COLOURS.muted }
  return {
    tag: 'LI',
    actual: `${day} ${month} : ${off}`,
    pieces: [
      { ...edgeOf(at), stroke: COLOURS.edge, dash: 1.4 },
      { ...muted, weight: 700, text: month, size: 4.4, y: baselineOf(y, 4.4, 1.5) },
      { ...muted, text: day, size: 8, y: y + 14.4, isStruck: true },
      lineOf(off, { ...muted, sizes: [3.8, 3.2], width: CELL - 3, y: y + 20 }),
    ],
  }
}
