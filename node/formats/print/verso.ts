import { isDated, type SheetWords } from '../../domain/kit/sheet-words.ts'
import { lineOf, linesIn, printableText } from './fit.ts'
import { addressOf, bottomOf, codeOf, sharesOf, titleText } from './parts.ts'
import { accessSignOf } from './scene.ts'
import {
  artifactOf,
  BOLD,
  boxOf,
  COLOURS,
  itemOf,
  type Part,
  type Piece,
  paragraphOf,
} from './sheet.ts'

/** The back of a flyer: what it is about, how it goes, and how to get there, in the units of its front. */

const AT = { x: 14, width: 182 } as const
/** Where the box with the code begins. */
const BOX = 244

/** Returns the back of a flyer, its text as large as all of it fits. */
export function versoOf(words: SheetWords): Part[] {
  const sizes = [5.5, 5, 4.6, 4.2]
  const fitting = sizes.find((size) => bodyOf(words, size).bottom <= BOX - 4) ?? 4.2
  const { go } = words
  const right = { x: 62, width: 130 }
  return [
    artifactOf({ d: boxOf(AT.x, BOX, AT.width, 40, 5), fill: words.accentSoft }),
    ...bodyOf(words, fitting).parts,
    codeOf(words, 22, BOX + 6, 28),
    ...paragraphOf(lineOf(go.lead, { ...right, top: BOX + 7, sizes: [5.2, 4.6] })),
    addressOf(go, { ...right, top: BOX + 14.5, sizes: [6.6, 5.6, 4.8, 4.2] }),
    ...paragraphOf(
      lineOf(go.phone ?? '', { ...right, top: BOX + 29, sizes: [5.2, 4.6], fill: COLOURS.muted }),
    ),
    bottomOf(words, 290),
  ]
}

type Body = { parts: Part[]; bottom: number }

function bodyOf(words: SheetWords, size: number): Body {
  const title = linesIn(titleText(words), {
    ...{ ...BOLD, ...AT, spacing: -0.015, sizes: [12.6, 11, 9.6, 8.4, 7.2] },
    ...{ top: 13, height: 27, leading: 1.06, most: 3 },
  })
  const { change, date } = words
  const when = [change?.label, words.when, isDated(date) ? words.free : '']
    .filter(Boolean)
    .join(' · ')
  const line = linesIn(when, {
    ...{ ...BOLD, ...AT, fill: change ? COLOURS.warn : words.accent, leading: 1.2 },
    ...{ sizes: [6.3, 5.7, 5.1], top: title.bottom + 1.5, height: 14, most: 2 },
  })
  const body: Body = {
    parts: [...paragraphOf(...title.pieces), ...paragraphOf(...line.pieces)],
    bottom: line.bottom,
  }
  for (const { heading, text = '', ticks = [] } of words.back) {
    addHeading(body, heading, words)
    addText(body, text, size)
    if (ticks.length > 0) addTicks(body, ticks, { size, accent: words.accent })
  }
  if (isDated(date)) addWay(body, words, size)
  return body
}

function addHeading(body: Body, text: string, { accent }: SheetWords): void {
  const top = body.bottom + 4
  const heading = lineOf(text, {
    ...BOLD,
    ...AT,
    fill: accent,
    sizes: [7.6, 6.8],
    top,
    leading: 1.3,
  })
  body.parts.push({ tag: 'H2', pieces: [heading] })
  body.bottom = top + 10
}

function addText(body: Body, text: string, size: number, indent = 0): void {
  const { pieces, bottom } = linesIn(text, {
    ...{ x: AT.x + indent, width: AT.width - indent, sizes: [size], top: body.bottom },
    ...{ height: 99, leading: 1.3, most: 5, isFull: true },
  })
  body.parts.push(...paragraphOf(...pieces))
  body.bottom = bottom
}

type Ticked = { size: number; accent: string }

function addTicks(body: Body, ticks: readonly string[], { size, accent }: Ticked): void {
  const height = size * 1.42
  const at = (index: number) => body.bottom + index * height
  const parts = ticks.map((text, index): Part => {
    const tick: Piece = {
      ...{ d: 'M0 4L2.6 7L7.5 0.5', stroke: accent, lineWidth: 1.2 },
      at: [AT.x + 0.5, at(index) + size * 0.2, size / 8],
    }
    const line = { x: AT.x + 9, width: AT.width - 9, top: at(index), sizes: sharesOf(size, 0.9) }
    return itemOf([tick, lineOf(text, { ...line, leading: 1.42 })])
  })
  body.parts.push({ tag: 'L', parts })
  body.bottom = at(ticks.length)
}

/** Adds the place, as many lines of its address as there is room for, and what is said about getting in. */
function addWay(body: Body, words: SheetWords, size: number): void {
  const { place, town, address, access } = words
  addHeading(body, words.way, words)
  const name = lineOf(place, { ...BOLD, ...AT, sizes: sharesOf(size, 0.9, 0.8), top: body.bottom })
  body.parts.push(...paragraphOf(name))
  body.bottom += size * 1.3
  const lines = [...address, town ?? ''].map((line) => printableText(line))
  addText(body, lines.filter(Boolean).join(' · '), size)
  if (access.length === 0) return
  const at = [AT.x, body.bottom + size * 0.15, size / 24] as const
  body.parts.push(artifactOf(...accessSignOf(COLOURS.ink, at)))
  addText(body, access.join(', '), size, size * 1.2)
}
