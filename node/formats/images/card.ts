import type { CardPicture, CardWords } from '../../domain/values/card.ts'
import { SHARED_HEIGHT, SHARED_WIDTH } from '../../domain/values/image.ts'
import { drawableText, outlineOf, type TextStyle, toLines, widthOf } from './outlined-text.ts'
import { loadSharp } from './sharp.ts'

/** The colours of the light theme (`ui/style/10-tokens.css`), since readers of a card elsewhere have chosen none. */
const COLOURS: Record<string, string> = {
  paper: '#fbf7f0',
  card: '#ffffff',
  ink: '#211d18',
  muted: '#5f574c',
  line: '#e5dccd',
  edge: '#8a7f70',
  accent: '#0b6355',
  'accent-soft': '#e2f0ec',
  warn: '#8a3b12',
  sun: '#e0a12a',
  'sun-soft': '#fdf0d4',
  rose: '#d9765a',
  sky: '#9cc6c0',
  wood: '#c89a6b',
  night: '#2b3a44',
  'skin-1': '#f1c7a3',
  'skin-2': '#a86a45',
  'skin-3': '#dca47c',
  'skin-4': '#6f4530',
  face: '#211d18',
  cloud: '#ffffff',
  land: '#fffdf9',
  far: '#f1e9db',
  sea: '#d6e8e6',
  town: '#e0d4c2',
  off: '#776c5e',
}

/** Writes the colours of tokens into our own shapes; a token that is not known is drawn as ink. */
const coloured = (shapes: string): string =>
  shapes.replaceAll(/var\(--([a-z\d-]+)\)/g, (_, token) => COLOURS[token] ?? '#211d18')

const LEFT = 64
const WIDE = SHARED_WIDTH - 2 * LEFT
/** The width of the words beside a picture. */
const NARROW = 520

/**
 * Draws the card that stands for a café without a photo (its title, date and place, and whether it was cancelled), or
 * for a page about many cafés, in 1200 × 630 pixels.
 */
export async function drawCard(words: CardWords, picture?: CardPicture): Promise<Buffer> {
  const sharp = await loadSharp()
  return (
    sharp(Buffer.from(cardSvg(words, picture)))
      .flatten({ background: COLOURS.paper })
      // The colours are flat: more effort takes three times as long, for a tenth less.
      .png({ palette: true, colours: 96, dither: 0, effort: 3, compressionLevel: 6 })
      .toBuffer()
  )
}

/** Makes the SVG of outlines only: no letter in the drawing is text, so none can be markup. */
function cardSvg(words: CardWords, picture: CardPicture | undefined): string {
  const isBeside = picture !== undefined && picture.at !== 'below'
  const shapes = isBeside ? pageCard(words, picture) : cafeCard(words, picture)
  return coloured(`<svg xmlns="http://www.w3.org/2000/svg" width="${SHARED_WIDTH}" height="${SHARED_HEIGHT}" viewBox="0 0 ${SHARED_WIDTH} ${SHARED_HEIGHT}">
<rect width="${SHARED_WIDTH}" height="${SHARED_HEIGHT}" fill="var(--paper)"/>
${shapes}
</svg>`)
}

/** The words of a café above its picture, which takes what they leave. */
function cafeCard(words: CardWords, picture: CardPicture | undefined): string {
  const { title, bottom } = drawTitle(words.title, { sizes: [66, 58, 50], top: 118, width: WIDE })
  const when = drawLine([words.when.join(', '), ...words.when], {
    ...{ size: 34, weight: 700, y: bottom + 56, fill: 'var(--accent)', width: WIDE },
  })
  const where = drawLine(words.where, {
    ...{ size: 34, weight: 400, y: bottom + 102, fill: 'var(--ink)', width: WIDE },
  })
  const top = Math.round(bottom + 134)
  return `${picture ? place(picture, { x: 0, y: top, width: SHARED_WIDTH, height: SHARED_HEIGHT - top }) : ''}
${header(words, WIDE - 260)}
${badge(words.state)}
${title}
${when}
${where}`
}

/** The words of a page beside its picture. */
function pageCard(words: CardWords, picture: CardPicture): string {
  const [first = '', second = ''] = words.when
  const { title, bottom } = drawTitle(words.title, {
    sizes: [72, 60, 50, 40],
    top: 190,
    width: NARROW,
    isName: true,
  })
  const edge = picture.at === 'edge'
  const box = edge
    ? { x: 640, y: 0, width: 560, height: SHARED_HEIGHT }
    : { x: 588, y: 62, width: 600, height: 506 }
  return `${place(picture, box)}
${edge ? `<path d="M640 0V${SHARED_HEIGHT}" stroke="var(--line)" stroke-width="2"/>` : ''}
${header(words, NARROW - 60)}
${title}
${drawLine([first], { size: 34, weight: 700, y: bottom + 62, fill: 'var(--accent)', width: NARROW })}
${drawLine([second], { size: 34, weight: 400, y: bottom + 108, fill: 'var(--muted)', width: NARROW })}
${drawLine(words.where, { size: 28, weight: 700, y: 570, fill: 'var(--accent)', width: NARROW })}`
}

