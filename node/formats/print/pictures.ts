import { isDated, type SheetWords } from '../../domain/kit/sheet-words.ts'
import { widthOf } from '../images/outlined-text.ts'
import { hourText, lineOf, linesIn, printableText } from './fit.ts'
import { addressOf, brandOf, changeOf, codeOf, partnersOf, sharesOf, titleOf } from './parts.ts'
import { bubble, sceneOf } from './scene.ts'
import {
  type Area,
  artifactOf,
  BOLD,
  baselineOf,
  boxOf,
  COLOURS,
  ellipseOf,
  type Lettering,
  type Part,
  paragraphOf,
  type Sheet,
} from './sheet.ts'

/** Pictures to share, and the slide for a screen: the same parts on other frames. */

type Frame = {
  width: number
  height: number
  unit: number
  brand: { x: number; y: number; height: number }
  bubble: Area & { radius: number }
  tail: string
  /** Between the bubble and its title. */
  inset: number
  /** The largest sizes of the title are those of A4 times this. */
  titleScale: number
  sun: readonly [x: number, y: number, radius: number]
  scene: readonly [x: number, y: number, scale: number]
  cast: 'five' | 'three'
  /** Where the white part with the words begins, its margin, and the sizes of its lines. */
  words: { top: number; x: number; day: number; hour: number; place: number }
}

/**
 * The pictures to share, in pixels.
 *
 * @internal
 */
export const FRAMES = {
  paysage: {
    ...{ width: 1200, height: 630, unit: 0.1, cast: 'three', inset: 36, titleScale: 3.65 },
    brand: { x: 50, y: 32, height: 50 },
    bubble: { x: 50, y: 108, width: 604, height: 272, radius: 34 },
    tail: 'M650 236L682 266L650 275Z',
    sun: [920, 452, 262],
    scene: [500, -194, 4],
    words: { top: 464, x: 50, day: 58, hour: 58, place: 31 },
  },
  carre: {
    ...{ width: 1080, height: 1080, unit: 0.1, cast: 'five', inset: 48, titleScale: 4.4 },
    brand: { x: 70, y: 44, height: 63 },
    bubble: { x: 70, y: 128, width: 940, height: 304, radius: 46 },
    tail: 'M620 430L560 476L564 430Z',
    sun: [540, 760, 450],
    scene: [15, -68, 5],
    words: { top: 808, x: 70, day: 84, hour: 84, place: 44 },
  },
  portrait: {
    ...{ width: 1080, height: 1350, unit: 0.1, cast: 'five', inset: 48, titleScale: 5.5 },
    brand: { x: 70, y: 56, height: 68 },
    bubble: { x: 70, y: 150, width: 940, height: 400, radius: 46 },
    tail: 'M620 548L560 598L564 548Z',
    sun: [540, 930, 470],
    scene: [15, 64, 5],
    words: { top: 950, x: 70, day: 96, hour: 128, place: 44 },
  },
} as const satisfies Record<string, Frame>

export type FrameName = keyof typeof FRAMES

const SLIDE: Frame = {
  ...{ width: 338.667, height: 190.5, unit: 1, cast: 'three', inset: 9, titleScale: 1 },
  brand: { x: 12, y: 7, height: 12 },
  bubble: { x: 12, y: 24, width: 176, height: 86, radius: 10 },
  tail: 'M187 62L195 72L187 75Z',
  sun: [264, 132, 76],
  scene: [140, -58, 1.18],
  words: { top: 142, x: 12, day: 19, hour: 19, place: 9 },
}

/** Draws a picture to share, in pixels. */
export const drawShared = (words: SheetWords, name: FrameName): Sheet =>
  drawFrame(words, FRAMES[name], sharedWords(words, FRAMES[name]))

/** Draws the page for a screen where people wait (16:9), with the code to scan and the partners. */
export function drawSlide(words: SheetWords): Sheet {
  const right = SLIDE.width - 60
  const scan = { x: right, anchor: 'end', width: 105 } as const
  return drawFrame(words, SLIDE, [
    ...sharedWords(words, SLIDE, right),
    ...paragraphOf(lineOf(words.scan, { ...scan, sizes: [6.4, 5.6], top: 162 })),
    addressOf(words.go, { ...scan, sizes: [6.4, 5.6, 4.8, 4.2], top: 169.8 }),
    codeOf(words, 286.3, 141.6, 40.8),
    ...(words.partners.length === 0
      ? []
      : [artifactOf({ d: boxOf(192, 5.5, 140, 16, 3), fill: COLOURS.white })]),
    ...partnersOf(words, { x: 196, y: 8, width: 132, height: 11 }),
  ])
}

