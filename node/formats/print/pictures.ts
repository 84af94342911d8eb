import { isDated, type SheetWords } from '../../domain/kit/sheet-words.ts'
import { widthOf } from '../images/outlined-text.ts'
import { fitLine, fitText, hourText, printableText } from './fit.ts'
import { brandOf, codeOf, titleOf } from './parts.ts'
import { bubble, sceneOf } from './scene.ts'
import {
  artifactOf,
  BOLD,
  baselineOf,
  boxOf,
  COLOURS,
  ellipseOf,
  type Lettering,
  linesOf,
  type Part,
  REGULAR,
  type Sheet,
} from './sheet.ts'

/** Pictures to share, and the slide for a screen: the same parts on other frames. */

type Frame = {
  width: number
  height: number
  unit: number
  brand: { x: number; y: number; height: number }
  bubble: { x: number; y: number; width: number; height: number; radius: number }
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

/** Draws the page for a screen where people wait (16:9), with the code to scan. */
export function drawSlide(words: SheetWords): Sheet {
  const right = SLIDE.width - 60
  const scan = { ...REGULAR, size: 6.4, x: right, anchor: 'end' } as const
  const address = fitLine(words.go.address, { weight: 700, sizes: [6.4, 5.6, 4.8], width: 105 })
  return drawFrame(words, SLIDE, [
    ...sharedWords(words, SLIDE, right),
    {
      tag: 'P',
      pieces: [
        { ...scan, text: words.scan, y: baselineOf(168.6, 6.4, 1.2) },
        { ...scan, ...BOLD, ...address, y: baselineOf(176.3, 6.4, 1.2) },
      ],
    },
    codeOf(words, 286.3, 141.6, 40.8),
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
        ...(change ? changeOf(words, frame) : []),
        ...parts,
      ],
    ],
  }
}

/** Returns what has changed, beside the title of a wide frame, between the title and the date of a high one. */
function changeOf({ change }: SheetWords, frame: Frame): Part[] {
  if (!change) return []
  const { bubble: at, words: lower, width } = frame
  const right = at.x + at.width
  const bottom = lower.top - lower.day * 0.6
  const isWide = frame.cast === 'three'
  const area = isWide
    ? { x: right + lower.x / 2, y: at.y, width: width - right - lower.x * 1.5, height: at.height }
    : { x: -4, y: bottom - lower.day * 2.4, width: width + 8, height: lower.day * 2.4 }
  const x = isWide ? area.x + lower.x * 0.8 : lower.x
  const room = area.x + area.width - x - lower.x * 0.6
  const em = isWide ? area.height * 0.3 : area.height * 0.5
  const sizes = (size: number) => [1, 0.85, 0.7, 0.55, 0.4, 0.3].map((share) => share * size)
  const label = fitLine(printableText(change.label), { weight: 700, width: room, sizes: sizes(em) })
  const old = fitText(printableText(change.old ?? change.reason ?? ''), {
    ...{ weight: 400, width: room, leading: 1.2, sizes: sizes(em * 0.5) },
    ...{ height: area.height * 0.5, most: isWide ? 3 : 1 },
  })
  const height = label.size + old.lines.length * old.size * 1.2
  const top = area.y + (area.height - height) / 2
  const white = { fill: COLOURS.white, x } as const
  const isStruck = change.old !== undefined
  const style = { ...white, weight: 400, size: old.size, leading: 1.2, isStruck } as const
  return [
    artifactOf({
      d: boxOf(area.x, area.y, area.width, area.height, isWide ? at.radius : 0),
      fill: COLOURS.warn,
    }),
    { tag: 'P', pieces: [{ ...BOLD, ...white, ...label, y: baselineOf(top, label.size, 0.95) }] },
    { tag: 'P', pieces: linesOf(old.lines, { ...style, top: top + label.size }) },
  ]
}

/** Returns the day and the hour, on one line where they fit, then the place and how one takes part. */
function sharedWords(words: SheetWords, frame: Frame, right = frame.width - frame.words.x): Part[] {
  const { date, place, town, free, entry } = words
  const { top, x, day, hour, place: size } = frame.words
  const width = right - x
  const spacing = -0.02
  const bold = { weight: 700, spacing } as const
  const hours = isDated(date) ? hourText(date.hour) : ''
  const days = words.series
    ? [words.series.often]
    : isDated(date)
      ? [words.longDay, words.shortDay]
      : [date.heading]
  const hourWidth = hours ? widthOf(hours, { ...bold, size: hour }) + day * 0.4 : 0
  const isBelow = hour > day && hours !== ''
  const roomForDay = isBelow ? width : width - hourWidth
  const fitting = days.find(
    (text) => widthOf(printableText(text), { ...bold, size: day }) <= roomForDay,
  )
  const shown = fitLine(printableText(fitting ?? days.at(-1) ?? ''), {
    ...bold,
    sizes: [1, 0.9, 0.8, 0.7, 0.6, 0.5].map((em) => em * day),
    width: roomForDay,
  })
  const line: Lettering[] = [{ ...BOLD, ...shown, spacing, x, y: baselineOf(top, day, 1) }]
  const after = isBelow ? top + day * 1.23 + hour : top + day
  if (hours)
    line.push({
      ...{ ...BOLD, text: hours, size: hour, spacing, fill: words.accent },
      ...(isBelow
        ? { x, y: baselineOf(top + day * 1.23, hour, 1) }
        : { x: right, anchor: 'end' as const, y: baselineOf(top, hour, 1) }),
    })
  const sizes = [1, 0.9, 0.8, 0.7].map((em) => em * size)
  const room = { sizes, width: frame.unit === 1 ? width * 0.55 : width }
  const whole = [place, town].filter(Boolean).join(', ')
  const isWhole = widthOf(printableText(whole), { weight: 700, size: size * 0.8 }) <= room.width
  const lowest = [
    isWhole ? whole : place,
    [isWhole ? '' : town, free, entry].filter(Boolean).join(', '),
  ].map((text, index): Lettering => {
    const weight = index === 0 ? 700 : 400
    const y = baselineOf(after + size * (0.5 + index * 1.2), size, 1.2)
    return { ...REGULAR, weight, ...fitLine(printableText(text), { ...room, weight }), x, y }
  })
  return [
    { tag: 'P', actual: words.when, pieces: line },
    { tag: 'P', pieces: lowest },
  ]
}
