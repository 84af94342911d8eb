import type { CardWords } from '../../domain/values/card.ts'
import { SHARED_HEIGHT, SHARED_WIDTH } from '../../domain/values/image.ts'
import { drawableText, outlineOf, type TextStyle, toLines, widthOf } from './outlined-text.ts'
import { loadSharp } from './sharp.ts'

/** The colours of the light theme, since readers of a card elsewhere have chosen none. */
const PAPER = '#fbf7f0'
const INK = '#211d18'
const MUTED = '#5f574c'
const ACCENT = '#0b6355'
const WARN = '#8a3b12'
const SUN = '#e0a12a'

const LEFT = 80
const WIDTH = SHARED_WIDTH - 2 * LEFT

const TITLE_SIZES = [84, 72, 60] as const
const TITLE_LINES = 3

/**
 * Draws the card that stands for a café without a photo (its title, date and place, and whether it was cancelled), or
 * for a page about many cafés, in 1200 × 630 pixels.
 */
export async function drawCard(words: CardWords): Promise<Buffer> {
  const sharp = await loadSharp()
  return (
    sharp(Buffer.from(cardSvg(words)))
      .flatten({ background: PAPER })
      // The colours are flat: more effort takes three times as long, for a tenth less.
      .png({ palette: true, colours: 64, dither: 0, effort: 3, compressionLevel: 6 })
      .toBuffer()
  )
}

/** Makes the SVG of outlines only: no letter in the drawing is text, so none can be markup. */
function cardSvg(words: CardWords): string {
  const { lines, size } = fitTitle(drawableText(words.title) || 'Un café IA')
  const lineHeight = size * 1.12
  const top = 292 - ((lines.length - 1) * lineHeight) / 2
  const title = lines.map((line, index) =>
    text(line, { size, weight: 700, y: top + index * lineHeight, fill: INK }),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SHARED_WIDTH}" height="${SHARED_HEIGHT}" viewBox="0 0 ${SHARED_WIDTH} ${SHARED_HEIGHT}">
<rect width="${SHARED_WIDTH}" height="${SHARED_HEIGHT}" fill="${PAPER}"/>
<rect width="${SHARED_WIDTH}" height="14" fill="${ACCENT}"/>
${cup}
${text('Café IA', { size: 40, weight: 700, x: LEFT + 84, y: 108, fill: ACCENT })}
${words.state ? badge(words.state) : ''}
${title.join('\n')}
${dateLines(words.when)}
${drawLine(words.where, { size: 36, weight: 400, y: 576, fill: MUTED })}
</svg>`
}

const cup = `<g transform="translate(${LEFT} 56) scale(2.3)" fill="none" stroke-linecap="round">
<path d="M4 10h17v8a7 7 0 0 1-7 7h-3a7 7 0 0 1-7-7z" fill="${ACCENT}"/>
<path d="M21 12h2a4 4 0 0 1 0 8h-2" stroke="${ACCENT}" stroke-width="2.4"/>
<path d="M9 7c0-2 2-2 2-4M14 7c0-2 2-2 2-4" stroke="${SUN}" stroke-width="2.2"/>
</g>`

/** Chooses the greatest size that the title's length allows. */
function fitTitle(title: string): { lines: string[]; size: number } {
  const candidates = TITLE_SIZES.map((size) => ({
    size,
    lines: toLines(title, { size, weight: 700, width: WIDTH, most: TITLE_LINES }),
  }))
  const whole = candidates.find(({ lines }) => !lines.some((line) => line.endsWith('…')))
  return whole ?? candidates.at(-1) ?? { lines: [], size: 60 }
}

/** Draws the day, then the hour with its zone, since a shared picture is seen far from the place. */
function dateLines([first = '', hours]: readonly string[]): string {
  const style = { size: 42, weight: 700, fill: ACCENT } as const
  if (hours === undefined) return text(first, { ...style, y: 522 })
  return `${text(first, { ...style, y: 472 })}
${drawLine([hours], { ...style, y: 524 })}`
}

type Drawn = TextStyle & { x?: number; y: number; fill: string }

const text = (words: string, { x = LEFT, fill, ...style }: Drawn): string =>
  `<path fill="${fill}" d="${outlineOf(words, { ...style, x })}"/>`

/** Draws the first of several texts that fits, otherwise the last one, cut. */
function drawLine(wordings: readonly string[], style: Drawn): string {
  const fitting = wordings.find((words) => widthOf(words, style) <= WIDTH)
  const [line = ''] = fitting
    ? [fitting]
    : toLines(wordings.at(-1) ?? '', { ...style, width: WIDTH, most: 1 })
  return text(line, style)
}

/** Draws the badge at the top right, which is read after the first line. */
function badge(words: string): string {
  const style = { size: 40, weight: 700 } as const
  const width = widthOf(words, style) + 56
  const left = SHARED_WIDTH - LEFT - width
  return `<rect x="${left}" y="60" width="${width}" height="68" rx="34" fill="${WARN}"/>
${text(words, { ...style, x: left + 28, y: 108, fill: '#ffffff' })}`
}
