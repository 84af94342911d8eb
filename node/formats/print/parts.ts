import { encode } from 'uqr'
import type { SheetDate, SheetWords } from '../../domain/kit/sheet-words.ts'
import { widthOf } from '../images/outlined-text.ts'
import { fitLine, fitText, hourText, printableText } from './fit.ts'
import { sign } from './scene.ts'
import {
  artifactOf,
  baselineOf,
  COLOURS,
  type Lettering,
  linesOf,
  type Part,
  type Picture,
  ruleOf,
  type Shape,
} from './sheet.ts'

/** Parts that several sheets have. */

/** Returns points as millimetres. */
export const pointsOf = (size: number): number => (size * 25.4) / 72

const TITLE_SIZES = [84, 72, 64, 58, 54, 50, 46, 42, 39, 36, 33, 30, 27, 24].map(pointsOf)
const TITLE_STYLE = { weight: 700, spacing: -0.015 } as const
const LEADING = 1.06
/** The share of its area that a title may fill from top to bottom. */
const FILLED = 0.89

type Area = { x: number; y: number; width: number; height: number }

/** Returns the title in the middle of its area, as large as it fits; the sizes are those of A4 times `scale`. */
export function titleOf(words: SheetWords, area: Area, fill: string, scale = 1): Part {
  const text = printableText(words.title, printableText(words.movement.name, 'Café IA'))
  const sizes = TITLE_SIZES.map((size) => size * scale)
  const room = {
    ...TITLE_STYLE,
    ...{ leading: LEADING, sizes, width: area.width, height: area.height * FILLED },
  }
  const { lines, size } = fitText(text, room)
  const top = area.y + (area.height - lines.length * size * LEADING) / 2
  return {
    tag: 'H1',
    actual: words.title,
    pieces: linesOf(lines, { ...TITLE_STYLE, x: area.x, top, size, leading: LEADING, fill }),
  }
}

/** Returns the sign and the name of the movement; `height` is that of the sign. */
export function brandOf(
  { movement, accent }: Pick<SheetWords, 'movement' | 'accent'>,
  { x, y, height, isLight = false }: { x: number; y: number; height: number; isLight?: boolean },
): Part[] {
  const { logo } = movement
  const width = logo?.bytes ? (height * logo.width) / logo.height : (height * 26) / 27
  const pieces = logo?.bytes
    ? [placed(logo.bytes, { x, y, width, height })]
    : sign(isLight ? COLOURS.white : accent, x, y, height)
  const name: Lettering = {
    ...fitLine(printableText(movement.name), {
      sizes: [0.767, 0.6, 0.45].map((em) => em * height),
      width: height * 7,
      ...STRONG,
    }),
    ...{ x: x + width + height * 0.25, y: y + height * 0.753, ...STRONG },
    ...{ spacing: -0.01, fill: isLight ? COLOURS.white : COLOURS.ink },
  }
  return [artifactOf(...pieces), { tag: 'P', pieces: [name] }]
}

const STRONG = { weight: 700 } as const

const placed = (png: Uint8Array, area: Area): Picture => ({ png, ...area })

/** Returns the QR code, black on white; `side` is its own, and the white margin is around it. */
export function codeOf(
  words: { go: Pick<SheetWords['go'], 'href' | 'code'> },
  x: number,
  y: number,
  side: number,
): Part {
  const { data, size } = encode(words.go.href, { ecc: 'M', border: 0 })
  const module = side / size
  const margin = 4 * module
  let d = ''
  data.forEach((row, line) => {
    for (let at = 0; at < size; at++) {
      if (!row[at]) continue
      const from = at
      while (row[at + 1]) at++
      d += `M${round(x + from * module)} ${round(y + line * module)}h${round((at + 1 - from) * module)}v${round(module)}h${round(-(at + 1 - from) * module)}z`
    }
  })
  const white = {
    d: `M${x - margin} ${y - margin}h${side + 2 * margin}v${side + 2 * margin}h${-side - 2 * margin}z`,
    fill: COLOURS.white,
  }
  return {
    tag: 'Figure',
    alt: words.go.code,
    area: [x, y, side, side],
    pieces: [white, { d, fill: '#000000' }],
  }
}

const round = (value: number): number => Math.round(value * 1000) / 1000

/** Returns a logo no higher and no wider than its room, or the name where there is none. */
export function logoOf(
  { name, logo }: SheetWords['host'],
  {
    x,
    y,
    width,
    height,
    anchor = 'start',
    size,
  }: Area & { anchor?: 'start' | 'end'; size: number },
): Part[] {
  if (logo?.bytes) {
    const scale = Math.min(width / logo.width, height / logo.height)
    const area = { width: logo.width * scale, height: logo.height * scale }
    const left = anchor === 'end' ? x - area.width : x
    const top = y + (height - area.height) / 2
    const pieces = [placed(logo.bytes, { x: left, y: top, ...area })]
    return [{ tag: 'Figure', alt: name, area: [left, top, area.width, area.height], pieces }]
  }
  const room = {
    ...STRONG,
    sizes: [size, size * 0.85, size * 0.7],
    width,
    height,
    leading: 1.16,
    most: 2,
  }
  const { lines, size: fitted } = fitText(printableText(name), room)
  if (lines.length === 0) return []
  const top = y + (height - lines.length * fitted * 1.16) / 2
  const style = { ...STRONG, x, top, size: fitted, leading: 1.16, anchor, fill: COLOURS.ink }
  return [{ tag: 'P', pieces: linesOf(lines, style) }]
}