function drawFrame(words: SheetWords, frame: Frame, parts: readonly Part[]): Sheet {
  const { width, height, bubble: at, inset, words: lower } = frame
  const { change, accent } = words
  const [x, y, radius] = frame.sun
  const ground = { d: `M-4 -4h${width + 8}v${height + 8}h${-width - 8}z` }
  const drawn = change
    ? [
        { ...ground, fill: COLOURS.white },
        {
          d: `M-4 -4h${width + 8}v${lower.top - lower.day * 0.6}h${-width - 8}z`,
          fill: COLOURS.sunSoft,
        },
        ...bubble(at, COLOURS.white),
      ]
    : [
        { ...ground, fill: accent },
        { d: ellipseOf(x, y, radius), fill: COLOURS.sun },
        ...sceneOf(accent, frame.scene, { cast: frame.cast, isWide: true }),
        ...bubble(at, COLOURS.white, frame.tail),
      ]
  const area = { x: at.x + inset, y: at.y, width: at.width - 2 * inset, height: at.height }
  return {
    ...{ width, height, unit: frame.unit, lang: words.lang, title: words.title },
    pages: [
      [
        artifactOf(...drawn),
        ...brandOf(words, { ...frame.brand, isLight: !change }),
        titleOf(words, area, COLOURS.ink, frame.titleScale),
        ...changeIn(words, frame),
        ...parts,
      ],
    ],
  }
}

/** Returns what has changed, beside the title of a wide frame, between the title and the date of a high one. */
function changeIn(words: SheetWords, frame: Frame): Part[] {
  if (!words.change) return []
  const { bubble: at, words: lower, width } = frame
  const right = at.x + at.width
  const bottom = lower.top - lower.day * 0.6
  const isWide = frame.cast === 'three'
  const area = isWide
    ? { x: right + lower.x / 2, y: at.y, width: width - right - lower.x * 1.5, height: at.height }
    : { x: -4, y: bottom - lower.day * 2.4, width: width + 8, height: lower.day * 2.4 }
  const x = isWide ? area.x + lower.x * 0.8 : lower.x
  const label = isWide ? area.height * 0.3 : area.height * 0.5
  return [
    artifactOf({
      d: boxOf(area.x, area.y, area.width, area.height, isWide ? at.radius : 0),
      fill: COLOURS.warn,
    }),
    ...changeOf(words, {
      ...{ ...area, x, width: area.x + area.width - x - lower.x * 0.6, label },
      ...{ small: label * 0.5, most: isWide ? 3 : 1, hasReason: false },
    }),
  ]
}

/** Returns the day and the hour, on one line where they fit, then the place and how one takes part. */
function sharedWords(words: SheetWords, frame: Frame, right = frame.width - frame.words.x): Part[] {
  const { place, town, free, entry } = words
  const { top, x, day, hour, place: size } = frame.words
  const width = right - x
  const isBelow = hour > day && isDated(words.date)
  const room = {
    sizes: sharesOf(size, 0.9, 0.8, 0.7),
    width: frame.unit === 1 ? width * 0.55 : width,
  }
  const whole = [place, town ?? '']
    .map((text) => printableText(text))
    .filter(Boolean)
    .join(', ')
  const isWhole = widthOf(whole, { ...BOLD, size: size * 0.8 }) <= room.width
  const after = isBelow ? top + day * 1.23 + hour : top + day
  const lower = { ...room, x, top: after + size * 0.5 }
  return [
    { tag: 'P', actual: words.when, pieces: dayAndHour(words, frame, right, isBelow) },
    ...paragraphOf(
      lineOf(isWhole ? whole : place, { ...lower, ...BOLD }),
      lineOf([isWhole ? '' : town, free, entry].filter(Boolean).join(', '), {
        ...{ ...lower, top: after + size * 1.7 },
      }),
    ),
  ]
}

function dayAndHour(words: SheetWords, frame: Frame, right: number, isBelow: boolean): Lettering[] {
  const { date } = words
  const { top, x, day, hour } = frame.words
  const bold = { ...BOLD, spacing: -0.02 }
  const hours = isDated(date) ? hourText(date.hour) : ''
  const days = words.series
    ? [words.series.often]
    : isDated(date)
      ? [words.longDay, words.shortDay]
      : [date.heading]
  const hourWidth = hours && !isBelow ? widthOf(hours, { ...bold, size: hour }) + day * 0.4 : 0
  const width = right - x - hourWidth
  const fitting = days.find((text) => widthOf(printableText(text), { ...bold, size: day }) <= width)
  const at = isBelow
    ? { x, y: baselineOf(top + day * 1.23, hour, 1) }
    : { x: right, anchor: 'end' as const, y: baselineOf(top, hour, 1) }
  const line = linesIn(fitting ?? days.at(-1) ?? '', {
    ...{
      ...bold,
      x,
      width,
      top: top - day / 8,
      height: day * 1.25,
      leading: 1,
      most: 2,
      isMiddle: true,
    },
    sizes: sharesOf(day, 0.9, 0.8, 0.7, 0.6, 0.5, 0.45),
  })
  return [
    ...line.pieces,
    ...(hours ? [{ ...bold, ...at, text: hours, size: hour, fill: words.accent }] : []),
  ]
}
