import { drawableText, widthOf } from '../images/outlined-text.ts'
import { baselineOf, type Lettering, REGULAR } from './sheet.ts'

/** How text is made to fit: the largest size at which it is whole, else cut with an ellipsis. */

/** Beyond this many characters nothing is measured; titles have 140. */
const LONGEST = 400

type Style = { weight: 400 | 700; spacing?: number | undefined }
type Room = Style & {
  /** From the largest to the smallest. */
  sizes: readonly number[]
  width: number
  height: number
  leading: number
  /** The most lines, where the height allows more. */
  most?: number | undefined
  /** Whether lines are as full as they can be, as in a text, rather than of like length. */
  isFull?: boolean | undefined
}

type Fitted = { lines: string[]; size: number; isCut: boolean }

/**
 * Returns the text as it can be printed: without what the font does not have, with no-break spaces before the signs
 * that French separates, and narrow ones where they are.
 */
export const printableText = (text: string, otherwise = ''): string =>
  drawableText(text.slice(0, LONGEST))
    .replaceAll(/ (?=[?!;])/gu, '\u202f')
    .replaceAll(/ (?=[:»])/gu, '\u00a0')
    .replaceAll(/« /gu, '«\u00a0')
    .replaceAll(/(?<=\d) (?=h\b|[ap]m\b)|(?<=\dh|\d h) (?=\d)/gu, '\u00a0') || otherwise

/** Returns an hour as it can be printed large, with narrow spaces. */
export const hourText = (hour: string): string => printableText(hour).replaceAll('\u00a0', '\u202f')

/** Fits a text into its room, in lines of similar length. */
function fitText(text: string, room: Room): Fitted {
  const words = text.split(' ').filter(Boolean)
  for (const size of room.sizes) {
    const lines = breakLines(words, measure(size, room), room.width)
    const isWide = lines.some((line) => widthOf(line, { ...room, size }) > room.width)
    if (!isWide && lines.length <= mostLines(room, size))
      return {
        lines: room.isFull ? lines : balance(words, lines.length, size, room),
        size,
        isCut: false,
      }
  }
  return cutText(words, room)
}

const mostLines = ({ height, leading, most = 99 }: Room, size: number): number =>
  Math.max(1, Math.min(most, Math.floor(height / (size * leading) + 0.01)))

/** Returns a function that knows the width of each word. */
function measure(size: number, style: Style): (word: string) => number {
  const known = new Map<string, number>()
  return (word) => {
    const width = known.get(word) ?? widthOf(word, { ...style, size })
    known.set(word, width)
    return width
  }
}

function breakLines(
  words: readonly string[],
  widthOfWord: (word: string) => number,
  width: number,
): string[] {
  const space = widthOfWord(' ')
  const lines: string[] = []
  let left = Number.POSITIVE_INFINITY
  for (const word of words) {
    const wide = widthOfWord(word)
    if (left + space + wide > width || lines.length === 0) {
      lines.push(word)
      left = wide
    } else {
      lines[lines.length - 1] += ` ${word}`
      left += space + wide
    }
  }
  return lines
}

/** A line of three words or more does not end with a word of so many letters where the next one has room for it. */
const SHORT = 3

/** Breaks the words into so many lines, of which the widest is as narrow as possible. */
function balance(words: readonly string[], count: number, size: number, room: Room): string[] {
  const of = measure(size, room)
  let [low, high] = [room.width / 3, room.width]
  for (let step = 0; step < 8; step++) {
    const middle = (low + high) / 2
    const lines = breakLines(words, of, middle)
    const fits =
      lines.length <= count && lines.every((line) => widthOf(line, { ...room, size }) <= middle)
    if (fits) high = middle
    else low = middle
  }
  const lines = breakLines(words, of, high)
  for (let at = 0; at < lines.length - 1; at++) {
    const [, rest = '', last = ''] = /^(\S+ .*) (\S+)$/u.exec(lines[at] ?? '') ?? []
    const next = `${last} ${lines[at + 1]}`
    if (!rest || last.length > SHORT || widthOf(next, { ...room, size }) > room.width) continue
    lines[at] = rest
    lines[at + 1] = next
  }
  return lines
}

/** Writes as much as fits at the smallest size; a word that is wider than a line is divided. */
function cutText(words: readonly string[], room: Room): Fitted {
  const size = room.sizes.at(-1) ?? 1
  const style = { ...room, size }
  const pieces = words.flatMap((word) =>
    divide(word, (piece) => widthOf(piece, style) <= room.width),
  )
  const lines = breakLines(pieces, measure(size, room), room.width)
  const most = mostLines(room, size)
  if (lines.length <= most) return { lines, size, isCut: false }
  const kept = lines.slice(0, most)
  let last = [...(kept.at(-1) ?? '')]
  while (last.length > 1 && widthOf(`${last.join('')}…`, style) > room.width)
    last = last.slice(0, -1)
  kept[most - 1] = `${last.join('').replace(/[\s,;:.]{1,20}$/u, '')}…`
  return { lines: kept, size, isCut: true }
}

function divide(word: string, fits: (piece: string) => boolean): string[] {
  if (fits(word)) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const letter of word) {
    if (piece && !fits(piece + letter)) {
      pieces.push(piece)
      piece = letter
    } else piece += letter
  }
  return [...pieces, piece]
}

/** Returns one line at the largest of these sizes at which it is whole, else cut at the smallest. */
export function fitLine(
  text: string,
  room: Style & { sizes: readonly number[]; width: number },
): { text: string; size: number } {
  const { lines, size } = fitText(text, { ...room, height: 1, leading: 1, most: 1 })
  return { text: lines[0] ?? '', size }
}

/** How letters look where they are not in ink, regular, and from left to right. */
type Look = Partial<Omit<Lettering, 'text' | 'size' | 'x' | 'y'>>

/** Returns a line at its place, at the largest of these sizes at which it is whole; `y` is its base line. */
export function lineOf(
  text: string,
  at: Look & { x: number; sizes: readonly number[]; width: number; leading?: number } & (
      | { top: number; y?: never }
      | { y: number; top?: never }
    ),
): Lettering {
  const { sizes, width, top = 0, leading = 1.2, y, ...style } = { ...REGULAR, ...at }
  const fitted = fitLine(printableText(text), { ...style, sizes, width })
  return { ...style, ...fitted, y: y ?? baselineOf(top, sizes[0] ?? fitted.size, leading) }
}

type Block = Look & Pick<Room, 'sizes' | 'width' | 'height' | 'leading' | 'most' | 'isFull'>

/** Returns lines below each other, and where they end; `isMiddle` puts them in the middle of their height. */
export function linesIn(
  text: string,
  at: Block & { x: number; top: number; isMiddle?: boolean },
): { pieces: Lettering[]; bottom: number; size: number; isCut: boolean } {
  const { sizes, width, height, leading, most, isFull, top, isMiddle, ...style } = {
    ...REGULAR,
    ...at,
  }
  const room = { ...style, sizes, width, height, leading, most, isFull }
  const { lines, size, isCut } = fitText(printableText(text), room)
  const high = lines.length * size * leading
  const first = isMiddle ? top + (height - high) / 2 : top
  const pieces = lines.map((line, index) => ({
    ...{ ...style, size, text: line },
    y: baselineOf(first + index * leading * size, size, leading),
  }))
  return { pieces, bottom: first + high, size, isCut }
}