/** Partners beyond this many are named on the page. */
const MOST_PARTNERS = 4

/** Returns the foot of an A4 sheet: the code, the address, the place, its partners, and the line below. */
export function footOf(words: SheetWords): Part[] {
  const { go } = words
  const regular = { weight: 400, fill: COLOURS.ink } as const
  const address = fitLine(go.address, { ...STRONG, sizes: [5.6, 5, 4.4, 3.8, 3.2], width: 88 })
  return [
    artifactOf(ruleOf(14, 250.6, 182, 0.35, COLOURS.edge)),
    {
      tag: 'P',
      pieces: linesOf([go.lead], { ...regular, x: 50, top: 254.4, size: 4.6, leading: 1.25 }),
    },
    {
      tag: 'Link',
      href: go.href,
      alt: go.address,
      pieces: [{ ...regular, ...STRONG, ...address, x: 50, y: baselineOf(260, 5.6, 1.25) }],
    },
    ...(go.phone
      ? [
          {
            tag: 'P',
            pieces: linesOf([go.phone], {
              ...regular,
              fill: COLOURS.muted,
              x: 50,
              top: 267,
              size: 4.6,
              leading: 1.25,
            }),
          } as const,
        ]
      : []),
    codeOf(words, 14, 255.4, 29),
    ...logoOf(words.host, { x: 196, y: 255.2, width: 54, height: 13, anchor: 'end', size: 5.6 }),
    ...partnersOf(words),
    bottomOf(words, 289),
  ]
}

function partnersOf({ partners, with: word }: SheetWords): Part[] {
  if (partners.length === 0) return []
  const label: Lettering = {
    text: word,
    x: 50,
    y: 281.2,
    size: 4,
    weight: 400,
    fill: COLOURS.muted,
  }
  const shown = partners.slice(0, MOST_PARTNERS)
  const room = (146 - widthOf(word, label) - 6.4 * shown.length) / shown.length
  let x = 50 + widthOf(word, label) + 6.4
  const logos = shown.flatMap((logo) => {
    const width = Math.min(room, (9.2 * logo.width) / logo.height)
    const parts = logoOf({ name: logo.name, logo }, { x, y: 275.2, width, height: 9.2, size: 4 })
    x += width + 6.4
    return parts
  })
  return [{ tag: 'P', pieces: [label] }, ...logos]
}

const bottomOf = ({ printed, credit }: SheetWords, y: number): Part => {
  const style = { weight: 400, y, fill: COLOURS.muted } as const
  const text = fitLine(printed, { weight: 400, sizes: [2.85, 2.6, 2.4], width: 140 })
  return {
    tag: 'P',
    pieces: [
      { ...style, ...text, x: 14 },
      { ...style, text: credit, size: 2.85, x: 196, anchor: 'end' },
    ],
  }
}

/** Returns the band across the sheet that says what has changed. */
export function bandOf({ change }: SheetWords, top: number): { shape: Shape; parts: Part[] } {
  const shape = { d: `M-4 ${top}h218v52H-4z`, fill: COLOURS.warn }
  if (!change) return { shape, parts: [] }
  const white = { x: 14, fill: COLOURS.white } as const
  const label = fitLine(printableText(change.label), {
    ...STRONG,
    spacing: -0.03,
    sizes: [27, 22, 18, 14],
    width: 182,
  })
  const regular = { weight: 400, sizes: [8.8, 8.3], width: 182 } as const
  const old = change.old ? fitLine(printableText(change.old), regular) : undefined
  const reason = change.reason ? fitLine(printableText(change.reason), regular) : undefined
  const lines = [old, reason].filter((line) => line?.text)
  const height = label.size * 0.95 + (lines.length > 0 ? 1.4 : 0) + lines.length * 10.2
  const first = top + (52 - height) / 2
  const after = first + label.size * 0.95 + 1.4
  return {
    shape,
    parts: [
      {
        tag: 'P',
        pieces: [
          { ...white, ...STRONG, ...label, spacing: -0.03, y: baselineOf(first, label.size, 0.95) },
        ],
      },
      ...lines.flatMap((line, index): Part[] =>
        line
          ? [
              {
                tag: 'P',
                pieces: [
                  {
                    ...white,
                    weight: 400,
                    ...line,
                    y: baselineOf(after + index * 10.2, line.size, 1.16),
                    isStruck: line === old,
                  },
                ],
              },
            ]
          : [],
      ),
    ],
  }
}

type HourAt = {
  x: number
  y: number
  size: number
  fill: string
  width?: number
  /** The size of the end beside it. */
  small?: number
}

/** Returns the hour, and when it ends beside it, within the width of the place. */
export function hourOf(
  { hour, until }: Pick<SheetDate, 'hour' | 'until'>,
  { x, y, size, fill, width = 119, small = 7 }: HourAt,
): Lettering[] {
  const style = { weight: 700, spacing: -0.03 } as const
  const sizes = [size, size * 0.9, size * 0.78]
  const begins = {
    ...style,
    ...fitLine(hourText(hour), { ...style, sizes, width }),
    x,
    y,
    fill,
  }
  if (until === undefined) return [begins]
  const left = x + widthOf(begins.text, begins) + small * 0.43
  const room = { weight: 400, sizes: [1, 0.85, 0.7, 0.6].map((em) => em * small) } as const
  const ends = fitLine(printableText(until), { ...room, width: x + width - left })
  return [begins, { weight: 400, fill: COLOURS.ink, ...ends, x: left, y }]
}
