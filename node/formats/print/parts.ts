import { encode } from 'uqr'
import type { SheetDate, SheetWords } from '../../domain/kit/sheet-words.ts'
import { MOST_PARTNERS } from '../../domain/structures/structure-profile.ts'
import { widthOf } from '../images/outlined-text.ts'
import { fitLine, hourText, lineOf, linesIn, printableText } from './fit.ts'
import { sign } from './scene.ts'
import {
  type Area,
  artifactOf,
  BOLD,
  baselineOf,
  COLOURS,
  type Lettering,
  type Part,
  type Picture,
  paragraphOf,
  ruleOf,
} from './sheet.ts'

/** Parts that several sheets have. */

/** Returns points as millimetres. */
export const pointsOf = (size: number): number => (size * 25.4) / 72

/** Returns so many sizes as shares of the largest. */
export const sharesOf = (size: number, ...shares: readonly number[]): number[] =>
  [1, ...shares].map((share) => share * size)

const TITLE_SIZES = [84, 72, 64, 58, 54, 50, 46, 42, 39, 36, 33, 30, 27, 24].map(pointsOf)
/** The share of its area that a title may fill from top to bottom. */
const FILLED = 0.89

/** Returns the title as it can be printed, else the name of the movement. */
export const titleText = ({ title, movement }: Pick<SheetWords, 'title' | 'movement'>): string =>
  printableText(title, printableText(movement.name, 'Café IA'))

/** Returns the title in the middle of its area, as large as it fits; the sizes are those of A4 times `scale`. */
export function titleOf(words: SheetWords, area: Area, fill: string, scale = 1): Part {
  const { x, y, width, height } = area
  const { pieces } = linesIn(titleText(words), {
    ...{ ...BOLD, spacing: -0.015, leading: 1.06, fill, x, width, isMiddle: true },
    ...{ sizes: TITLE_SIZES.map((size) => size * scale), height: height * FILLED },
    top: y + (height * (1 - FILLED)) / 2,
  })
  return { tag: 'H1', actual: words.title, pieces }
}

/** Returns the sign and the name of the movement; `height` is that of the sign. */
export function brandOf(
  { movement, accent }: Pick<SheetWords, 'movement' | 'accent'>,
  { x, y, height, isLight = false }: { x: number; y: number; height: number; isLight?: boolean },
): Part[] {
  const { logo } = movement
  const fill = isLight ? COLOURS.white : COLOURS.ink
  const width = logo?.bytes ? (height * logo.width) / logo.height : (height * 26) / 27
  const pieces = logo?.bytes
    ? [placed(logo.bytes, { x, y, width, height })]
    : sign(isLight ? fill : accent, x, y, height)
  const name = lineOf(movement.name, {
    ...{ ...BOLD, fill, spacing: -0.01, sizes: [0.767, 0.6, 0.45].map((em) => em * height) },
    ...{ x: x + width + height * 0.25, y: y + height * 0.753, width: height * 7 },
  })
  return [artifactOf(...pieces), ...paragraphOf(name)]
}

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

/** Returns the address to type, on two lines where it is long. */
export function addressOf(
  { href, address }: Pick<SheetWords['go'], 'href' | 'address'>,
  at: { x: number; top: number; width: number; sizes: readonly number[]; anchor?: 'end' },
): Part {
  const { pieces } = linesIn(address, { ...BOLD, ...at, height: 99, leading: 1.15, most: 2 })
  return { tag: 'P', parts: [{ tag: 'Link', href, alt: address, pieces }] }
}

type LogoAt = Area & { anchor?: 'start' | 'end'; size: number }

/** Returns a logo no higher and no wider than its room, or the name where there is none. */
export function logoOf({ name, logo }: SheetWords['host'], at: LogoAt): Part[] {
  const { x, y, width, height, anchor = 'start', size } = at
  if (logo?.bytes) {
    const scale = Math.min(width / logo.width, height / logo.height)
    const area = { width: logo.width * scale, height: logo.height * scale }
    const left = anchor === 'end' ? x - area.width : x
    const top = y + (height - area.height) / 2
    const pieces = [placed(logo.bytes, { x: left, y: top, ...area })]
    return [{ tag: 'Figure', alt: name, area: [left, top, area.width, area.height], pieces }]
  }
  const room = { sizes: sharesOf(size, 0.85, 0.7, 0.55), leading: 1.16, most: 2, isMiddle: true }
  return paragraphOf(
    ...linesIn(name, { ...BOLD, ...room, x, top: y, width, height, anchor }).pieces,
  )
}

