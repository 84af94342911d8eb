import { isDated, type SheetSeries, type SheetWords } from '../../domain/kit/sheet-words.ts'
import { fitLine, printableText } from './fit.ts'
import { hourOf } from './parts.ts'
import { baselineOf, boxOf, COLOURS, type Lettering, type Part, type Piece } from './sheet.ts'

const BOLD = { weight: 700, fill: COLOURS.ink } as const
const REGULAR = { weight: 400, fill: COLOURS.ink } as const

/** The most dates that stand on a poster. */
const MOST_DATES = 6
const GAP = 4
const CELL = (182 - (MOST_DATES - 1) * GAP) / MOST_DATES

/** Returns the lower half of the poster of a series: how often, at what hour, where, and the next dates. */
export function seriesOf(words: SheetWords, series: SheetSeries, top: number): Part[] {
  const style = { weight: 700, spacing: -0.03 } as const
  const often = fitLine(printableText(series.often), {
    ...style,
    sizes: [26.8, 24, 21, 18, 15, 12, 10],
    width: 182,
  })
  const { date } = words
  const hour = isDated(date)
    ? hourOf(
        { hour: date.hour, until: undefined },
        { x: 13.2, y: baselineOf(top + 26.4, 25, 0.74), size: 25, fill: COLOURS.ink, width: 78 },
      )
    : []
  const at = top + 23
  const place = fitLine(printableText(words.place), {
    weight: 700,
    sizes: [9.2, 8.4, 7.4, 6.4],
    width: 99,
  })
  const town = fitLine(printableText(words.town ?? ''), {
    weight: 400,
    sizes: [9.2, 8.3, 7.4],
    width: 99,
  })
  const address = fitLine(printableText(words.address.join(' · ')), {
    weight: 400,
    sizes: [4.6, 4.2],
    width: 99,
  })
  const lines: Lettering[] = [
    { ...BOLD, ...place, spacing: -0.012, x: 97, y: baselineOf(at, place.size, 1.06) },
    { ...REGULAR, ...town, x: 97, y: baselineOf(at + 10.3, town.size, 1.12) },
    { ...REGULAR, ...address, x: 97, y: baselineOf(at + 21.2, address.size, 1.3) },
  ]
  return [
    {
      tag: 'P',
      actual: words.when,
      pieces: [
        {
          ...BOLD,
          ...often,
          spacing: -0.03,
          fill: words.accent,
          x: 14,
          y: baselineOf(top - 2.5, 26.8, 0.95),
        },
        ...hour,
      ],
    },
    { tag: 'P', pieces: lines.filter(({ text }) => text) },
    ...(series.dates.length === 0
      ? []
      : [
          {
            tag: 'L',
            parts: series.dates
              .slice(0, MOST_DATES)
              .map((each, index) =>
                dateOf(each, 14 + index * (CELL + GAP), top + 53.6, words.accent),
              ),
          } satisfies Part,
        ]),
  ]
}

function dateOf(
  { month, day, off }: SheetSeries['dates'][number],
  x: number,
  y: number,
  accent: string,
): Part {
  const middle = x + CELL / 2
  const height = 23.6
  const edge = { d: boxOf(x + 0.3, y + 0.3, CELL - 0.6, height - 0.6, 2.6), lineWidth: 0.6 }
  const head: Lettering = {
    ...BOLD,
    text: month,
    size: 4.4,
    x: middle,
    y: baselineOf(y, 4.4, 1.5),
    anchor: 'middle',
    fill: off === undefined ? COLOURS.white : COLOURS.muted,
  }
  if (off !== undefined) {
    const pieces: Piece[] = [
      { ...edge, stroke: COLOURS.edge, dash: 1.4 },
      head,
      {
        ...REGULAR,
        text: day,
        size: 8,
        x: middle,
        y: y + 14.4,
        anchor: 'middle',
        fill: COLOURS.muted,
        isStruck: true,
      },
      {
        ...REGULAR,
        ...fitLine(printableText(off), { weight: 400, sizes: [3.8, 3.2], width: CELL - 3 }),
        x: middle,
        y: y + 20,
        anchor: 'middle',
        fill: COLOURS.muted,
      },
    ]
    return { tag: 'LI', actual: `${day} ${month} : ${off}`, pieces }
  }
  return {
    tag: 'LI',
    pieces: [
      { ...edge, stroke: accent },
      {
        d: `M${x} ${y + 6.6}V${y + 2.6}a2.6 2.6 0 0 1 2.6-2.6H${x + CELL - 2.6}a2.6 2.6 0 0 1 2.6 2.6V${y + 6.6}z`,
        fill: accent,
      },
      head,
      {
        ...BOLD,
        text: day,
        size: 12.6,
        spacing: -0.02,
        x: middle,
        y: baselineOf(y + 6.6, 12.6, 1.35),
        anchor: 'middle',
      },
    ],
  }
}