type Area = { x: number; y: number; width: number; height: number }

/** Draws a picture whole, at the foot of its area; what it has to its sides is seen too where the area is wider. */
function place(picture: CardPicture, { x, y, width, height }: Area): string {
  const fit = picture.at === 'below' ? 'xMidYMax' : 'xMidYMid'
  return `<svg x="${x}" y="${y}" width="${width}" height="${height}" viewBox="0 0 ${picture.width} ${picture.height}" preserveAspectRatio="${fit} meet" overflow="${picture.at === 'below' ? 'visible' : 'hidden'}">
${picture.shapes}
${(picture.names ?? []).map((each) => nameOnMap(each, picture.size ?? 20)).join('\n')}
</svg>`
}

/** Draws a name with an edge in the colour of the land, so that it can be read over lines and points. */
function nameOnMap(
  { name, x, y, anchor }: NonNullable<CardPicture['names']>[number],
  size: number,
): string {
  const style = { size, weight: 700 } as const
  const shift = { start: 0, middle: 0.5, end: 1 }[anchor]
  const d = outlineOf(drawableText(name), { ...style, x: x - shift * widthOf(name, style), y })
  return `<path d="${d}" fill="none" stroke="var(--land)" stroke-width="${size / 4}" stroke-linejoin="round"/><path d="${d}" fill="var(--ink)"/>`
}

/** Draws the cup and whose card it is. */
const header = ({ name = 'Café IA' }: CardWords, width: number): string => `${cup}
${drawLine([name], { size: 32, weight: 700, x: LEFT + 60, y: 94, fill: 'var(--ink)', width })}`

const cup = `<g transform="translate(${LEFT - 6} 54) scale(1.8)" fill="none" stroke-linecap="round">
<path d="M4 10h17v8a7 7 0 0 1-7 7h-3a7 7 0 0 1-7-7z" fill="var(--accent)"/>
<path d="M21 12h2a4 4 0 0 1 0 8h-2" stroke="var(--accent)" stroke-width="2.4"/>
<path d="M9 7c0-2 2-2 2-4M14 7c0-2 2-2 2-4" stroke="var(--sun)" stroke-width="2.2"/>
</g>`

const TITLE_LINES = 3
/** Beside a picture a title is narrow, and may be a whole question. */
const NARROW_LINES = 5
type TitleArea = {
  sizes: readonly number[]
  top: number
  width: number
  /** Whether it is beside a picture, where it may be broken after its hyphens, as the name of a territory. */
  isName?: boolean
}

/** Draws the title at the greatest size at which it is whole, and the fewer lines the better. */
function drawTitle(text: string, { sizes, top, width, isName = false }: TitleArea) {
  const drawable = drawableText(text) || 'Un café IA'
  const words = isName ? drawable.replaceAll(/-(?=\p{L})/gu, '- ') : drawable
  const candidates = sizes.map((size, at) => ({
    size,
    lines: toLines(words, {
      ...{ size, weight: 700, width },
      most: Math.min(isName ? NARROW_LINES : TITLE_LINES, at + 2),
    }),
  }))
  const whole = candidates.find(({ lines }) => !lines.some((line) => line.endsWith('…')))
  const { lines, size } = whole ?? candidates.at(-1) ?? { lines: [], size: 50 }
  const drawn = lines.map((line, index) =>
    draw(isName ? line.replaceAll('- ', '-') : line, {
      size,
      weight: 700,
      y: top + size * (1 + index * 1.12),
      fill: 'var(--ink)',
    }),
  )
  return { title: drawn.join('\n'), bottom: top + size * (1 + (lines.length - 1) * 1.12) }
}

type Drawn = TextStyle & { x?: number; y: number; fill: string }

const draw = (words: string, { x = LEFT, fill, ...style }: Drawn): string =>
  `<path fill="${fill}" d="${outlineOf(words, { ...style, x })}"/>`

/** Draws the first of several texts that fits, otherwise the last one, cut. */
function drawLine(
  wordings: readonly string[],
  { width, ...style }: Drawn & { width: number },
): string {
  const fitting = wordings.find((words) => widthOf(words, style) <= width)
  const [line = ''] = fitting
    ? [fitting]
    : toLines(wordings.at(-1) ?? '', { ...style, width, most: 1 })
  return draw(line, style)
}

/** Draws the badge at the top right: that it is free, or that it was cancelled or postponed. */
function badge(state: string | undefined): string {
  const words = state ?? 'Gratuit'
  const style = { size: 32, weight: 700 } as const
  const width = widthOf(words, style) + 52
  const left = SHARED_WIDTH - LEFT - width
  return `<rect x="${left}" y="52" width="${width}" height="60" rx="30" fill="var(--${state ? 'warn' : 'accent'})"/>
${draw(words, { ...style, x: left + 26, y: 93, fill: '#ffffff' })}`
}