/** Returns the foot of an A4 sheet: the code, the address, the place, its partners, and the line below. */
export function footOf(words: SheetWords): Part[] {
  const { go } = words
  const left = { x: 50, width: 90, leading: 1.25 }
  return [
    artifactOf(ruleOf(14, 250.6, 182, 0.35, COLOURS.edge)),
    ...paragraphOf(lineOf(go.lead, { ...left, top: 254.4, sizes: [4.6, 4.2] })),
    addressOf(go, { ...left, top: 260.2, sizes: [5.6, 5, 4.4, 3.8, 3.2] }),
    ...paragraphOf(
      lineOf(go.phone ?? '', { ...left, fill: COLOURS.muted, top: 267.4, sizes: [4.6] }),
    ),
    codeOf(words, 14, 255.4, 29),
    ...logoOf(words.host, { x: 196, y: 255.2, width: 54, height: 13, anchor: 'end', size: 5.6 }),
    ...partnersOf(words, { x: 50, y: 275.2, width: 146, height: 9.2 }),
    bottomOf(words, 289),
  ]
}

/** Returns the logos of the partners after « Avec », all of one height; nothing where there is none. */
export function partnersOf({ partners, with: word }: SheetWords, at: Area): Part[] {
  if (partners.length === 0) return []
  const { x: left, y, height } = at
  const size = height * 0.435
  const gap = height * 0.7
  const label = lineOf(word, {
    ...{ fill: COLOURS.muted, x: left, sizes: [size], width: at.width },
    y: y + height * 0.65,
  })
  const shown = partners.slice(0, MOST_PARTNERS)
  let x = left + widthOf(label.text, label) + gap
  const room = (left + at.width - x - gap * (shown.length - 1)) / shown.length
  const logos = shown.flatMap((logo) => {
    const width = logo.bytes ? Math.min(room, (height * logo.width) / logo.height) : room
    const parts = logoOf({ name: logo.name, logo }, { x, y, width, height, size })
    x += width + gap
    return parts
  })
  return [...paragraphOf(label), ...logos]
}

/** Returns the small line at the foot: of which day the sheet is, and whose the drawings are. */
export const bottomOf = (
  { printed, credit }: Pick<SheetWords, 'printed' | 'credit'>,
  y: number,
): Part => {
  const small = { y, fill: COLOURS.muted, width: 140 }
  return {
    tag: 'P',
    pieces: [
      lineOf(printed, { ...small, sizes: [2.85, 2.6, 2.4], x: 14 }),
      lineOf(credit, { ...small, sizes: [2.85], width: 38, x: 196, anchor: 'end' }),
    ],
  }
}

/** How large the label of a change is, and the lines below, of which each has so many at most. */
type ChangeAt = Area & { label: number; small: number; most: number; hasReason: boolean }

/** Returns what has changed, in white, in the middle of its area: the label, what is struck out, and the reason. */
export function changeOf({ change }: Pick<SheetWords, 'change'>, at: ChangeAt): Part[] {
  if (!change) return []
  const { x, y, width, height, small, most } = at
  const style = { x, width, fill: COLOURS.white }
  const label = lineOf(change.label, {
    ...{ ...BOLD, ...style, spacing: -0.03, top: 0, leading: 0.95 },
    sizes: sharesOf(at.label, 0.81, 0.67, 0.52, 0.4, 0.3),
  })
  let bottom = label.size
  const first = { ...label, y: baselineOf(0, label.size, 0.95) }
  const below = [change.old, at.hasReason || !change.old ? change.reason : undefined].flatMap(
    (text) => {
      if (!text) return []
      const { pieces, ...ended } = linesIn(text, {
        ...{ ...style, sizes: sharesOf(small, 0.92, 0.75, 0.67, 0.55), leading: 1.16, most },
        ...{ top: bottom, height: small * 1.75, isStruck: text === change.old },
      })
      bottom = ended.bottom
      return [pieces]
    },
  )
  const top = y + (height - bottom) / 2
  const lower = (piece: Lettering) => ({ ...piece, y: piece.y + top })
  return [[first], ...below].flatMap((pieces) => paragraphOf(...pieces.map(lower)))
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

/** Returns the hour, and when it ends beside it, within the width of the place: the end has up to three lines. */
export function hourOf(
  { hour, until }: Pick<SheetDate, 'hour' | 'until'>,
  { x, y, size, fill, width = 119, small = 7 }: HourAt,
): Lettering[] {
  const style = { ...BOLD, spacing: -0.03, width } as const
  const hours = hourText(hour)
  const beginAt = (sizes: readonly number[]) => ({
    ...{ ...BOLD, spacing: -0.03, x, y, fill },
    ...fitLine(hours, { ...style, sizes }),
  })
  const shares = [1, 0.9, 0.78]
  if (until === undefined) return [beginAt(shares.map((share) => share * size))]
  for (const [most, ...smaller] of [[1, 0.85] as const, [3, 0.85, 0.7, 0.6] as const])
    for (const share of shares) {
      const begins = beginAt([share * size])
      const left = x + widthOf(begins.text, begins) + small * 0.43
      const { pieces, isCut, bottom } = linesIn(until, {
        ...{ x: left, top: 0, width: x + width - left, height: share * size * 0.8 },
        ...{ sizes: sharesOf(small, ...smaller), leading: 1.1, most },
      })
      if (isCut) continue
      const last = pieces.at(-1)?.y ?? bottom
      return [begins, ...pieces.map((piece) => ({ ...piece, y: piece.y - last + y }))]
    }
  return [beginAt([0.7 * size])]
}
